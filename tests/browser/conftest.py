"""A real Chromium that looks at the built examples, and a record of everything it asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from install import find
from playwright.sync_api import Browser, sync_playwright

from building import EXAMPLES


@pytest.fixture(params=EXAMPLES)
def page_file(request: pytest.FixtureRequest, site: Path) -> Path:
    return site / str(request.param) / "report.html"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = find()
    assert path, "Run `make test`, which installs Chromium, or set CHROMIUM."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()
