"""A narrative that would run for hours or fill the memory is refused with its line, and its steps are counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from time import process_time

import pytest
from test_narrative_template import DRAFT

from helpers.errors import NarrativeError
from helpers.narrative import compose
from helpers.report import AnnualReport, Draft, Indicator

Written = Callable[[str], Mapping[str, str]]
DOUBLED = "{% set a = [1] %}{% set b = [1] %}" + "{% set a = [a, a] %}{% set b = [b, b] %}" * 40


@pytest.mark.parametrize(
    ("bomb", "found"),
    [
        (DOUBLED + "{% if a == b %}{% endif %}", "a list of 2"),
        (DOUBLED + "{{ 1 if a < b }}", "a list of 2"),
        (DOUBLED + "{{ 1 if a in [b] }}", "a list of 2"),
        ("{{ 1e309 }}", "larger than a computer counts"),
        ("{{ -1e309 | count }}", "larger than a computer counts"),
        ("{% for i in range(9999) %}{% set x = requests.denied | rows | listing %}{% endfor %}", "more"),
        (
            "{% set a = [('甲', 1)"
            + ", ('甲', 1)" * 3000
            + "] %}{% for i in range(9999) %}{{ a | listing }}{% endfor %}",
            "more",
        ),
        ("{% for i in range(9999) %}" + "{% set x = year + 1 %}" * 100 + "{% endfor %}", "more"),
        ("{% for i in range(9999) %}{{ 1 | count('" + "长" * 9000 + "') if year == 1 }}{% endfor %}", "more"),
        (
            "{% set a = [" + "1, " * 9000 + "] %}{% for i in range(9999) %}{% if 2 in a %}{% endif %}{% endfor %}",
            "more",
        ),
        ("# 一、总体情况\n" + "## 甲\n文\n" * 150, "more"),
    ],
)
def test_a_bomb_is_refused_before_it_goes_off(written: Written, bomb: str, found: str) -> None:
    start = process_time()
    with pytest.raises(NarrativeError) as caught:
        written(f"第一行\n\n{bomb}")
    assert found in caught.value.found
    assert caught.value.where.line is not None
    assert process_time() - start < 5


def test_more_tags_than_any_report_has_are_not_compiled(written: Written) -> None:
    with pytest.raises(NarrativeError, match="at most 5000 tags"):
        written("{{ year }}" * 5001)


def test_an_unknown_name_is_looked_up_only_when_it_is_used(written: Written) -> None:
    """Ten thousand lookups of the nearest of a thousand names took minutes."""
    start = process_time()
    written("{% for i in range(9999) %}{% set x = requests.zz %}{% endfor %}文")
    assert process_time() - start < 5


def test_a_loop_over_every_indicator_is_far_from_the_limits(undrafted: AnnualReport) -> None:
    items = {f"a{n}": Indicator(f"a{n}", f"甲{n}", Decimal(n) / 2, "条", "渠道") for n in range(300)}
    loop = "{% for label, value in indicators | group('渠道') %}{{ label }}{{ value | with_unit }}、{% endfor %}完。"
    report = replace(undrafted, indicators=items, draft=Draft(DRAFT, loop))
    assert "甲299149.5条" in compose(report).text["preface"]


def test_figures_and_texts_are_compared_as_before(written: Written) -> None:
    asked = "{{ '是' if year == 2024 and name != '甲' and year in [2023, 2024] and '宿' in body and year not in [1] }}"
    assert written(asked)["preface"] == "是"


def test_words_between_two_comments_stay(written: Written) -> None:
    """A comment of one line, and another below: what stood between them was taken for part of one long comment."""
    assert written("{# 甲 #}前言第一句。\n第二句。{# 乙 #}")["preface"] == "前言第一句。第二句。"


@pytest.mark.parametrize("title", ["## 甲 ##", "##　甲  ", "## 甲 # #"])
def test_a_headings_closing_marks_are_not_of_its_title(written: Written, title: str) -> None:
    shown = "甲 #" if title.endswith("# #") else "甲"
    assert f"）{shown}\n" in written(f"# 一、总体情况\n{title}\n文")["overview"]


def test_a_sentence_about_scripts_is_a_sentence(written: Written) -> None:
    assert "javascript:" in written("链接不得以javascript:开头。")["preface"]
