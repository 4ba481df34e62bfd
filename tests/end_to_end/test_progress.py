"""How far a command is: a live bar where somebody watches, a line for each thing where somebody will read."""

from __future__ import annotations

import pytest

from helpers.cli.progress import progress


def go() -> None:
    with progress("Building", 2, "failed") as step:
        step("990001-mou/2023 built 0.9 s", False)
        step("990001-mou/2024 failed 0.1 s", True)
        print("what follows")


def test_without_a_terminal_each_thing_has_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    go()
    assert capsys.readouterr().err == "[1/2] 990001-mou/2023 built 0.9 s\n[2/2] 990001-mou/2024 failed 0.1 s\n"


def test_on_a_terminal_a_bar_counts(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TTY_COMPATIBLE", "1")
    monkeypatch.setenv("COLUMNS", "100")
    go()
    said = capsys.readouterr()
    assert said.out == "what follows\n"
    assert "Building" in said.err
    assert "2/2" in said.err
    assert "1 failed" in said.err
    assert "990001-mou" not in said.err
