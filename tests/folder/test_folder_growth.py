"""Parsers of a county's tables and settings are linear in what stands there, and what stands there is bounded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from growth import BITS, LINEAR, growth
from helpers.errors import FolderError
from helpers.folder.csvfile import read_indicators, read_table
from helpers.folder.numbers import read_figure
from helpers.folder.settings import ReportFile
from helpers.forms import get_form
from helpers.spreadsheets import as_written, harmless
from helpers.yamlfile import DEEPEST, read_yaml


@pytest.fixture
def parsers(tmp_path: Path) -> dict[str, Callable[[str], object]]:
    path = tmp_path / "county" / "file"
    path.parent.mkdir()

    def through_a_file(read: Callable[[Path], object]) -> Callable[[str], object]:
        def parse(text: str) -> object:
            path.write_text(text, encoding="utf-8")
            return read(path)

        return parse

    table = get_form("2021").tables["requests"]
    return {
        "count": lambda text: read_figure(text, "count"),
        "decimal": lambda text: read_figure(text, "decimal"),
        "harmless": lambda text: as_written(harmless(text)),
        "table": through_a_file(lambda path: read_table(path, table)),
        "indicators": through_a_file(read_indicators),
        "yaml": through_a_file(lambda path: read_yaml(path, ReportFile, FolderError)),
    }


@pytest.mark.parametrize("name", ["count", "decimal", "harmless", "table", "indicators", "yaml"])
def test_a_parser_of_a_folder_is_linear(parsers: dict[str, Callable[[str], object]], name: str) -> None:
    measured = {bit: growth(parsers[name], bit, 600 if name == "yaml" else 1000) for bit in BITS}
    if name == "yaml":
        del measured["["], measured["{%"], measured["{{"], measured["{#"]  # bounded instead: see below
    assert {bit: times for bit, times in measured.items() if times > LINEAR} == {}


@pytest.mark.parametrize("bit", ["[", "{", "- ", "? ", "{a: "])
def test_values_within_values_are_refused_at_a_depth(parsers: dict[str, Callable[[str], object]], bit: str) -> None:
    """Ruamel looks ahead a kilobyte for each bracket: bounded, but not linear before it ends."""
    with pytest.raises(FolderError, match="expected valid YAML") as caught:
        parsers["yaml"](bit * 20 * DEEPEST)
    assert "\n" not in str(caught.value)
