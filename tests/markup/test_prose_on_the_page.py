"""Markdown as HTML: what a county writes is shown, whatever it means to a browser."""

from __future__ import annotations

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import hypertext
from helpers.display import escape
from helpers.markup import plain, prose
from strategies import text

SAFE = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "strong", "em", "del", "a", "code", "pre", "blockquote",
    "table", "thead", "tbody", "tr", "th", "td", "br", "hr", "div", "dl", "dt", "dd", "sup", "footer", "input",
}  # fmt: skip


def to_html(markdown: str, shift: int = 0) -> str:
    return hypertext.to_html(prose(markdown), headings=shift).strip()


def elements(markup: str) -> list[lxml.html.HtmlElement]:
    root = lxml.html.fromstring(f"<div>{markup}</div>")
    return [element for element in root.iter() if isinstance(element.tag, str)]


def inert(markup: str) -> None:
    """Nothing in it runs, fetches, or leads anywhere but to an ordinary address."""
    for element in elements(markup):
        assert element.tag in SAFE
        assert not any(name.startswith("on") or name in ("style", "src") for name in element.attrib)
        scheme = element.get("href", "").strip().lower().partition(":")[0]
        assert scheme not in ("javascript", "vbscript", "data", "file")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "<div onclick=alert(1)>\n\nx\n\n</div>",
        "<style>body{display:none}</style>",
        "<iframe src=http://e.example></iframe>",
        "<!-- --><script>1</script>",
        "[x](javascript:alert(1))",
        "[x](  JaVaScRiPt:alert(1))",
        "[x](javascript&colon;alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html,<script>1</script>)",
        "[x](file:///etc/passwd)",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![x](http://e.example/track.png)",
        "![x](//e.example/track.png)",
        "![x](data:text/html,<script>1</script>)",
        "![x](data:image/svg+xml,<svg onload=alert(1)>)",
        '[x](http://e.cn "onmouseover=alert(1) \\"")',
        '![" onerror="alert(1)](http://e.example/x.png)',
        "[x]: javascript:alert(1)\n\n[x]",
        "|<script>|\n|-|\n|<img src=x onerror=y>|",
        "`<script>alert(1)</script>`",
        "```html\n<script>alert(1)</script>\n```",
        '```"onload=alert(1)\nx\n```',
    ],
)
def test_an_attack_is_inert(attack: str) -> None:
    inert(to_html(attack))


@given(
    st.lists(
        st.sampled_from(
            [*list("<>\"'&[]()!`*_#|\n\\:/=- "), "script", "javascript:", "onload", "data:", "http://e.cn", "文"]
        ),
        max_size=25,
    ).map("".join)
)
def test_no_combination_of_marks_makes_markup_that_acts(source: str) -> None:
    inert(to_html(source))


def test_html_in_markdown_is_shown_as_it_was_typed() -> None:
    assert elements(to_html("甲<b>乙</b>丙"))[1].text_content() == "甲<b>乙</b>丙"
    assert elements(to_html("<div>\n甲\n</div>"))[1].text_content().split() == ["<div>", "甲", "</div>"]


@pytest.mark.parametrize("address", ["http://e.example/x.png", "x.png", "data:image/png;base64,AAAA"])
def test_a_picture_leaves_its_description(address: str) -> None:
    """The narrative has none; charts are the notebook's."""
    assert to_html(f"![办公楼]({address})") == "<p>办公楼</p>"


def test_a_dollar_is_a_dollar() -> None:
    assert to_html("$x$ $$y$$ 共$5，另$6") == "<p>$x$ $$y$$ 共$5，另$6</p>"


@pytest.mark.parametrize(
    ("source", "shift", "expected"),
    [
        ("# 一", 0, "<h1>一</h1>"),
        ("# 一", 1, "<h2>一</h2>"),
        ("## （一）主动公开", 1, "<h3>（一）主动公开</h3>"),
        ("# 一\n\n## 二\n\n### 三\n\n#### 四", 3, "<h4>一</h4>\n<h5>二</h5>\n<h6>三</h6>\n<h6>四</h6>"),
        ("### 跳级\n\n### 同级\n\n##### 下级", 1, "<h3>跳级</h3>\n<h3>同级</h3>\n<h4>下级</h4>"),
        ("#", 1, ""),
    ],
)
def test_headings_come_below_the_sections_own(source: str, shift: int, expected: str) -> None:
    assert to_html(source, shift) == expected


def test_a_line_break_between_chinese_characters_is_none() -> None:
    """Chinese is written without spaces: a wrapped source line must not open a gap in the sentence."""
    assert to_html("政府信息\n公开") == "<p>政府信息公开</p>"
    assert to_html("annual\nreport") == "<p>annual\nreport</p>"


def test_tables_and_strokes_are_understood() -> None:
    tags = [element.tag for element in elements(to_html("|项|数|\n|-|-|\n|~~甲~~|1|"))[1:]]
    assert tags == ["div", "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "del", "td"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**甲**和*乙*，`丙`", "甲和乙，丙"),
        ("# 题\n\n正文[链接](http://e.cn)。", "题\n正文链接。"),
        ("- 一\n- 二", "一\n二"),
        ("<b>照抄</b>", "<b>照抄</b>"),
        ("甲\n乙  \n丙", "甲乙\n丙"),
        ("|甲|乙|\n|-|-|\n|1|2|", "甲 乙\n1 2"),
        ("甲[^1]\n\n[^1]: 注", "甲1\n注"),
        ("", ""),
    ],
)
def test_the_plain_words(source: str, expected: str) -> None:
    assert plain(source) == expected


@given(text())
def test_escaped_text_is_the_text(value: str) -> None:
    element = lxml.html.fromstring(f'<p title="{escape(value)}">{escape(value)}</p>')
    assert (element.text_content(), element.get("title")) == (value, value)
