"""Writes NOTICE: the licence of every package that gongkai installs, and of what those packages carry inside.

Run by `make lock`; the environment of the tests has every extra but `lab`, which adds JupyterLab (BSD-3-Clause).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
EXTRAS = ("read", "cluster")

UNCLEAR = {
    "cycler": "BSD-3-Clause", "jupyterlab-pygments": "BSD-3-Clause", "kiwisolver": "BSD-3-Clause",
    "matplotlib": "PSF-based (matplotlib license)", "ptyprocess": "ISC", "pylopdf-fonts-zh-cn": "OFL-1.1",
}  # fmt: skip
"""Packages whose metadata hold a whole text, or none; read in the file LICENSE of each."""

INSIDE = (
    ("Noto Sans SC, Noto Serif SC", "pylopdf-fonts-zh-cn", "OFL-1.1; parts of them are embedded in pages and PDFs"),
    ("Kurinto Sans", "weblate-fonts", "OFL-1.1; parts of it are embedded where the Noto fonts lack a character"),
    ("Source Code Pro", "weblate-fonts", "OFL-1.1; parts of it are embedded where the output of programs is shown"),
    ("STIX Two Math", "ziamath", "OFL-1.1; parts of it are embedded in pages with formulas"),
    ("Source Sans", "weblate-fonts", "OFL-1.1; not used"),
    ("DejaVu Sans", "matplotlib", "Bitstream Vera licence; parts of it are embedded where those lack one"),
    ("other DejaVu, STIX and Computer Modern fonts", "matplotlib", "Bitstream Vera, OFL-1.1 and BaKoMa; not used"),
    ("pandoc", "pypandoc-binary", "GPL-2.0-or-later; run as a program of its own to read DOCX and ODT"),
    ("Typst compiler", "typst", "Apache-2.0"),
    ("New Computer Modern Math", "typst", "GUST Font License; parts of it are embedded in PDFs with formulas"),
    ("HarfBuzz", "uharfbuzz", "MIT (old style)"),
    ("PDFium", "pypdfium2", "BSD-3-Clause and Apache-2.0"),
    ("libxml2, libxslt", "lxml", "MIT"),
    ("libzmq", "pyzmq", "MPL-2.0"),
    ("OpenBLAS", "numpy", "BSD-3-Clause"),
)  # fmt: skip
"""What wheels carry of others: name, the package that carries it, licence and use."""


def installed(name: str = "gongkai", extras: tuple[str, ...] = EXTRAS, seen: set[str] | None = None) -> set[str]:
    """The names of all packages that `name` needs here, itself left out."""
    seen = set() if seen is None else seen
    for line in requires(name) or ():
        need = Requirement(line)
        if need.marker and not any(need.marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            continue
        package = re.sub(r"[-_.]+", "-", need.name).lower()
        if package not in seen:
            seen.add(package)
            try:
                installed(package, tuple(need.extras), seen)
            except PackageNotFoundError:  # for another system or Python
                seen.discard(package)
    return seen


def licence(package: str) -> str:
    """The licence of an installed package, as short as its metadata say it."""
    about = metadata(package)
    classifiers = [text.split("::")[-1].strip() for text in about.get_all("Classifier") or () if "License ::" in text]
    stated = about.get("License-Expression") or "; ".join(classifiers) or about.get("License") or ""
    return UNCLEAR.get(package) or stated.strip().split("\n")[0]


def lines() -> Iterator[str]:
    """NOTICE, line by line."""
    yield "gongkai is licensed under Apache-2.0 (see LICENSE). It installs, and does not contain, the packages below."
    yield "Each comes with its own licence in its wheel; this list is written by requirements/notice.py."
    yield ""
    packages = sorted(installed())
    width = max(map(len, packages))
    yield from (f"  {package:<{width}}  {licence(package)}" for package in packages)
    yield ""
    yield "What those packages carry of others:"
    yield ""
    yield from (f"  {name} (in {package}): {terms}" for name, package, terms in INSIDE)


if __name__ == "__main__":
    (ROOT / "NOTICE").write_text("\n".join(lines()) + "\n", encoding="utf-8")
