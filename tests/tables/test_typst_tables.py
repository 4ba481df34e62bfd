"""The statutory tables in print: compiled under PDF/A-2a and PDF/UA-1, nothing cut, nothing lost."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import replace

import pytest
from pypdf import PdfReader

from helpers.exporters.pdf import typeset
from helpers.report import AnnualReport
from helpers.tables import figure, table
from helpers.tables.typst import as_typst

TABLES = ("proactive_disclosure", "requests", "review")
A4 = (595.28, 841.89)


def pages(body: str) -> list[str]:
    """The text of each page, without white space: a line break within a cell is not part of the text."""
    heading = '#report-title("某市人民政府", "2024年政府信息公开工作年度报告")\n#heading(level: 1)[#"表"]\n'
    pdf = typeset(heading + body, "报告", "某市人民政府", dt.date(2025, 1, 24))
    reader = PdfReader(io.BytesIO(pdf))
    assert all(tuple(map(float, page.mediabox[2:])) == pytest.approx(A4, abs=0.1) for page in reader.pages)
    return [re.sub(r"\s", "", page.extract_text()) for page in reader.pages]


def test_every_heading_and_figure_is_in_print(example: AnnualReport) -> None:
    body = "\n\n".join(table(example, name).typst for name in TABLES)
    text = "".join(pages(body))
    for name in TABLES:
        for band in example.form.tables[name].bands:
            for slot in (slot for line in (*band.head, *band.body) for slot in line):
                assert slot.text in text
    for address, cell in example.form.cells.items():
        assert figure(cell, example.cells[address]) in text, address


def test_a_long_table_repeats_its_header_on_every_page(suqian: AnnualReport) -> None:
    """Table 三 below eight lines of text runs over a page, and its figures must not stand there without headings."""
    printed = pages('#for _ in range(8) [#"一行文字"; #parbreak()]\n' + as_typst(suqian, "requests"))
    with_figures = [page for page in printed if "一、本年新收" in page or "四、结转下年度" in page]
    assert len(with_figures) == 2
    for page in with_figures:
        assert "勾稽关系" in page
        assert "法律服务机构" in page


def test_notes_and_hostile_text_are_printed_literally(suqian: AnnualReport) -> None:
    hostile = 'a"b\\c#panic("x")]$x$*y*_z_<script>@ref//c'
    noted = replace(suqian, notes={"review.reconsideration.total": hostile})
    assert f"注：行政复议·总计：{hostile}。" in "".join(pages(as_typst(noted, "review")))


def test_a_blank_report_can_be_printed(suqian: AnnualReport) -> None:
    blank = replace(suqian, cells=dict.fromkeys(suqian.cells))
    assert "政府信息公开行政复议、行政诉讼情况" in "".join(pages(as_typst(blank, "review")))


def test_widths_are_the_forms_own(suqian: AnnualReport) -> None:
    assert "(7fr, 9fr, 35fr, 7fr, 7fr, 7fr, 7fr, 7fr, 7fr, 7fr,)" in as_typst(suqian, "requests")
