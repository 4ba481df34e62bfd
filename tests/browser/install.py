"""Find a Chromium for the browser tests, or install one where that is allowed; otherwise say the line that does.

Run by `make test`; `find()` is what the tests use. $CHROMIUM names one of your own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """Path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own."""
    own = os.environ.get("CHROMIUM")
    if own:
        return own
    for name in NAMES:
        if path := shutil.which(name):
            return path
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> str | None:
    """Try the system's packages (as root), then Playwright's own download; the first that works wins."""
    attempts = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        attempts = [
            ["apt-get", "update"],
            ["apt-get", "install", "-y", "--no-install-recommends", "chromium"],
            *attempts,
        ]
    for command in attempts:
        print("Installing Chromium for the browser tests:", " ".join(command), file=sys.stderr)
        subprocess.run(command, check=False, stdout=subprocess.DEVNULL)
        if path := find():
            return path
    return None


def main() -> int:
    """Exit 0 with a Chromium at hand, else 1 with the line that installs one."""
    if find() or install():
        return 0
    print(
        "The browser tests need Chromium. Install it with one of:\n"
        "  sudo apt-get install chromium\n"
        "  .venv/bin/python -m playwright install --with-deps chromium\n"
        "or name one: CHROMIUM=/path/to/chromium make test",
        file=sys.stderr,
    )
    return 1


if __name__ == "__main__":
    sys.exit(main())
