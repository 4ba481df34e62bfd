"""Reading is linear in whatever a page consists of: four times as much takes four times as long, not sixteen."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pdfminer.pdfdevice import PDFDevice
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import LIT

from fuzz.pdfs import borrowed, put_together, taken_apart
from growth import BITS, LINEAR, growth
from helpers.readers import read_document
from helpers.readers.pages.pdflimits import bound
from helpers.readers.paragraphs import literal
from helpers.readers.table.figures import read_cell

MARKUP = (
    "<p>一", "<br>", "<td>1", "<td>文", "<tr>", "<tr><td>总计<td>1<td>2", "<table>", "<table><tr><td>",
    "<table><tr><td>一<td>1<td>2</table>", "<li>a", "<ol><li>a", "<ul>", "<sup>1</sup>", "<figure>", "<figure><table>",
    "<b>a", "<b> ", "</b>", "<h2>a", "<div hidden>", "<td colspan=1000 rowspan=1000>", "<td aria-describedby=x>1",
    "<p id=x>y", "<!--", "<script>", "&amp;", "&nbsp;", "&#19;", "<a ", "a=1 ", "a='>' ",
)  # fmt: skip
LINES = (
    "总计\t1\t2\n", "\t总计\n\t1\n", "总计  1  2\n", "行政复议  1  2\n", "\n行政复议\n", "\t行政复议\t1\n", "a  b\n",
    "a  ", "1  2  3\n", "1  ", "合计  ", "（一）a\n", "二、a\n", "注：", "；", "政府集中采购·采购总金额：1；",
    "2024年1月1日\n", "。\n", "一、总体情况\n", "\f", "\t\t\n", "| a | b |\n", "- 1 -\n", "年", "20", "报告", "公开",
    "2024年度报告\n", "〔", "〔1〕", "①", "〇", "自2024", "由", "，汇总",
)  # fmt: skip
OPERATORS = (
    "1 ", "1 w ", "1 2 w ", "(a) ", "/a ", "q ", "Q ", "q Q ", "[", "]", "[1 2] ", "<<", ">>", "(", "<", "<a> ", "%",
    "x ", "0 0 m 9 9 l S ", "0 0 m ", "1 0 0 1 0 0 cm ", "0 0 9 9 re ", "BT ", "/P <<>> BDC ", "EMC ", "BI ",
    "BI ID EI ", "/X Do ", "<b0a1> Tj ", "1 0 0 1 50 9 Tm ", "T* ", "\\", "-", ".", "\n",
)  # fmt: skip
SIGNS = tuple(bit for bit in BITS if len(bit) == 1 or bit in ("a\n", "- a\n", "[a](", "<a ", "**a"))


def through_a_file(path: Path) -> Callable[[str], object]:
    def parse(text: str) -> object:
        path.write_text(text, encoding="utf-8")
        return read_document(path, "某县", 2024)

    return parse


@pytest.mark.parametrize("head", ["<html><p>一、总体情况<p>", "<html><table><tr><td>总计<td>1<td>"])
def test_pages_are_read_in_linear_time(tmp_path: Path, head: str) -> None:
    read = through_a_file(tmp_path / "a.html")
    found = {bit: growth(read, bit, 500, head) for bit in (*MARKUP, *LINES, *SIGNS)}
    assert {bit: times for bit, times in found.items() if times > LINEAR} == {}


@pytest.mark.parametrize("head", ["标题\n" + "\t甲\t1\n" * 6, "标题\n" + "甲  乙\n" * 6, "标题\n总计\n1\n2\n3\n"])
def test_texts_are_read_in_linear_time(tmp_path: Path, head: str) -> None:
    read = through_a_file(tmp_path / "a.txt")
    found = {bit: growth(read, bit, 400, head) for bit in (*LINES, *SIGNS)}
    assert {bit: times for bit, times in found.items() if times > LINEAR} == {}


def test_a_print_is_read_in_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    objects, trailer = taken_apart(borrowed([(50, 50, "一、总体情况")]))
    content = next(number for number, body in objects.items() if b"FlateDecode" in body)

    def parse(program: str) -> object:
        body = b"<</Length %d>>\nstream\n%s\nendstream" % (len(program), program.encode())
        path.write_bytes(put_together({**objects, content: body}, trailer))
        return read_document(path)

    found = {bit: growth(parse, bit, 800, "BT /F0 8 Tf ") for bit in OPERATORS}
    assert {bit: times for bit, times in found.items() if times > LINEAR} == {}


def test_a_damaged_stream_is_unpacked_in_linear_time() -> None:
    bound()

    def unpacked(text: str) -> bytes:
        packed = zlib.compress(text.encode(), level=0)[:-2] + b"xx"  # its checksum
        return PDFStream({"Filter": LIT("FlateDecode")}, packed).get_data()

    assert unpacked("1 w") == b"1 w"
    assert growth(unpacked, "1 w ", 20_000) <= LINEAR


def test_operands_that_no_operator_takes_are_dropped() -> None:
    bound()
    interpreter = PDFPageInterpreter(PDFResourceManager(), PDFDevice(PDFResourceManager()))
    interpreter.argstack = []
    for number in range(100_000):
        interpreter.push(number)
    assert len(interpreter.argstack) <= 1000
    assert interpreter.pop(6) == [*range(99_994, 100_000)]


def test_cells_and_words_are_read_in_linear_time(suqian) -> None:
    cells = [suqian.form.cells["requests.received.total"], *suqian.form.cells.values()]
    parsers = {
        "cell": lambda text: read_cell(text, cells[0]),
        "amount": lambda text: read_cell(text, next(cell for cell in cells if cell.kind == "decimal")),
        "literal": literal,
    }
    found = {(name, bit): growth(p, bit, 5_000) for name, p in parsers.items() for bit in (*LINES, *SIGNS)}
    assert {key: times for key, times in found.items() if times > LINEAR} == {}
