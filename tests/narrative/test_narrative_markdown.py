"""Inserted values are literal text; lines of Chinese join; links lead where a reader may go."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import mistune
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.errors import NarrativeError
from helpers.narrative import compose
from helpers.narrative.markdown import escape, join_lines
from helpers.report import AnnualReport, Draft, Indicator

DRAFT = Path("county/2024/narrative.md")

render = mistune.create_markdown(escape=True, plugins=["strikethrough", "table", "footnotes", "math"])

HOSTILE = [
    "<script>alert(1)</script>", "# 标题", "**粗**", "a|b", "`代码`", "[点我](javascript:alert(1))", "![](http://x/y.png)",
    "<http://x>", "一\n\n# 二", "一\r\n二", "1. 条", "1) 条", "- 条", "+ 条", "> 引", "~~~\n码", "===", "---", "* * *",
    "&lt;b&gt;", "\\*", "\\", "$x^2$", "[^1]", "~~删~~", "_a_ __b__", "    缩进", "\t缩进", "\u202e反\u2028行",
    "+24", ": 定义",
]  # fmt: skip


def shown(text: str) -> str:
    """What a reader sees of `text` as it should be: one line, single spaces, nothing invisible."""
    visible = re.sub("[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff\u00ad\u2060]", "", text)
    return re.sub(r"[\s\u2028\u2029]+", " ", visible).strip()


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("before", ["", "前"])
def test_hostile_text_is_shown_as_it_is(text: str, before: str) -> None:
    assert html.unescape(render(before + escape(text) + "后")) == f"<p>{before}{shown(text)}后</p>\n"


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])))
@example("1. a")
@example("![a](b)")
def test_any_text_is_shown_as_it_is(text: str) -> None:
    assert html.unescape(render("前" + escape(text) + "后")) == f"<p>前{shown(text)}后</p>\n"
    assert html.unescape(render(escape(text) + "后")) == f"<p>{shown(text)}后</p>\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_and_labels_stay_text_in_a_report(undrafted: AnnualReport, text: str) -> None:
    item = Indicator("website_posts", text, 8241, text, "公开渠道")
    source = "由{{ body }}编制。\n\n{{ name }}编制。\n\n共{{ indicators | group('公开渠道') | listing }}。"
    body = replace(undrafted.body, name=text, short=text)
    composed = compose(replace(undrafted, body=body, indicators={item.id: item}, draft=Draft(DRAFT, source)))
    line = shown(text)
    expected = f"<p>由{line}编制。</p>\n<p>{line}编制。</p>\n<p>共{line}8241{line}。</p>\n"
    assert html.unescape(render(composed.text["preface"])) == expected


def test_hostile_names_stay_text_in_the_defaults(undrafted: AnnualReport) -> None:
    body = replace(undrafted.body, name="<b>*甲*</b>", short="# `甲`|", site="http://x.cn/a_b_(c)?d=1&e=*", contact={})
    text = compose(replace(undrafted, body=body)).text
    page = render(text["preface"]) + render(text["overview"])
    assert "&lt;b&gt;*甲*&lt;/b&gt;" in page
    assert "# `甲`|新收政府信息公开申请3525件" in page
    assert ">http://x.cn/a_b_(c)?d=1&amp;e=*</a>" in page
    assert 'href="http://x.cn/a_b_(c)?d=1&amp;e=*"' in page


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("共受理申请\n三件。", "共受理申请三件。"),
        ("共受理申请\n46件。", "共受理申请46件。"),
        ("全年46\n件。", "全年46件。"),
        ("工作。\n  “继续”推进。", "工作。“继续”推进。"),
        ("open\ngovernment", "open\ngovernment"),
        ("一段。\n\n二段。", "一段。\n\n二段。"),
        ("一行。  \n二行。", "一行。  \n二行。"),
        ("要点：\n- 甲\n- 乙\n丙", "要点：\n- 甲\n- 乙丙"),
        ("要点：\n1. 甲\n2. 乙", "要点：\n1. 甲\n2. 乙"),
        ("### 小标题\n正文", "### 小标题\n正文"),
        ("正文\n### 小标题", "正文\n### 小标题"),
        ("| 甲 | 乙 |\n|---|---|\n| 一 | 二 |", "| 甲 | 乙 |\n|---|---|\n| 一 | 二 |"),
        ("甲 | 乙\n--- | ---\n一 | 二", "甲 | 乙\n--- | ---\n一 | 二"),
        ("```\n甲\n乙\n```\n正\n文", "```\n甲\n乙\n```\n正文"),
        ("> 引文\n> 续", "> 引文\n> 续"),
    ],
)
def test_lines_inside_a_chinese_sentence_join(source: str, expected: str) -> None:
    assert join_lines(source) == expected


@given(st.lists(st.text("甲乙，。a1 ", min_size=0, max_size=6), max_size=6))
def test_joining_lines_loses_nothing_but_white_space(lines: list[str]) -> None:
    source = "\n".join(lines)
    joined = join_lines(source)
    assert re.sub(r"\s", "", joined) == re.sub(r"\s", "", source)
    assert join_lines(joined) == joined


@pytest.mark.parametrize(
    "prose",
    [
        "[点我](javascript:alert(1))",
        "[点我](JavaScript:alert(1))",
        "[点我](javascript&#58;alert(1))",
        "[点我](data:text/html,x)",
        "[点我](file:///etc/passwd)",
        "[点我](/etc/passwd)",
        "[点我](//x.cn)",
        "[点我][甲]\n\n[甲]: javascript:x",
        "[甲]: javascript:x",
        "<javascript:x>",
        "![图](http://x.cn/a.png)",
        "![图](//x.cn/a.png)",
        "![图](a.png)",
        "[![图](https://x.cn/a.png)](https://x.cn)",
        "- 条\n\n  [点我](ftp://x.cn)",
        "> [点我](vbscript:x)",
        "| 甲 |\n|---|\n| [点我](javascript:x) |",
    ],
)
def test_pictures_and_links_to_elsewhere_are_refused(written: Callable[[str], Mapping[str, str]], prose: str) -> None:
    with pytest.raises(NarrativeError, match=r"links to http.*and no pictures") as caught:
        written(f"前言。\n\n# 一、总体情况\n\n正文。\n\n{prose}\n")
    assert caught.value.where.line is not None
    assert caught.value.where.line >= 3


def test_a_refused_link_is_shown_on_its_line(written: Callable[[str], Mapping[str, str]]) -> None:
    with pytest.raises(NarrativeError) as caught:
        written("# 一、总体情况\n\n## 平台建设\n\n正文。\n\n见[此处](ftp://x.cn)。\n")
    assert caught.value.where.line == 7


@pytest.mark.parametrize(
    "prose", ["[网站](https://x.cn/a)", "[信箱](mailto:a@x.cn)", "<http://x.cn>", "[^注]", "[甲]", "《[2020]1号》"]
)
def test_ordinary_links_and_brackets_stand(written: Callable[[str], Mapping[str, str]], prose: str) -> None:
    assert written(prose)["preface"] == prose


def test_markup_in_the_countys_own_prose_is_left_to_the_exporters(written: Callable[[str], Mapping[str, str]]) -> None:
    prose = "本县**高度**重视，<b>持续</b>推进。"
    assert written(prose)["preface"] == prose


def test_an_unsafe_address_of_the_body_is_refused_in_a_link_and_shown_as_text(undrafted: AnnualReport) -> None:
    def text(source: str) -> Any:
        body = replace(undrafted.body, site="javascript:alert(1)")
        return compose(replace(undrafted, body=body, draft=Draft(DRAFT, source))).text["preface"]

    assert text("网址：{{ site }}") == "网址：javascript:alert(1)"
    with pytest.raises(NarrativeError):
        text("[网站]({{ site }})")
