"""Markdown and data as Typst: nothing that people write is ever markup or code to the typesetter."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from helpers.display import literal, typst_text
from helpers.errors import BuildError
from helpers.exporters.pdf import typeset
from helpers.hypertext import to_typst
from helpers.markup import prose
from strategies import text

OPENING = '#heading(level: 1)[#"开头"]\n\n'
ATTACKS = [
    '"]; #panic("x")',
    "\\",
    '\\"',
    "#",
    "]",
    "[",
    "$",
    "*",
    "_",
    "`",
    "@ref",
    "<label>",
    "//comment",
    "/*comment",
    "= heading",
    "- item",
    "~",
    "#import \"x\"",
    "#eval(\"1+1\")",
    "#read(\"report.typ\")",
    "\\u{41}",
    ";",
    "https://e.cn/#a",
    "--- -- ...",
    "'\"'",
]  # fmt: skip


def words(body: str) -> str:
    """The printed text below the opening, without white space and page numbers."""
    pdf = typeset(OPENING + body, "标题", "某县", dt.date(2025, 1, 1))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"—\d+—|\s", "", text.replace("— ", "—").replace(" —", "—")).removeprefix("开头")


def bare(value: str) -> str:
    return re.sub(r"\s", "", value)


def test_attacks_on_the_typesetter_are_printed() -> None:
    """All at once, each as a line of data: compiling is 50 ms, and one that broke out would break them all."""
    assert words("\\\n".join(map(typst_text, ATTACKS))) == bare("".join(ATTACKS))


def test_attacks_in_markdown_are_printed() -> None:
    """Escaped as Markdown asks, so that every mark is meant as text."""
    escaped = [re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", attack) for attack in ATTACKS]
    assert words(to_typst(prose("\n\n".join(escaped)))) == bare("".join(ATTACKS))


@settings(max_examples=25)
@given(st.lists(text(1, 20), min_size=5, max_size=5))
def test_any_text_is_printed_as_it_was_written(values: list[str]) -> None:
    assert words("\\\n".join(map(typst_text, values))) == bare("".join(values))


@settings(max_examples=25)
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_literal_is_closed_where_it_ends(value: str) -> None:
    """Character by character, as the compiler reads: no quotation mark of the text can end the string."""
    inner = literal(value)[1:-1]
    assert '"' not in re.sub(r"\\.", "", inner)
    assert re.sub(r"\\.", "", inner).count("\\") == 0
    assert "\n" not in inner


@settings(max_examples=40)
@given(
    st.lists(
        st.sampled_from(
            [*'[]()!`*_|\n\\:/=-~>1. "$@<;', "文", "字", "**", "```", "http://e.cn", "&amp;", "\n\n", "\n- ", "|-|"]
        ),
        max_size=25,
    ).map("".join)
)
def test_no_combination_of_marks_breaks_the_compiler(source: str) -> None:
    typeset(OPENING + to_typst(prose(source)), "标题", "某县", dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("甲**乙**丙", '#"甲";#strong[#"乙";]#"丙";'),
        ("*甲*", '#emph[#"甲";]'),
        ("`a#b`", '#raw("a#b");'),
        ("[甲](http://e.cn/?a=1&b=2)", '#link("http://e.cn/?a=1&b=2")[#"甲";]'),
        ("[甲](javascript:alert(1))", '#"甲";'),
        ("[甲]()", '#"甲";'),
        ("![甲](http://e.example/x.png)", '#"甲";'),
        ("## 甲", '#heading(level: 2)[#"甲";]'),
        ("##", ""),
        ("3. 甲\n4. 乙", '#enum(start: 3, [#"甲";], [#"乙";], )'),
        ("- 甲\n- 乙", '#list([#"甲";], [#"乙";], )'),
        ("甲\n乙", '#"甲乙";'),
        ("a\nb", '#"a b";'),
        ("<b>甲</b>", '#"<b>甲</b>";'),
    ],
)
def test_markdown_becomes_markup_and_its_words_literals(source: str, expected: str) -> None:
    assert to_typst(prose(source)) == expected


def test_everything_markdown_can_say_can_be_printed() -> None:
    source = (
        "## 题\n\n段落**粗***斜*~~删~~`码`[链](http://e.cn)<b>原样</b>\n\n- 项一\n\n  续\n- 项二\n\n3. 三\n4. 四\n\n"
        "> 引\n\n```\ncode #x\n```\n\n|甲|乙|\n|-|-|\n|1|2|\n\n---\n\n<div>块</div>\n\n[空]()\n\n#\n"
    )
    printed = words(to_typst(prose(source)))
    for word in (
        "题",
        "段落粗斜删码链<b>原样</b>",
        "•项一续•项二",
        "3.三4.四",
        "引",
        "code#x",
        "甲乙12",
        "<div>块</div>",
        "空",
    ):
        assert word in printed


@pytest.mark.parametrize("char", ["བ", "𪚥", "\ue000"])
def test_a_character_that_no_font_has_is_refused_by_name(char: str) -> None:
    """Better no PDF than one with a box in a name; PDF/A forbids it as well."""
    with pytest.raises(BuildError, match="no font at hand has it"):
        typeset(OPENING + typst_text(f"某{char}县"), "标题", "某县", dt.date(2025, 1, 1))


def test_a_title_and_an_author_are_data_too() -> None:
    pdf = typeset(OPENING + '#"正文"', 'a"b\\c#panic("x")', '"] #x', dt.date(2025, 1, 24))
    about = PdfReader(io.BytesIO(pdf)).metadata
    assert about is not None
    assert (about.title, about.author) == ('a"b\\c#panic("x")', '"] #x')


def test_the_same_document_is_the_same_bytes() -> None:
    one, two = (typeset(OPENING + '#"正文"', "标题", "某县", dt.date(2025, 1, 24)) for _ in range(2))
    assert one == two
