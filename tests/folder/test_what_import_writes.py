"""What `import --into` writes, `check` accepts: whatever stands in the document, the folder can be read and judged."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import DocumentError
from helpers.folder import read
from helpers.integrity import check
from helpers.loading import import_whole, whole_report
from helpers.narrative import compose
from helpers.report import AnnualReport, Body, Doubt, Source
from strategies import consistent_reports, flawless_report, text

COUNTY, CELL = "990000-mou", "requests.received.total"
SOUND = flawless_report(2024)
NOTES = ("=1+1", "a）b", "（", "）", "一\r二", "一\n# 二", '"', ",", "#", "'", "　", "{{ x }}", "无", "x" * 4000)
LINES = (
    "# 甲", "## 甲", "## 甲\n## 甲\n文", "##", "## {{ x }}", "# 一、总体情况", "## 二、主动公开政府信息情况", "＃ 甲",
    "甲\n===",
    "甲\n---", "![甲](http://e.cn/a.png)", "[甲](/a)", "[甲](javascript:x)", "[甲][乙]\n\n[乙]: 长/",
    "<javascript:x>", "    # 甲", "```\n# 甲", "{# 甲", "{% if %}", "{{ 1e309 }}", "{% raw %}", "#}", "%}",
    "{{{", "| a |\n|---|\n| ![](b) |", "\\", "甲\r乙", "> # 甲", "~~~\n甲",
)  # fmt: skip


def accepted(report: AnnualReport, root: Path) -> AnnualReport:
    folder = import_whole(report, root / COUNTY, "a.html")
    compose(read(folder))
    again = whole_report(COUNTY, report.year, root)
    check(again).as_text()
    return again


@pytest.mark.parametrize("line", LINES)
def test_prose_is_kept_in_words_where_it_cannot_be_kept_in_form(tmp_path: Path, line: str) -> None:
    report = replace(SOUND, text={"preface": f"前言。\n\n{line}\n\n后", "problems": f"{line}\n\n问题不多。"})
    again = accepted(report, tmp_path)
    assert again.text["preface"].startswith("前言。")
    assert "问题不多。" in again.text["problems"]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_reads_back_but_for_the_white_space_around_it(tmp_path: Path, note: str) -> None:
    again = accepted(replace(SOUND, notes={CELL: note}), tmp_path)
    assert again.cells == SOUND.cells
    assert again.notes.get(CELL, "") == note.replace("\r", "\n").strip()


@pytest.mark.parametrize("value", [Decimal("12.5"), -3, 10**18, Decimal("1E+30"), Decimal("1E-30"), Decimal(1) / 3])
def test_a_figure_that_no_data_file_holds_is_blank_and_told(tmp_path: Path, value: Decimal) -> None:
    report = SOUND.with_cells({CELL: value})
    again = accepted(report, tmp_path)
    assert again.cells[CELL] is None
    told = (tmp_path / COUNTY / str(report.year) / "requests.csv").read_text(encoding="utf-8").splitlines()[:3]
    assert any(CELL in line and "原报告此格为" in line for line in told)


@pytest.mark.parametrize(
    ("change", "file"),
    [
        ({"text": {"problems": "问题不多。" * 41_000}}, "narrative.md"),
        ({"text": {"problems": "问题不多。" * 20_000}}, "narrative.md"),
        ({"notes": {CELL: "注" * 400_000}}, "requests.csv"),
        ({"source": Source(title="长" * 30_000)}, "report.yml"),
        ({"body": Body("县" * 30_000)}, "county.yml"),
    ],
)
def test_what_could_not_be_read_again_is_not_written(tmp_path: Path, change: dict, file: str) -> None:
    with pytest.raises(DocumentError, match=rf"^a\.html: expected a report .* in {file} at most .* (characters|bytes)"):
        accepted(replace(SOUND, **change), tmp_path)
    assert list((tmp_path / COUNTY).iterdir() if (tmp_path / COUNTY).exists() else []) == []


def test_many_lines_that_are_no_prose_are_mended_together(tmp_path: Path) -> None:
    """One by one, each would cost reading all of them again: minutes for a few thousand."""
    report = replace(SOUND, text={"problems": "\n\n".join(f"![{number}](http://e.cn/a.png)" for number in range(3000))})
    start = process_time()
    assert accepted(report, tmp_path).text["problems"].count("/a") == 3000
    assert process_time() - start < 30


@settings(max_examples=20)
@given(st.data())
def test_any_report_is_accepted(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    report = data.draw(consistent_reports())
    addresses = st.sampled_from(list(report.cells))
    words = text(1) | st.sampled_from(NOTES) | st.sampled_from(LINES)
    prose = st.lists(words, max_size=4).map("\n".join)
    sections = st.sampled_from(["preface", *(section.id for section in report.form.prose_sections)])
    report = replace(
        report,
        body=Body(data.draw(text()), code="990000"),
        notes=data.draw(st.dictionaries(addresses, words, max_size=3)),
        text=data.draw(st.dictionaries(sections, prose, max_size=4)),
        source=Source(title=data.draw(st.none() | words), statement=data.draw(st.none() | words)),
        uncertain=tuple(Doubt(CELL, why) for why in data.draw(st.lists(words, max_size=2))),
    )
    report = report.with_cells({data.draw(addresses): data.draw(st.none() | st.integers() | st.decimals(0, 10**6))})
    accepted(report, tmp_path_factory.mktemp("params"))
