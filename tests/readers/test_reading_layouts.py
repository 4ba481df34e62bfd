"""Workbooks, plain texts, printed lines and notes: the grids and texts that they are."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from helpers.forms import get_form
from helpers.readers.pages.document import Document, Grid, PageBlock, Text, Tile
from helpers.readers.pages.layout import PageLine, blocks, join, margins, without_page_numbers
from helpers.readers.pages.pdftext import cell_text
from helpers.readers.pages.txt import read_txt
from helpers.readers.pages.xlsx import UNCOMPUTED, read_xlsx
from helpers.readers.table.footnotes import footnotes


def shown(found: Sequence[PageBlock]) -> list[object]:
    return [
        block.text if isinstance(block, Text) else [[tile.text for tile in row] for row in block.rows]
        for block in found
    ]


def test_a_workbook_shows_its_visible_sheets_as_excel_does() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["报告正文。"])
    sheet.append(["甲", 0.1 + 0.2, "=1+1", True, None])
    sheet.append(["乙", 12.0, 3, "x", "远"])
    sheet.append(["丙", 4, None, 5, 6])
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B4:C4")
    hidden = book.create_sheet("草稿")
    hidden.sheet_state = "hidden"
    hidden.append(["不看", 1])
    buffer = io.BytesIO()
    book.save(buffer)
    found = read_xlsx(Path("a.xlsx"), buffer.getvalue())
    assert shown(found.blocks) == [
        "报告正文。", [["甲", "0.3", UNCOMPUTED, "True", ""], ["甲", "12", "3", "x", "远"],
                  ["丙", "4", "5", "6"]],
    ]  # fmt: skip
    (_, grid) = found.blocks
    assert isinstance(grid, Grid)
    assert [tile.above for tile in grid.rows[1]] == [True, False, False, False, False]
    assert [(tile.left, tile.right) for tile in grid.rows[2]] == [(0, 1), (1, 3), (3, 4), (4, 5)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("题\n+---+---+\n" + "| 甲 | 1 | 2 |\n" * 5, ["题", [["甲", "1", "2"]] * 5]),
        ("题\n\n" + "\t甲\n\t1\n\t2\n\n" * 3, ["题", [["甲", "1", "2"]] * 3]),
        ("甲\t1\n乙\t2\n" * 3 + "\n\n文", [[["甲", "1"], ["乙", "2"]] * 3, "文"]),
        ("题。\n甲\n1\n2\n乙\n3\n— 5 —\n文。", ["题。", [["甲", "1", "2"], ["乙", "3"]], "文。"]),
        ("全文如下。\n甲\n1\n乙\n2", ["全文如下。", "甲", "1", "乙", "2"]),
    ],
)  # fmt: skip
def test_a_plain_text_by_its_own_layout(text: str, found: list[object]) -> None:
    assert shown(read_txt(Path("a.txt"), text.encode()).blocks) == found


def line(text: str, left: float = 0, distance: float = 1.0, size: float = 0.0) -> PageLine:
    """A printed line of one word, a character an em wide."""
    return PageLine((Tile(text, left, left + len(text)),), distance, size=size)


def test_a_bare_number_is_a_page_number_only_as_the_outermost_line_and_apart() -> None:
    lines = [line("3"), line("甲", distance=2.0), line("12"), line("— 4 —"), line("乙"), line("5", distance=1.5)]
    assert [kept.text for kept in without_page_numbers(lines)] == ["甲", "12", "乙"]
    close = [line("甲"), line("5", distance=1.0)]
    assert without_page_numbers(close) == close
    assert without_page_numbers([line("5")]) == [line("5")]


def test_lines_are_joined_to_paragraphs() -> None:
    full = "满" * 30
    lines = [
        line(full[:28], 2), line(full), line("末。"), line(full[:28], 2), line(full), line(full, distance=2.5),
        line("小" * 30, size=8.0), line("大" * 30, size=12.0), line(full[1:] + "a"), line("b乙"),
    ]  # fmt: skip
    edges = margins([lines], 1.0)
    assert (edges.left, edges.right) == (0, 30)
    found = join(blocks(lines, edges), edges)
    assert [len(block.text) for block in found if isinstance(block, Text)] == [60, 58, 60, 63]


def characters(text: str, left: float, top: float, size: float = 10.0) -> list[dict[str, object]]:
    return [
        {"text": letter, "x0": left + size * n, "x1": left + size * n + size * 0.9, "top": top, "bottom": top + size,
         "size": size}
        for n, letter in enumerate(text)
    ]  # fmt: skip


def test_a_figure_that_its_cell_broke_is_one_and_a_raised_one_is_a_note() -> None:
    cell = (0.0, 0.0, 34.0, 40.0)
    assert cell_text(characters("123", 2, 0) + characters("45", 2, 14), cell) == "12345"
    assert cell_text(characters("12", 2, 0) + characters("45", 2, 14), cell) == "12\n45"
    assert cell_text(characters("12", 2, 5) + characters("3", 22, 4, size=5.0), cell) == "12〔3〕"
    assert cell_text(characters("12", 2, 0) + characters("12", 2.5, 0), cell) == "12"
    assert cell_text([], cell) == ""


def test_notes_below_a_table_name_their_cells() -> None:
    form = get_form("2021")
    one, other = (form.cells[f"requests.{row}.total"] for row in ("received", "carried_over_in"))
    assert footnotes(
        Document(
            (
                Text(f"注：{one.name}：含上年；另有 3 件；{other.name}：见附件。"), Text(f"1. {other.name}：后来的"),
                Text("无关·之事：其他"), Grid(((Tile(f"{one.name}：表内", 0, 1),),), "ordered"),
            )
        ),
        form,
    ) == {one.address: "含上年；另有 3 件", other.address: "见附件"}  # fmt: skip
