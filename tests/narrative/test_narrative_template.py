"""Figures by reference: what a template may say, and the error with its line for everything else."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.errors import NarrativeError
from helpers.narrative import compose, names
from helpers.report import AnnualReport, Draft, Indicator

DRAFT = Path("county/2024/narrative.md")


@pytest.mark.parametrize(
    ("template", "expected"),
    [
        ("{{ requests.received.total }}", "3525"),
        ("{{ requests['received']['total'] }}", "3525"),
        ("{{ requests.denied.total }}", "92"),
        ("{{ requests.otherwise_handled.total }}", "469"),
        ("{{ requests.received.total | with_unit }}", "3525件"),
        ("{{ proactive_disclosure.fees.amount }}", "72701.2578"),
        ("{{ review.litigation_direct.total + review.litigation_after_reconsideration.total }}", "77"),
        ("{{ (review.litigation_direct.total + review.litigation_after_reconsideration.total) | with_unit }}", "77件"),
        ("{{ requests.received.total - requests.received.natural_person }}", "85"),
        ("{{ 0.1 + 0.2 }}", "0.3"),
        ("{{ 7 / 2 }}", "3.5"),
        ("{{ -requests.denied.total }}", "-92"),
        ("{{ last_year.requests.received.total }}", "3511"),
        ("{{ last_year.year }}年、{{ year }}年", "2023年、2024年"),
        ("{{ requests.received.total | change(last_year.requests.received.total) }}", "同比增长0.40%"),
        ("{{ body }}（{{ name }}）", "宿迁市人民政府（宿迁市）"),
        ("{{ requests.otherwise_handled | rows | listing }}", "逾期不补正77件、逾期不缴费38件、其他354件"),
        ("{{ requests.denied | rows('commercial_enterprise') | listing }}",
         "保护第三方合法权益1件、属于四类过程性信息1件、属于行政执法案卷2件"),
        ("{% if site is stated %}有{% else %}无{% endif %}网站", "无网站"),
        ("{% if requests.denied.state_secret.total is stated %}有{% endif %}", "有"),
        ("{% for label, value in requests.unable_to_provide | rows %}{{ label }}{{ value }}；{% endfor %}",
         "本机关不掌握相关政府信息897；没有现成信息需要另行制作36；补正后申请内容仍不明确8；"),
        ("{% set total = requests.received.total %}共{{ total }}件", "共3525件"),
        ("{# 给同事的话 #}正文", "正文"),
        ("一段{% if year %}完{% endif %}\n\n二段{# 待核 #}\n\n三段", "一段完\n\n二段\n\n三段"),
        ("一句，\n{% if year %}\n二句，\n{% endif %}\n三句。", "一句，二句，三句。"),
        ("一句，\n{% set a = [\n  1,\n] %}\n二句。", "一句，二句。"),
        ("open {% if year %}yes{% endif %}\ngovernment", "open yes\ngovernment"),
    ],
)  # fmt: skip
def test_a_template_takes_its_figures_from_the_report(
    written: Callable[[str], Mapping[str, str]], template: str, expected: str
) -> None:
    assert written(template)["preface"] == expected


def test_indicators_are_named_and_grouped_with_their_units(undrafted: AnnualReport) -> None:
    items = [
        Indicator("website_posts", "网站", 8241, "条", "公开渠道"),
        Indicator("weibo_posts", "微博", 0, "条", "公开渠道"),
        Indicator("open_days", "开放日", 38, "次", "公开活动"),
    ]
    text = "{{ indicators.website_posts | with_unit }}；{{ indicators | group('公开渠道') | listing(zeros=true) }}"
    report = replace(undrafted, indicators={item.id: item for item in items}, draft=Draft(DRAFT, text))
    assert compose(report).text["preface"] == "8241条；网站8241条、微博0条"


@pytest.mark.parametrize(
    ("line", "expected", "found", "remedy"),
    [
        ("{{ requests.recieved.total }}", "name", "`requests.recieved.total`", "Did you mean `requests.received.t"),
        ("{% if requests.recieved.total is stated %}{% endif %}", "name", "recieved", "requests.received.total"),
        ("{{ request.received.total }}", "name", "`request`", "Did you mean `requests`"),
        ("{% if false %}{{ nobody }}{% endif %}", "name", "`nobody`", "Did you mean `body`"),
        ("{{ indicators.website }}", "name", "`indicators.website`", "indicators.ID"),
        ("{{ last_year.requests.received.totl }}", "name", "totl", "last_year.requests.received.total"),
        ("{{ contact.fax }}", "name", "`contact.fax`", "contact."),
        ("{{ site }}", "stated value for `site`", "blank is not zero", "county.yml"),
        ("{{ requests.denied }}", "a figure", "`requests.denied`, which leads to figures", "listing"),
        ("{{ requests.denied | rows }}", "a figure", "a list of 8", "listing"),
        ("{{ requests.received.total.foo }}", "a figure", "`.foo`", ".unit"),
        ("{{ requests.received.total | wth_unit }}", "a filter", "`wth_unit`", "with_unit"),
        ("{{ requests.received.total is odd }}", "a test", "`odd`", "stated"),
        ("{{ body | count }}", "a count", "the text “宿迁市人民政府”", "Name a cell"),
        ("{{ requests.received.total | share }}", "filled in", "whole", "filters"),
        ("{{ 5 | share('十') }}", "a whole", "the text “十”", "Name a cell"),
        ("{{ requests.received | rows }}", "rows below `requests.received`", "none", "column"),
        ("{{ requests.denied | rows('totals') }}", "column `totals`", "none", "column"),
        ("{{ 5 | rows }}", "a group of rows", "5", "requests.denied | rows"),
        ("{{ indicators | group('渠道') }}", "a group", "“渠道”", "none"),
        ("{{ requests | group('渠道') }}", "`indicators`", "`requests`", "group"),
        ("{{ 1 / 0 }}", "a divisor", "division by zero", "share"),
        ("{{ 10 / 3 }}", "can be printed", "3.33333333", "rounded"),
        ("{{ 1 + '二' }}", "a figure", "the text “二”", "Name a cell"),
        ("{{ requests.received.total > '二' }}", "filled in", "'>' not supported", "Check"),
        ("{{ true }}", "a figure or a text", "True", "Name a cell"),
        ("{% for x in 5 %}{% endfor %}", "a list to loop over", "5", "group"),
        ("{% for x in site %}{% endfor %}", "stated value for `site`", "blank", "county.yml"),
        ("{{ 未完", "syntax", "", "Check"),
        ("{% if year %}", "syntax", "endif", "Check"),
        ("{{ year | }}", "syntax", "", "Check"),
    ],
)  # fmt: skip
def test_an_error_names_line_name_and_remedy(
    written: Callable[[str], Mapping[str, str]], line: str, expected: str, found: str, remedy: str
) -> None:
    with pytest.raises(NarrativeError) as caught:
        written(f"第一行{{{{ year }}}}\n\n第三行{{{{ name }}}}\n{line}\n")
    error = caught.value
    assert (error.where.file, error.where.line) == (DRAFT, 4)
    assert expected in error.expected
    assert found in error.found
    assert remedy in error.remedy


def test_a_blank_cell_is_an_error_wherever_it_is_used(filled: Callable[[str, int | None], AnnualReport]) -> None:
    report = filled("2021", None)
    for use in (
        "{{ requests.received.total }}",
        "{{ requests.denied.total }}",
        "{{ requests.received.total + 1 }}",
        "{{ requests.received.total | count }}",
        "{{ 1 | share(requests.received.total) }}",
        "{{ requests.received.total | change(1) }}",
        "{{ [('甲', requests.received.total)] | listing }}",
        "{% if requests.received.total %}有{% endif %}",
        "{% if requests.received.total > 0 %}有{% endif %}",
        "{{ '有' if requests.received.total == 0 }}",
    ):
        with pytest.raises(NarrativeError, match="blank is not zero") as caught:
            compose(replace(report, draft=Draft(DRAFT, f"\n{use}")))
        assert caught.value.where.line == 2
        assert "is stated" in caught.value.remedy
        assert "requests.csv" in caught.value.remedy


def test_a_blank_cell_may_be_asked_for(filled: Callable[[str, int | None], AnnualReport]) -> None:
    ask = "{% if requests.received.total is stated %}有{% else %}未填报{% endif %}"
    for value, expected in ((None, "未填报"), (0, "有")):
        report = replace(filled("2021", value), draft=Draft(DRAFT, ask))
        assert compose(report).text["preface"] == expected


def test_a_group_with_one_blank_cell_is_blank(undrafted: AnnualReport) -> None:
    report = undrafted.with_cells({"requests.denied.state_secret.total": None})
    with pytest.raises(NarrativeError, match="blank is not zero"):
        compose(replace(report, draft=Draft(DRAFT, "{{ requests.denied.total }}")))


def test_without_a_year_before_last_year_is_false_and_says_so_when_used(undrafted: AnnualReport) -> None:
    report = replace(undrafted, previous=None)
    asked = "{% if last_year %}有{% else %}无{% endif %}{{ '有' if last_year.requests.x is stated else '无' }}"
    assert compose(replace(report, draft=Draft(DRAFT, asked))).text["preface"] == "无无"
    with pytest.raises(NarrativeError, match="2023") as caught:
        compose(replace(report, draft=Draft(DRAFT, "{{ last_year.requests.received.total }}")))
    assert "{% if last_year %}" in caught.value.remedy


@pytest.mark.parametrize(
    "attack",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ ''['__class__'] }}",
        "{{ year['__class__'] }}",
        "{{ requests.__init__.__globals__ }}",
        "{{ requests['__init__'] }}",
        "{{ requests.names }}",
        "{{ requests.path }}",
        "{{ requests.received.total.real }}",
        "{{ last_year.__dict__ }}",
        "{{ (1).__class__ }}",
        "{{ '{0.__class__}'.format(1) }}",
        "{{ '{:>999999999}'.format(1) }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ range.__globals__ }}",
        "{{ loop.__class__ }}",
        "{{ self }}",
        "{{ self.__init__ }}",
        "{{ lipsum }}",
        "{{ cycler('a') }}",
        "{{ namespace(a=1) }}",
        "{{ turns }}",
        "{{ [1] | turns }}",
        "{{ 'a' | attr('upper') }}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'base' %}",
        "{% macro f() %}{% endmacro %}",
        "{% block a %}{% endblock %}",
        "{% filter escape %}{% endfilter %}",
        "{% set x %}{% endset %}",
        "{% for x in [1] recursive %}{% endfor %}",
        "{{ 'a' ~ 'b' }}",
        "{{ 'a' * 999999999 }}",
        "{{ [1] * 999999999 }}",
        "{{ [1] + [2] }}",
        "{{ 9 ** 999999999 }}",
        "{% for x in range(10 * 1000 * 1000 * 1000) %}{% endfor %}",
        "{% for x in range(99999) %}{% endfor %}",
        "{% for x in range(5000) %}{% for y in range(5000) %}{% for z in range(5000) %}" + "{% endfor %}" * 3,
        "{% for x in range(5000) if false %}{% endfor %}{% for x in range(5001) if false %}{% endfor %}",
        "{% for x in range(9000) %}" + "长" * 200 + "{% endfor %}",
        "{% set a = 999999999 %}" + "{% set a = a * a %}" * 40,
        "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
        "{{ " + "9" * 5000 + " }}",
        "{% if 1 %}" * 200 + "{% endif %}" * 200,
        "文\x020\x03字",
    ],
)  # fmt: skip
def test_the_sandbox_holds_and_answers_quickly(written: Callable[[str], Mapping[str, str]], attack: str) -> None:
    start = time.monotonic()
    with pytest.raises(NarrativeError):
        written(attack)
    assert time.monotonic() - start < 5


def test_every_listed_name_can_be_used(undrafted: AnnualReport) -> None:
    known = names(undrafted)
    questions = "\n\n".join(f"{{% if {path} is stated %}}读到{{% else %}}空白{{% endif %}}" for path in known)
    answers = compose(replace(undrafted, draft=Draft(DRAFT, questions))).text["preface"].split()
    stated = dict(zip(known, answers, strict=True))
    assert set(answers) == {"读到", "空白"}
    assert {path for path, answer in stated.items() if answer == "空白"} == {
        "site", "contact.office", "contact.address", "contact.postcode", "contact.telephone", "contact.email"
    }  # fmt: skip
    assert {"requests.denied.total", "last_year.requests.received.total", "year", "name"} <= set(known)
