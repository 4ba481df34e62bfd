"""The defaults: with nothing but CSV files a county has a report that reads naturally and says only what is so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.forms import get_form, read_form
from helpers.narrative import compose
from helpers.report import AnnualReport, Body, Indicator
from strategies import consistent_reports

Filled = Callable[[str, int | None], AnnualReport]

CLUMSY = re.compile(r"None|nan|Undefined|\{|\}|件件|，，|。。|；。|，。|、。|：。|（）|占不适用|-\d")
INVENTED = """\
form: "2031"
title: 政府信息公开工作年度报告
document: 国办公开办函〔2031〕1号
years: {from: 2031, to: 2031}
sections:
  - {id: summary, heading: 一、综述, en: Summary}
  - id: overview
    heading: 二、总体情况
    en: Overview
    parts:
      - {id: on_request, title: 依申请公开情况, en: On request}
      - {id: disclosure, title: 主动公开情况, en: Proactive}
  - {id: visits, heading: 三、网站访问情况, en: Visits}
  - {id: problems, heading: 四、存在的主要问题及改进情况, en: Problems}
tables:
  - id: visits
    title: 网站访问情况
    en: Visits
    stub: 1
    blocks:
      - article: 第一条
        corner: 渠道
        columns: [{id: total, label: 总计, en: total, unit: 次}]
        rows: [{id: website, label: 网站, en: website}]
