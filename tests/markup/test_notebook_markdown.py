"""A notebook's Markdown is what its analyst meant, on the page and in print, or refused by name."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata

import pytest
from cases import CASES, REFUSED
from pypdf import PdfReader

from helpers.errors import BuildError
from helpers.exporters.pdf import typeset
from helpers.hypertext import Tree, outlines, parse, to_html, to_typst
from helpers.markup import notebook_html

ALL = [(source, html) for cases in CASES.values() for source, html in cases.items()]


def tree_of(source: str) -> Tree:
    return parse(notebook_html(source))


def bare(text: str) -> str:
    return re.sub(r"\s|\u200b", "", unicodedata.normalize("NFKC", text))


def printed(typst: str) -> str:
    pdf = typeset(f'#heading(level: 1)[#"题"]\n\n{typst}', "题", "某县", dt.date(2024, 1, 1))
    return bare("".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages))


@pytest.mark.parametrize(("source", "html"), ALL, ids=range(len(ALL)))
def test_it_becomes_the_html_that_is_meant(source: str, html: str) -> None:
    shown = re.sub(r"note-[0-9a-f]{8}", "N", to_html(tree_of(source)))
    assert html in shown.replace('tabindex="0"', "tabindex='0'")


@pytest.mark.parametrize("kind", CASES)
def test_every_word_of_it_is_printed(kind: str) -> None:
    trees = [tree_of(source) for source in CASES[kind]]
    whole = printed("\n\n#parbreak()\n\n".join(map(to_typst, trees)))
    for tree in trees:
        for word in re.findall(r"[\w\u4e00-\u9fff]+", bare(" ".join(tree.body.itertext()))):
            assert word in whole or all(part in whole for part in word)


@pytest.mark.parametrize(("source", "named"), REFUSED.items())
def test_what_cannot_be_shown_is_named(source: str, named: str) -> None:
    with pytest.raises(BuildError) as refusal:
        tree_of(source)
    assert named in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_headings_have_no_gap_over_the_whole_document() -> None:
    """A `## 说明` before the first section, one of any level inside and after: PDF/UA refuses a level left out."""
    parts: list[Tree | str] = [
        tree_of("## 说明\n\n文"), '<h2 id="a">一、总体情况</h2><h3>（一）</h3>',
        tree_of("##### 补充\n\n# 附\n\n### 细"),
        '<h2 id="b">二</h2>', tree_of("## 甲\n\n## 乙"),
    ]  # fmt: skip
    set_ = []
    for part, outline in zip(parts, outlines(parts), strict=True):
        if isinstance(part, Tree):
            set_.append(to_typst(part, outline=outline))
            assert len(re.findall("<h[2-6]>", to_html(part, headings=1, outline=outline))) == set_[-1].count("#heading")
        else:
            set_.append(
                "\n\n".join(f'#heading(level: {int(level) - 1})[#"题"]' for level in re.findall(r"<h(\d)", part))
            )
    found = [int(level) for level in re.findall(r"level: (\d)", "".join(set_))]
    assert found == [1, 1, 2, 3, 1, 2, 1, 2, 2]
    typeset("\n\n".join(set_), "题", "某县", dt.date(2024, 1, 1))


def test_long_code_and_deep_lists_stay_on_the_page() -> None:
    import pdfplumber

    code = "```\n" + "x" * 300 + "\n" + "甲" * 200 + "\n" + "word " * 60 + "\n```\n\n"
    deep = "\n".join("  " * level + f"- 第{level}层的文字" for level in range(12))
    pdf = typeset(f'#heading(level: 1)[#"题"]\n\n{to_typst(tree_of(code + deep))}', "题", "某县", dt.date(2024, 1, 1))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = [char for page in document.pages for char in page.chars if char["text"].strip()]
    assert max(char["x1"] for char in chars) < (210 - 26) / 25.4 * 72 + 1
    assert sum(char["text"] == "x" for char in chars) == 300
    assert sum(char["text"] == "甲" for char in chars) == 200
