"""What a file, a text, a title or a cell is taken for: one example a line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from helpers.errors import DocumentError
from helpers.forms import get_form
from helpers.readers.identity import read_date, read_identity
from helpers.readers.pages.document import Document, Text, is_figure, is_page_number
from helpers.readers.pages.emphasis import markdown
from helpers.readers.pages.encoding import decode
from helpers.readers.pages.sniff import sniff
from helpers.readers.paragraphs import literal
from helpers.readers.table.figures import read_cell

CHINESE = "某县政府信息公开年度报告，收到申请数量三件，办理结果如下"
TRADITIONAL = "某縣政府資訊公開年度報告，收到申請數量三件，國有行政請求的開數"


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("x", b"  <p>a</p>", "html"), ("x", b"<p>only", "txt"), ("x", b"BM<p>a</p>", "html"), ("a.HTM", b"a", "html"),
        ("x", b"x" * 9000 + b"<table>", "html"), ("x", b" " * 1019 + b"%PDF-1", "pdf"),
        ("x", b" " * 1020 + b"%PDF-1", "txt"), ("x", "a\tb".encode("utf-16"), "txt"),
        ("x", b'{"schema": "gongkai/1"}', "json"), ("x", b"# a\naddress,value", "csv"), ("x", b"address,", "csv"),
    ],
)  # fmt: skip
def test_a_format_is_told_by_its_content(name: str, data: bytes, kind: str) -> None:
    assert sniff(Path(name), data) == kind


@pytest.mark.parametrize("data", [b"GIF89a", b"\xff\xd8\xff\xe0", b"II*\0", b"MM\0*", b"BM\x10"])
def test_pictures_are_told_from_texts(data: bytes) -> None:
    with pytest.raises(DocumentError, match="a picture"):
        sniff(Path("scan.html"), data + bytes(range(40)))


@pytest.mark.parametrize(
    ("encoding", "text"),
    [*((name, CHINESE) for name in ("utf-8", "utf-16", "utf-32", "gb18030")), ("big5hkscs", TRADITIONAL)],
)
def test_an_encoding_is_told_by_its_mark_or_by_what_reads_as_chinese(encoding: str, text: str) -> None:
    assert decode(Path("x"), text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_its_mark_is_told_by_its_blanks(encoding: str) -> None:
    text = " " * 40 + CHINESE
    assert decode(Path("x"), text.encode(encoding)) == text


def test_a_broken_byte_in_a_long_text_is_let_pass() -> None:
    text = decode(Path("x"), "申请".encode("gb18030") + b"\xff" + (CHINESE * 60).encode("gb18030"))
    assert text.count(CHINESE) == 60


@pytest.mark.parametrize(
    "text", ["12", "12（注）", "12〔注〕", "12 34", "12\n34", "12件", "-3", "+3", ".5", "/", "无", "O", "零", "1,234"]
)
def test_figures_and_marks(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["", "1.其他", "1、其他", "3号", "第3页", "5/12", "12年"])
def test_what_only_begins_with_a_digit_is_no_figure(text: str) -> None:
    assert not is_figure(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("— 5 —", True),
        ("-5-", True),
        ("第3页", True),
        ("第5页共12页", True),
        ("5/12", True),
        ("5", False),
        ("5件", False),
    ],
)
def test_page_numbers(text: str, is_one: bool) -> None:
    assert is_page_number(text) is is_one


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("22件（其中修订16件）", "whole", (22, "其中修订16件", None)), ("1,234", "whole", (1234, None, None)),
        ("1 234", "whole", (1234, None, None)), ("12①", "whole", (12, "①", None)), ("12#", "whole", (12, "#", None)),
        ("12**", "whole", (12, "**", None)), ("增加3", "signed", (3, "增加3", None)),
        ("新增2", "signed", (2, "新增2", None)),
        ("减少7件", "signed", (-7, "减少7件", None)), ("取消5项", "signed", (-5, "取消5项", None)),
        ("增加3", "whole", (None, None, "“增加3” is not a figure")),
        ("①", "whole", (None, None, "“①” is not a figure")),
        ("O", "decimal", (Decimal(0), "原文为“O”", None)), ("12〔注〕", "whole", (12, "注", None)),
        ("〔见附件〕", "whole", (None, "见附件", None)), ("2.50", "decimal", (Decimal("2.50"), None, None)),
        ("1,2 34", "whole", (None, None, "the figure is broken apart: “1,2 34”")),
        ("1,2\n34", "whole", (None, None, "the figure is broken over lines: “1,2 / 34”")),
        ("12\n件", "whole", (12, None, None)), ("-", "signed", (None, "-", None)),
    ],
)  # fmt: skip
def test_a_cell_is_a_figure_with_its_note_or_a_doubt(text: str, kind: str, read: tuple[object, ...]) -> None:
    cell = next(cell for cell in get_form("2019").cells.values() if cell.kind == kind)
    assert tuple(read_cell(text, cell)) == read


def test_the_unit_of_a_header_turns_a_figure_and_no_mark() -> None:
    cell = get_form("2021").cells["proactive_disclosure.fees.amount"]
    assert tuple(read_cell("251000", cell, "元")) == (Decimal("25.1"), "251000元", None)
    assert tuple(read_cell("3", cell, "亿元")) == (Decimal(30000), "3亿元", None)
    assert tuple(read_cell("25", cell, "万元")) == (Decimal(25), None, None)
    # A unit in the cell itself goes before the header's.
    assert tuple(read_cell("3万元", cell, "元")) == (Decimal(3), None, None)
    assert tuple(read_cell("3元", cell, "亿元"))[:1] == (Decimal("0.0003"),)
    assert tuple(read_cell("—", cell, "元")) == (None, "—", None)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年3月12日", dt.date(2025, 3, 12)), ("2025.03.12", dt.date(2025, 3, 12)),
        ("日期：2025年1月2日", dt.date(2025, 1, 2)), ("二〇二五年三月十二日", dt.date(2025, 3, 12)),
        ("二○二五年十二月三十一日", dt.date(2025, 12, 31)), ("2025年13月1日", None), ("二〇二五年十三月一日", None),
        ("2025年3月12日报告", None), ("二〇年月一日", None),
    ],
)  # fmt: skip
def test_a_line_that_is_a_date(text: str, date: dt.date | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("lines", "body", "year"),
    [
        (["东河县人民政府2024年政府信息公开工作年度报告"], "东河县人民政府", 2024),
        (["东河县人民政府", "2024年政府信息公开工作年度报告"], "东河县人民政府", 2024),
        (["2024年度东河县教育局政府信息公开工作报告"], "东河县教育局", 2024),
        (["首页>东河县2024年政府信息公开工作年度报告"], "东河县", 2024),
        (["二〇二四年东河县政府信息公开年度报告", "东河县人民政府办公室"], "东河县人民政府", 2024),
        (["标题：东河县2024年政府信息公开工作年度报告", "东河县管委会编制"], "东河县管委会", 2024),
        (["本报告由东河县人民政府办公室编制", "2023年政府信息公开工作年度报告"], "东河县人民政府", 2023),
        (["政府信息公开工作年度报告", "统计期限自2024年1月1日起至2024年12月31日止", "发布机构：东河县教育局"],
         "东河县教育局", 2024),
        (["按照2024年政府信息公开工作年度报告格式"], None, None),
        (["2024年政府信息公开工作年度报告可在网站下载"], None, None),
    ],
)  # fmt: skip
def test_whose_report_it_is_and_on_which_year(lines: list[str], body: str | None, year: int | None) -> None:
    found = read_identity(Document(tuple(map(Text, lines))))
    assert (found.body, found.year) == (body, year)


def test_what_the_file_calls_itself_is_asked_last() -> None:
    found = read_identity(Document((Text("本报告"),), title="东河县人民政府2022年政府信息公开工作年度报告_门户网站"))
    assert (found.body, found.year) == ("东河县人民政府", 2022)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# 甲", r"\# 甲"), ("- 甲", r"\- 甲"), ("1. 甲", "1. 甲"), ("a*b`c", r"a\*b\`c"), ("<a>", r"\<a>"),
        ("3<4", "3<4"),
        ("[甲](乙)", r"\[甲](乙)"), ("[甲]", "[甲]"), ("==", r"\=="), ("~~~", r"\~~~"), ("  两  格 ", "两 格"),
    ],
)  # fmt: skip
def test_a_text_in_markdown_is_shown_as_it_is(text: str, shown: str) -> None:
    assert literal(text) == shown


@pytest.mark.parametrize(
    ("signs", "shown"),
    [
        ("\x01甲\x02", "**甲**"), ("甲\x01 乙 \x02丙", "甲 **乙** 丙"), ("\x01\x02甲", "甲"), ("甲\x02", "甲"),
        ("\x10甲\x11http://a\x12", "[甲](http://a)"), ("\x05删\x06", "~~删~~"), ("\x0e码\x0f", "`码`"),
        ("\x01\x01甲\x02\x02", "**甲**"), ("\x01甲", "**甲**"), ("\x01甲\x02\x01乙\x02", "**甲乙**"), ("a*b", r"a\*b"),
    ],
)  # fmt: skip
def test_emphasis_is_opened_once_and_closed(signs: str, shown: str) -> None:
    assert markdown(signs, literal) == shown
