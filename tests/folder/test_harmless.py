"""A text that begins like a formula is text in every CSV that is written, and reads back as it was."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.folder.csvfile import read_indicators, read_table, write_indicators, write_table
from helpers.readers import read_document
from helpers.report import AnnualReport, Indicator
from helpers.spreadsheets import as_written, harmless

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "'=1", "''=1", "＝1+1", "=cmd|' /C calc'!A0", "'- 1", "' =")


@given(st.text() | st.sampled_from(FORMULAS))
def test_a_text_reads_back_and_begins_like_no_formula(text: str) -> None:
    field = harmless(text)
    assert as_written(field) == text
    assert not field.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("text", ["甲", "", "22", "'甲'", "——"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize("note", FORMULAS)
def test_a_note_is_harmless_in_data_csv(donge: AnnualReport, tmp_path: Path, note: str) -> None:
    report = replace(donge, notes={"requests.received.total": note})
    (tmp_path / "data.csv").write_text(report.as_csv(), encoding="utf-8")
    (tmp_path / "data.json").write_text(donge.as_json(), encoding="utf-8")
    fields = [field for line in csv.reader(io.StringIO(report.as_csv())) for field in line]
    acting = [field for field in fields if field.lstrip().startswith(("=", "+", "-", "@"))]
    assert acting == [str(value) for value in donge.cells.values() if value is not None and value < 0]
    assert read_document(tmp_path / "data.csv").notes == {"requests.received.total": note}


@pytest.mark.parametrize("text", FORMULAS)
def test_an_indicator_is_harmless_and_reads_back(tmp_path: Path, text: str) -> None:
    indicators = {"a": Indicator("a", text.strip(), 5, text.strip(), text.strip())}
    write_indicators(tmp_path / "i.csv", indicators)
    assert f",{text.strip()}" not in (tmp_path / "i.csv").read_text(encoding="utf-8")
    assert read_indicators(tmp_path / "i.csv") == indicators


@pytest.mark.parametrize("comment", ["注,=1+1", '注,"未完', "注\n=1+1", 'a "b" c', "注,'=1"])
def test_a_comment_stays_one_harmless_line(donge: AnnualReport, tmp_path: Path, comment: str) -> None:
    table = donge.form.tables["requests"]
    write_table(tmp_path / "t.csv", table, donge.cells, {}, (comment,))
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.reader(file))
    assert not any(field.lstrip().startswith(("=", "+", "-", "@")) for field in first)
    assert read_table(tmp_path / "t.csv", table)[0]["requests.received.total"] == 46