"""


def overview(report: AnnualReport) -> str:
    return compose(report).text["overview"]


def replaced(report: AnnualReport, **cells: int) -> AnnualReport:
    return report.with_cells({name.replace("__", "."): value for name, value in cells.items()})


@given(consistent_reports())
def test_every_sentence_follows_from_the_figures(report: AnnualReport) -> None:
    text = compose(report).text
    stated = "\n".join(text.values())
    assert not CLUMSY.search(stated), stated
    value = report.value
    received, brought = value("requests.received.total"), value("requests.carried_over_in.total")
    handled, left = value("requests.total.total"), value("requests.carried_over_out.total")
    litigation = sum(
        value(f"review.{kind}.total") or 0 for kind in ("litigation_direct", "litigation_after_reconsideration")
    )
    whole = text["overview"]
    for figure, words in (
        (received, "新收政府信息公开申请{}件"),
        (brought, "上年结转申请{}件"),
        (handled, "全年共办结{}件"),
        (left, "结转下年度继续办理{}件"),
        (value("review.reconsideration.total"), "政府信息公开行政复议{}件"),
        (litigation, "政府信息公开行政诉讼{}件"),
    ):
        assert (words.format(figure) in whole) == bool(figure), (words, whole)
    for group, words in (
        ("granted", "予以公开"), ("partially_granted", "部分公开"), ("denied", "不予公开"),
        ("unable_to_provide", "无法提供"), ("not_processed", "不予处理"), ("otherwise_handled", "其他处理"),
    ):  # fmt: skip
        count = value(f"requests.{group}.total")
        assert bool(re.search(rf"{words}{count}件（占\d+\.\d\d%）", whole)) == bool(count)


@given(consistent_reports())
def test_the_parts_of_a_sentence_add_up(report: AnnualReport) -> None:
    whole = overview(report)
    outcomes = re.search(r"全年共办结(\d+)件[^。]*?办理结果为：([^。]*)。", whole)
    assert bool(outcomes) == bool(report.value("requests.total.total"))
    if outcomes:
        assert sum(map(int, re.findall(r"(\d+)件", outcomes[2]))) == int(outcomes[1])
    for case in re.findall(r"政府信息公开行政(?:复议|诉讼)(\d+)件(?:（[^）]*）)?，其中([^；。]*)", whole):
        assert sum(map(int, re.findall(r"(\d+)件", case[1]))) == int(case[0])


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_a_year_without_anything_reads_naturally(filled: Filled, form_id: str) -> None:
    text = compose(filled(form_id, 0)).text
    year = get_form(form_id).spec.years.first
    assert f"{year}年，甲县没有收到政府信息公开申请，也没有上年结转的申请。" in text["overview"]
    assert f"{year}年，甲县没有政府信息公开行政复议、行政诉讼案件。" in text["overview"]
    assert "全年没有行政许可、行政处罚和行政强制的处理决定。" in text["overview"]
    assert text["problems"] == (
        f"从统计数据看，{year}年没有结转下年度继续办理的政府信息公开申请；没有结果纠正的行政复议、行政诉讼案件。"
    )
    for part in (text["overview"], text["problems"], text["other"]):
        assert re.findall(r"\d+", part.replace(f"{year}年", "")) == []


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_large_values_stay_plain_digits(filled: Filled, form_id: str) -> None:
    text = compose(filled(form_id, 123_456_789_012)).text
    assert "新收政府信息公开申请123456789012件" in text["overview"]
    assert not CLUMSY.search("".join(text.values()))


@pytest.mark.parametrize("form_id", ["2019", "2021"])
def test_blank_cells_are_left_to_the_check_not_told_as_zeros(filled: Filled, form_id: str) -> None:
    text = compose(filled(form_id, None)).text
    assert "没有收到" not in text["overview"]
    assert "## " not in text["overview"]
    assert text["problems"] == "本报告在本部分没有列入内容。"


def test_one_blank_cell_takes_away_only_what_depends_on_it(undrafted: AnnualReport) -> None:
    text = overview(undrafted.with_cells({"requests.denied.state_secret.total": None}))
    assert "全年共办结3521件，同比增长1.00%。" in text
    assert "予以公开" not in text
    assert "政府信息公开行政复议170件" in text


def test_requests_carried_over_are_told_when_none_is_new(filled: Filled) -> None:
    report = replaced(
        filled("2021", 0),
        requests__carried_over_in__total=3, requests__carried_over_in__natural_person=3,
        requests__total__total=2, requests__granted__total=2, requests__carried_over_out__total=1,
    )  # fmt: skip
    text = overview(report)
    assert (
        "甲县没有新收政府信息公开申请；上年结转申请3件。全年共办结2件，办理结果为：予以公开2件（占100.00%）。" in text
    )
    assert "结转下年度继续办理1件。" in text


def test_requests_not_yet_handled_are_told(filled: Filled) -> None:
    report = replaced(
        filled("2021", 0),
        requests__received__total=1, requests__received__commercial_enterprise=1, requests__carried_over_out__total=1,
    )  # fmt: skip
    text = overview(report)
    assert (
        "新收政府信息公开申请1件；没有上年结转的申请。新收申请均由法人或其他组织提出。全年没有办结的申请。"
        "结转下年度继续办理1件。"
    ) in text


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [
        (46, 40, "新收政府信息公开申请46件，同比增长15.00%；"),
        (40, 40, "新收政府信息公开申请40件，与上年持平；"),
        (30, 40, "新收政府信息公开申请30件，同比下降25.00%；"),
        (46, 0, "新收政府信息公开申请46件（上年未收到申请）；"),
        (0, 46, "没有收到政府信息公开申请（上年新收46件），也没有上年结转的申请。"),
        (0, 0, "没有收到政府信息公开申请，也没有上年结转的申请。"),
    ],
)
def test_the_year_before_is_compared_where_it_is_at_hand(filled: Filled, now: int, before: int, expected: str) -> None:
    this, last = (replaced(filled("2021", 0), requests__received__total=value) for value in (now, before))
    assert expected in overview(replace(this, year=2022, previous=last))


def test_years_compare_across_the_change_of_form(filled: Filled) -> None:
    last = replaced(filled("2019", 0), requests__received__total=10)
    this = replaced(filled("2021", 0), requests__received__total=11)
    assert "同比增长10.00%" in overview(replace(this, previous=last))


@pytest.mark.parametrize(
    ("direct", "after", "expected"),
    [
        (2, 0, "行政诉讼2件（均为未经复议直接起诉），其中结果维持2件。"),
        (0, 2, "行政诉讼2件（均为复议后起诉），其中结果维持2件。"),
        (1, 2, "行政诉讼3件（未经复议直接起诉1件、复议后起诉2件），其中结果维持3件。"),
        (0, 0, "没有政府信息公开行政诉讼案件。"),
    ],
)
def test_litigation_is_told_by_its_way(filled: Filled, direct: int, after: int, expected: str) -> None:
    report = replaced(
        filled("2021", 0),
        review__litigation_direct__total=direct, review__litigation_direct__upheld=direct,
        review__litigation_after_reconsideration__total=after, review__litigation_after_reconsideration__upheld=after,
        review__reconsideration__total=1, review__reconsideration__pending=1,
    )  # fmt: skip
    assert (
        f"政府信息公开行政复议1件，其中尚未审结1件；{'政府信息公开' if direct + after else ''}{expected}"
        in overview(report)
    )


@pytest.mark.parametrize(
    ("fee", "expected"),
    [
        (3940, "2021年，甲县收取政府信息公开信息处理费3940元。"),
        (Decimal("12.50"), "2021年，甲县收取政府信息公开信息处理费12.50元。"),
        (0, "2021年，甲县没有收取政府信息公开信息处理费。"),
        (None, "本报告在本部分没有列入其他事项。"),
    ],
)
def test_processing_fees_are_told_only_where_they_are_stated(
    filled: Filled, fee: int | Decimal | None, expected: str
) -> None:
    stated = {} if fee is None else {"information_fee": Indicator("information_fee", "费", fee, "元", "信息处理费")}
    assert compose(replace(filled("2021", 0), indicators=stated)).text["other"] == expected


def test_problems_state_what_the_figures_show(undrafted: AnnualReport) -> None:
    assert compose(undrafted).text["problems"] == (
        "从统计数据看，2024年结转下年度继续办理的政府信息公开申请125件，占新收与上年结转申请之和的3.43%；行政复议结果纠正18件。"
    )


@given(st.sets(st.sampled_from(["office", "address", "postcode", "telephone", "email"])), st.booleans())
def test_the_preface_has_every_contact_that_is_stated_and_no_gap(stated: set[str], site: bool) -> None:
    known = {
        "office": "甲县政府办", "address": "人民路1号", "postcode": "252200", "telephone": "0635-1", "email": "a@x.cn"
    }  # fmt: skip
    body = Body(
        "甲县人民政府", "甲县", site="https://x.cn/" if site else None, contact={key: known[key] for key in stated}
    )
    form = get_form("2021")
    preface = compose(AnnualReport(body, 2024, form, dict.fromkeys(form.cells, 0))).text["preface"]
    assert "本报告由甲县人民政府根据《中华人民共和国政府信息公开条例》" in preface
    assert "全文共六个部分：总体情况；" in preface
    assert "2024年1月1日" in preface
    assert ("https://x.cn/" in preface) == site
    reachable = "office" in stated and stated & {"address", "telephone", "email"}
    assert ("请与甲县政府办联系" in preface) == bool(reachable)
    if reachable:
        for key in stated - ({"postcode"} if "address" not in stated else set()):
            assert known[key] in preface
        assert not re.search(r"（，|，）|，，", preface)


def test_a_form_without_these_tables_has_no_such_parts(tmp_path: Path) -> None:
    file = tmp_path / "2031.yaml"
    file.write_text(INVENTED, encoding="utf-8")
    form = read_form(file)
    report = AnnualReport(Body("甲县人民政府", "甲县"), 2031, form, {"visits.website.total": 5})
    text = compose(report).text
    assert set(text) == {"preface", "summary", "overview", "problems"}
    assert "全文共四个部分：综述、总体情况、网站访问情况和存在的主要问题及改进情况。" in text["preface"]
    assert "〔2031〕1号" in text["preface"]
    assert text["overview"] == "现将2031年甲县政府信息公开工作的总体情况报告如下。"
    assert text["summary"] == ""
