"""What stands in a page stands in print, in the same order, as text and never as markup."""

from __future__ import annotations

import datetime as dt
import io
import re

import pandas as pd
import pytest
from pypdf import PdfReader

from helpers.exporters.pdf import typeset
from helpers.hypertext import parse, to_html, to_typst

FLOW = """<h1>一</h1><h3>二</h3>公开/*待核 #read("x") a@b.com C# \\ " '
<p>段<b>重</b> <i>斜</i><br>行</p><ul><li>甲<ol start="3"><li>乙</ol></ul><blockquote><p>引</p></blockquote><pre>  码
</pre><dl><dt>词<dd>义<dd>解</dl><hr>H<sub>2</sub>O x<sup>2</sup> <code>#c</code> <del>删</del><ins>增</ins>
<mark>标</mark><details><summary>更多</summary>内容</details><table><caption>题</caption><tr><th>首<tr><td>末</table>"""


def printed(markup: str) -> str:
    """The text of the PDF, without any white space."""
    pdf = typeset(to_typst(parse(markup)), "题", "某县", dt.date(2024, 1, 1))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"\s|— ?\d+ ?—", "", text)


def test_all_flow_content_reaches_both() -> None:
    tree = parse(FLOW)
    shown = re.sub(r"\s", "", "".join(tree.body.itertext()))
    assert shown == re.sub(r"\s", "", "".join(parse(to_html(tree)).body.itertext()))
    assert printed(FLOW).replace("•", "").replace("3.", "") == shown


@pytest.mark.parametrize("address", ["", " ", f"https://example.org/?{'a' * 8000}"])
def test_a_link_that_print_cannot_hold_keeps_its_words(address: str) -> None:
    assert printed(f'<a href="{address}">此处</a>') == "此处"


@pytest.mark.parametrize(
    ("markup", "typst"),
    [
        ("a <b> b</b> c", '#"a ";#strong[#"b";]#" c";'),
        ("行\n行 a\nb", '#"行行 a b";'),
        ("<p>一</p> <p>二</p>", '#"一";\n\n#"二";'),
        ("<p> </p>", ""),
        ("<a href='https://x.cn/?a=1&amp;b'>x</a><a href='#y'>y</a>", '#link("https://x.cn/?a=1&b")[#"x";]#"y";'),
        ("<h2></h2>", ""),
    ],
)
def test_white_space_and_marks_are_as_html_has_them(markup: str, typst: str) -> None:
    assert to_typst(parse(markup)) == typst


def test_headings_have_no_gap_and_move_together() -> None:
    tree = parse("<h2>a</h2><h4>b</h4><h4>c</h4><h3>d</h3><h1>e</h1>")
    assert re.findall(r"level: (\d)", to_typst(tree)) == ["2", "3", "3", "3", "1"]
    assert re.findall(r"level: (\d)", to_typst(tree, headings=-1)) == ["1", "2", "2", "2", "1"]
    assert re.findall(r"<h(\d)", to_html(tree, headings=1)) == ["3", "4", "4", "4", "2"]


def test_spans_are_laid_as_a_browser_does() -> None:
    markup = """<table><thead><tr><th rowspan=9>a<th colspan=2>b<tr><th>c<th>d</thead>
        <tbody><tr><td rowspan=2>1<td>2<td>3<tr><td colspan=7>4</tbody></table>"""
    assert re.findall(r"t[dh]\((\d+, \d+, \d+, \d+)", to_typst(parse(markup))) == [
        "0, 0, 1, 2", "1, 0, 2, 1", "1, 1, 1, 1", "2, 1, 1, 1",
        "0, 2, 1, 2", "1, 2, 1, 1", "2, 2, 1, 1", "1, 3, 2, 1",
    ]  # fmt: skip


def test_a_frame_is_a_table_in_both() -> None:
    frame = pd.DataFrame({"公开/*待核": [1, 2.5], "b": ["#x", "诉讼*/完"]}, index=["<a>", "&"])
    tree = parse(frame.to_html())
    assert pd.read_html(io.StringIO(to_html(tree)), index_col=0)[0].equals(frame)
    assert printed(frame.to_html()) == "公开/*待核b<a>1.0#x&2.5诉讼*/完"
