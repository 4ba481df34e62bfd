"""NOTICE names the licence of everything that is installed, and of what is inside it."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTICE = (ROOT / "NOTICE").read_text(encoding="utf-8")


def test_every_installed_package_stands_in_the_notice_with_its_licence() -> None:
    spec = importlib.util.spec_from_file_location("notice", ROOT / "requirements" / "notice.py")
    assert spec is not None
    assert spec.loader is not None
    notice = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(notice)
    stated = {line.split()[0]: " ".join(line.split()[1:]) for line in NOTICE.splitlines() if line.startswith("  ")}
    missing = {package: notice.licence(package) for package in notice.installed() if not stated.get(package)}
    assert missing == {}, "run make lock"
    assert {package for _, package, _ in notice.INSIDE} <= set(stated)


def test_the_fonts_and_the_copyleft_program_are_named() -> None:
    assert "Noto Sans SC, Noto Serif SC (in pylopdf-fonts-zh-cn): OFL-1.1" in NOTICE
    assert "pandoc (in pypandoc-binary): GPL-2.0-or-later" in NOTICE
