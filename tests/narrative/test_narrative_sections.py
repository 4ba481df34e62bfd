"""Headings ⇄ sections: what the county wrote goes where the form has it, in the form's order and numbering."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.chinese import numeral, unnumbered
from helpers.errors import NarrativeError
from helpers.narrative import compose
from helpers.report import AnnualReport, Draft

DRAFT = Path("county/2024/narrative.md")
EVERYTHING = """\
前言。

# 一、总体情况

总述。

## （一）主动公开情况
甲。

## （二）依申请公开情况
乙。

## （三）政府信息管理情况
丙。

## （四）政府信息公开平台建设情况
丁。

## （五）监督保障情况
戊。

# 五、存在的主要问题及改进情况
己。

# 六、其他需要报告的事项
庚。
"""


def headings(markdown: str) -> list[str]:
    return re.findall(r"^#+ .*$", markdown, re.MULTILINE)


def test_what_the_county_writes_is_the_text(written: Callable[[str], Mapping[str, str]]) -> None:
    assert written(EVERYTHING) == {
        "preface": "前言。",
        "overview": "总述。\n\n"
        "## （一）主动公开情况\n\n甲。\n\n"
        "## （二）依申请公开情况\n\n乙。\n\n"
        "## （三）政府信息管理情况\n\n丙。\n\n"
        "## （四）政府信息公开平台建设情况\n\n丁。\n\n"
        "## （五）监督保障情况\n\n戊。",
        "problems": "己。",
        "other": "庚。",
    }


def test_composing_changes_nothing_but_the_text(undrafted: AnnualReport) -> None:
    draft = replace(undrafted, draft=Draft(DRAFT, EVERYTHING))
    composed = compose(draft)
    assert replace(composed, text={}) == draft
    assert compose(composed) == composed
    assert dict(draft.text) == {}


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("# 一、总体情况", "overview"),
        ("# 总体情况", "overview"),
        ("#总体情况", "overview"),
        ("＃ 一、总体情况", "overview"),
        ("  # 1. 总体情况 #", "overview"),
        ("# 五、政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("# 四、存在问题及改进情况", "problems"),
        ("# 第六部分 其他需要报告的事项", "other"),
        ("# 其他事项", "other"),
    ],
)
def test_a_section_is_known_by_its_title_not_its_numbering(
    written: Callable[[str], Mapping[str, str]], heading: str, section: str
) -> None:
    assert written(f"{heading}\n\n只此一句。").get(section, "").startswith("只此一句。")


@pytest.mark.parametrize("heading", ["## 3、平台建设", "##（九）平台建设情况", "## 政府信息公开平台建设情况 ##"])
def test_a_part_takes_the_forms_title_and_place(written: Callable[[str], Mapping[str, str]], heading: str) -> None:
    overview = written(f"# 总体情况\n\n{heading}\n丁。\n\n## 主动公开政府信息情况\n甲。")["overview"]
    assert headings(overview) == [
        "## （一）主动公开情况", "## （二）依申请公开情况", "## （三）政府信息公开平台建设情况"
    ]  # fmt: skip
    assert overview.startswith("## （一）主动公开情况\n\n甲。\n\n## （二）依申请公开情况\n\n2024年，宿迁市新收")
    assert overview.endswith("丁。")


def test_a_part_left_out_takes_its_default_and_no_other_part_changes(
    written: Callable[[str], Mapping[str, str]], undrafted: AnnualReport
) -> None:
    default = compose(undrafted).text
    text = written(EVERYTHING.replace("## （二）依申请公开情况\n乙。\n", ""))
    of_default = re.search(r"## （二）依申请公开情况\n\n(.*)", default["overview"], re.DOTALL)
    assert of_default
    assert text["overview"] == written(EVERYTHING)["overview"].replace("乙。", of_default[1])


@pytest.mark.parametrize("left_out", ["preface", "problems", "other"])
def test_a_section_left_out_takes_its_default(
    written: Callable[[str], Mapping[str, str]], undrafted: AnnualReport, left_out: str
) -> None:
    whole = written(EVERYTHING)
    source = re.sub(r"前言。" if left_out == "preface" else rf"# .、[^\n]*\n{whole[left_out]}", "", EVERYTHING)
    assert written(source) == {**whole, left_out: compose(undrafted).text[left_out]}


def test_a_heading_without_text_counts_as_not_written(undrafted: AnnualReport) -> None:
    source = "# 总体情况\n\n## 依申请公开情况\n\n## 监督保障情况\n\n# 五、存在的主要问题及改进情况\n\n{# 待写 #}\n"
    report = replace(undrafted, draft=Draft(DRAFT, source))
    assert compose(report).text == compose(undrafted).text
    assert compose(report).by_default == compose(undrafted).by_default


def test_parts_of_the_countys_own_keep_their_order_and_close_the_section(
    written: Callable[[str], Mapping[str, str]],
) -> None:
    overview = written(
        "# 总体情况\n## （九）工作亮点\n子。\n## 主动公开\n甲。\n## 基层试点\n丑。\n## 政府信息管理\n丙。\n"
        "## 人大代表建议和政协提案办理情况\n寅。\n## 社会评议\n卯。"
    )["overview"]
    assert headings(overview) == [
        "## （一）工作亮点",
        "## （二）主动公开情况",
        "## （三）基层试点",
        "## （四）依申请公开情况",
        "## （五）政府信息管理情况",
        "## （六）人大代表建议和政协提案办理情况",
        "## （七）社会评议",
    ]


def test_numbering_never_skips_past_ten(written: Callable[[str], Mapping[str, str]]) -> None:
    own = "\n".join(f"## 事项甲{number}\n文。" for number in range(11))
    assert headings(written(f"# 其他事项\n{own}")["other"])[-1] == "## （十一）事项甲10"
    assert [numeral(number) for number in (1, 10, 20, 21, 99)] == ["一", "十", "二十", "二十一", "九十九"]


def test_sections_without_parts_of_the_form_may_have_their_own(written: Callable[[str], Mapping[str, str]]) -> None:
    text = written("# 五、存在的主要问题及改进情况\n\n## 1.问题\n甲。\n\n### 细目\n\n乙。\n\n## 2.改进\n丙。")
    assert text["problems"] == "## （一）问题\n\n甲。\n\n### 细目\n\n乙。\n\n## （二）改进\n\n丙。"


def test_headings_are_headings_only_where_they_stand_as_such(written: Callable[[str], Mapping[str, str]]) -> None:
    source = "#政务公开#话题阅读量增长。\n\n\\# 井号\n\n```\n# 代码\n```\n\n{# \n# 总体情况\n#}尾。"
    blocks = re.split(r"\n{2,}", written(source)["preface"])
    assert blocks == ["#政务公开#话题阅读量增长。", "\\# 井号", "```\n# 代码\n```", "尾。"]


def test_a_section_may_depend_on_the_figures(written: Callable[[str], Mapping[str, str]]) -> None:
    condition = "{% if requests.received.total > {n} %}\n# 其他事项\n\n较多。\n{% endif %}\n"
    source = condition + "{% set a = 7 %}\n# 总体情况\n\n{{ a }}"
    assert written(source.replace("{n}", "3000"))["other"] == "较多。"
    assert written(source.replace("{n}", "9000"))["other"] == "本报告在本部分没有列入其他事项。"
    assert written(source.replace("{n}", "0"))["overview"].startswith("7")


def test_windows_line_ends_are_read(written: Callable[[str], Mapping[str, str]]) -> None:
    assert written(EVERYTHING.replace("\n", "\r\n")) == written(EVERYTHING)


@pytest.mark.parametrize(
    ("source", "line", "expected", "found", "remedy"),
    [
        ("\n# 七、附件", 2, "一、总体情况", "“七、附件”", "form's heading"),
        ("# 一、总体概况", 1, "一、总体情况", "“一、总体概况”", "Did you mean “一、总体情况”"),
        ("# （一）主动公开情况", 1, "sections", "“（一）主动公开情况”", "`## 主动公开情况`"),
        ("# 三、收到和处理政府信息公开申请情况", 1, "sections", "made from the CSV files", "Remove"),
        ("文\n\n# 总体情况\n文\n# 一、总体情况", 5, "every section once", "again", "Join"),
        ("# 总体情况\n## 主动公开\n文\n## （一）主动公开情况\n文", 4, "every part once", "again", "Join"),
        ("# 总体情况\n## 亮点\n文\n## （二）亮点\n文", 4, "every part once", "again", "Join"),
        ("文\n## （一）主动公开情况", 2, "a section (# …)", "主动公开情况", "# 一、总体情况"),
        ("# 总体情况\n## 六、其他需要报告的事项", 2, "a part", "the section", "single #"),
        ("# 总体情况\n## 工作亮点\n## 主动公开\n文", 2, "text below", "nothing", "remove its heading"),
        ("# 总体{{ year }}情况", 1, "plain words", "{{ year }}", "text below"),
        ("#", 1, "plain words", "“”", "text below"),
        ("总体情况\n======", 2, "begin with #", "underlined", "Write `# `"),
        ("文\n\n总体情况\n---", 4, "begin with #", "underlined", "Write `# `"),
        ("文\n文\x02文", 2, "text", "control character", "again"),
    ],
)
def test_a_heading_that_has_no_certain_meaning_is_refused(
    written: Callable[[str], Mapping[str, str]], source: str, line: int, expected: str, found: str, remedy: str
) -> None:
    with pytest.raises(NarrativeError) as caught:
        written(source)
    error = caught.value
    assert (error.where.file, error.where.line) == (DRAFT, line)
    assert expected in error.expected
    assert found in error.found
    assert remedy in error.remedy


def test_what_is_left_to_defaults_is_what_the_county_has_not_written(undrafted: AnnualReport) -> None:
    parts = ("disclosure", "on_request", "management", "platforms", "safeguards")
    everything = ("preface", *(f"overview.{part}" for part in parts), "problems", "other")
    assert compose(undrafted).by_default == everything
    assert compose(replace(undrafted, draft=Draft(DRAFT, EVERYTHING))).by_default == ()
    some = replace(
        undrafted, draft=Draft(DRAFT, "# 总体情况\n总述。\n## 亮点\n文。\n## 平台建设\n文。\n# 其他事项\n## 甲\n文。")
    )
    written = {"overview.platforms", "other"}
    assert compose(some).by_default == tuple(name for name in everything if name not in written)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("（二）依申请公开情况", "依申请公开情况"),
        ("(12) 甲", "甲"),
        ("十一、甲", "甲"),
        ("1.甲", "甲"),
        ("1、甲", "甲"),
        ("第一部分：甲", "甲"),
        ("一体化平台建设", "一体化平台建设"),
        ("2024年工作", "2024年工作"),
        ("5.5G 应用", "5.5G 应用"),
    ],
)
def test_numbering_is_told_from_the_title(title: str, expected: str) -> None:
    assert unnumbered(title) == expected
