"""Every rule proven able to fail: for each, prose that breaks it alone, and its neighbour that does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from judging import text_findings

from helpers.integrity import check
from helpers.integrity.claims import Claim
from helpers.integrity.claims.compare import compare
from helpers.integrity.claims.evaluate import label
from helpers.integrity.claims.scopes import is_own
from helpers.integrity.rules import REGISTERED
from helpers.report import Acknowledgement, AnnualReport, Body, Doubt, Draft
from spoilt_prose import BROKEN, GOOD, broken
from spoilt_prose import report as county


def found(report: AnnualReport) -> list[tuple[str, str]]:
    return [(finding.rule, finding.level) for finding in text_findings(report)]


def reasons(report: AnnualReport) -> Mapping[str, str | None]:
    """Why rules on prose could not be tried, wholly or in part."""
    return {rule.id: rule.reason for rule in check(report).rules if rule.reason and rule.id.startswith("TEXT-")}


def test_prose_that_agrees_has_no_finding() -> None:
    assert found(county()) == []


@pytest.mark.parametrize(("rule", "level", "text"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_each_rule_can_fail_alone(rule: str, level: str, text: dict[str, str]) -> None:
    assert found(broken(rule, level, text)) == [(rule, level)]


@pytest.mark.parametrize(("rule", "level", "text"), BROKEN, ids=lambda value: value if isinstance(value, str) else "")
def test_each_finding_says_where_and_can_be_acknowledged_there(rule: str, level: str, text: dict[str, str]) -> None:
    """Prose that speaks of no cell has the address of its section."""
    spoilt = broken(rule, level, text)
    [finding] = text_findings(spoilt)
    assert finding.addresses
    cells = [address for address in finding.addresses if not address.startswith("text.")]
    assert set(cells) <= set(spoilt.cells)
    assert cells or finding.addresses == tuple(f"text.{section}" for section in text)
    for address in finding.addresses:
        checks = check(replace(spoilt, acknowledged=(Acknowledgement(rule, address, "核对无误"),)))
        fits = {each.rule: each.acknowledged for each in checks.findings if each.rule in (rule, "ACKNOWLEDGED")}
        assert fits == ({rule: "核对无误"} if level == "warning" else {rule: None, "ACKNOWLEDGED": None})


def test_an_acknowledgement_on_prose_is_open_until_there_is_prose() -> None:
    """Where figures are wrong, none is written: its warnings are not there yet, which makes no reason stale."""
    entry = Acknowledgement("TEXT-COUNT", "requests.received.total", "按批次统计")
    checks = check(replace(county(), text={}, acknowledged=(entry,)))
    assert {rule.id: (rule.status, rule.reason) for rule in checks.rules}["ACKNOWLEDGED"] == (
        "not-run", "报告没有文字部分",
    )  # fmt: skip
    stale = Acknowledgement("JUMP", "requests.received.total", "核对无误")
    checks = check(replace(county(), text={}, acknowledged=(entry, stale)))
    assert [f.message for f in checks.findings if f.rule == "ACKNOWLEDGED"] == [
        "report.yml 中对 JUMP（requests.received.total）的说明没有对应的提醒，请删除或改正。"
    ]
    written = check(replace(county(), acknowledged=(entry,)))
    assert [finding.addresses for finding in written.findings if finding.rule == "ACKNOWLEDGED"] == [
        ("requests.received.total",)
    ]


SILENT = [
    "2024年，全县受理政府信息公开申请100余件，答复近130件。",
    "县政府办公室受理政府信息公开申请25件。",
    "全市共受理政府信息公开申请3119件。",
    "2022年，全县共受理政府信息公开申请77件。",
    "2024年上半年，全县共受理政府信息公开申请61件。",
    "全县备案的复议案件134件，其中维持90件。",
    "全县共受理申请128件，9件结转下年度，其余均已办结。",
    "人大建议44件、政协提案67件，均已办结。",
    "全县新收政府信息公开申请128件，同比增长11.3%，比上年增加13件。",
    "全县答复政府信息公开申请121件，其中予以公开60件，占49.6%；部分公开12件，占9.92%。",
    "打造“政务公开+”品牌，网址http://www.xxgk.gov.cn，邮箱xxgk@163.com。",
    "全年发行公报98期，其中，第一类48期、第二类17期。",
    "全县收取行政事业性收费312.5万元。",
    "政府信息公开申请128件，法人或其他组织申请8件。",
    "2023年，全县新收政府信息公开申请115件，其中自然人申请占95%。",
    "全年发行公报98期，其中，第一类99期。",
]


@pytest.mark.parametrize("overview", SILENT)
def test_what_is_right_or_not_ours_is_passed_over_in_silence(overview: str) -> None:
    assert found(county(overview=overview)) == []


def test_a_cell_that_a_reader_doubts_convicts_nobody() -> None:
    doubted = replace(
        county(overview="全县共受理政府信息公开申请129件。"),
        uncertain=(Doubt("requests.received.total", "合并单元格"),),
    )
    assert found(doubted) == [("TEXT-COUNT", "warning")]


def test_a_blank_cell_is_not_compared() -> None:
    assert found(county().with_cells({"requests.received.total": None})) == []


def test_a_finding_names_both_sides_in_two_languages() -> None:
    [finding] = text_findings(county(overview="2024年，全县共受理政府信息公开申请129件。"))
    assert (finding.left, finding.right) == (129, 128)
    assert finding.addresses == ("requests.received.total",)
    assert "129" in finding.message
    assert "本年新收" in finding.message
    assert "requests.received.total" in finding.message_en
    assert finding.excerpt == "全县共受理政府信息公开申请129件"


def test_a_rule_that_has_nothing_to_stand_on_says_so() -> None:
    report = replace(county(), by_default=("preface",))
    alone = replace(report, previous=None)
    assert reasons(alone) == dict.fromkeys(("TEXT-GROWTH", "TEXT-REPEAT"), "没有上一年度的报告")
    assert reasons(replace(alone, text={})) == {r.id: "报告没有文字部分" for r in REGISTERED if r.prose}
    assert reasons(report) == {}
    silent = replace(report, previous=replace(alone, text={}))
    assert reasons(silent) == {"TEXT-REPEAT": "上一年度的报告没有文字部分"}
    assert reasons(replace(report, year=2020)) == {"TEXT-FEE": "信息处理费自2021年起收取"}
    assert reasons(replace(report, year=2021)) == {}
    short = {section: words for section, words in GOOD.items() if section != "other"}
    assert reasons(replace(report, text=short)) == {"TEXT-FEE": "报告没有第六部分的文字"}


def test_nobody_can_say_whether_somebody_elses_section_was_written_by_hand() -> None:
    """A published report does not tell what it left to a default; one that was composed here does."""
    assert reasons(county()) == {"TEXT-DEFAULT": "不知道文字由谁撰写"}
    assert reasons(replace(county(), draft=Draft(Path("narrative.md"), "# 五"))) == {}


def test_a_missing_section_five_is_only_a_warning() -> None:
    text = {section: words for section, words in GOOD.items() if section != "problems"}
    assert found(replace(county(), text=text)) == [("TEXT-EMPTY", "warning")]


@pytest.mark.parametrize(
    ("now", "before", "percent"),
    [
        ("甲" * 100, "甲" * 100, 100),
        ("甲" * 99, "甲" * 99, None),
        ("甲" * 60 + "。" + "乙" * 40, "甲" * 60, 60),
        ("甲" * 59 + "。" + "乙" * 41, "甲" * 59, None),
        ("2024年，" + "甲" * 100, "2023年，" + "甲" * 100, 100),
    ],
)
def test_a_section_is_copied_from_three_fifths_of_a_hundred_characters_on(
    now: str, before: str, percent: int | None
) -> None:
    spoilt = county(problems=now)
    assert spoilt.previous is not None
    spoilt = replace(spoilt, previous=replace(spoilt.previous, text={"problems": before}))
    assert [(finding.rule, finding.left) for finding in text_findings(spoilt)] == (
        [("TEXT-REPEAT", percent)] if percent else []
    )
    if percent:
        [finding] = text_findings(spoilt)
        assert f"有{percent}%的文字" in finding.message
        assert finding.excerpt == now.partition("。")[0]


def test_a_preface_may_be_copied() -> None:
    spoilt = county(preface="甲" * 200)
    assert spoilt.previous is not None
    assert text_findings(replace(spoilt, previous=replace(spoilt.previous, text={"preface": "甲" * 200}))) == []


@pytest.mark.parametrize(
    ("words", "level"),
    [
        ("某某县召开会议。", "warning"),
        ("××县召开会议。", "error"),
        ("探索“政务公开××”做法。", "warning"),
        ("全年发布信息____条。", "error"),
        ("内容（待补充）。", "error"),
        ("内容待补充。", "warning"),
        ("共{{ requests.x }}件。", "error"),
    ],
)
def test_a_placeholder_is_certain_where_nobody_writes_so_on_purpose(words: str, level: str) -> None:
    [finding] = text_findings(county(overview=words))
    assert (finding.rule, finding.level) == ("TEXT-RESIDUE", level)
    assert finding.excerpt is not None
    assert finding.excerpt in words.replace(" ", "")


@pytest.mark.parametrize(
    "other",
    [
        "2024年未收取信息处理费。",
        "2024年，全县未收取信息处理费，收取信息处理费0元。",
        "2023年未收取信息处理费，2024年收取信息处理费300元。",
        "县政府办公室未收取信息处理费，全县收取信息处理费300元。",
        "全县收取信息处理费300元。临江市收取信息处理费600元。",
        "全县收取信息处理费300元，2023年收取信息处理费600元。",
    ],
)
def test_a_fee_is_contradicted_only_by_the_same_bodys_in_the_same_year(other: str) -> None:
    assert text_findings(county(other=other)) == []


def test_a_fee_contradicted_in_another_section_has_both_for_its_address() -> None:
    [finding] = text_findings(county(overview="全县收取信息处理费300元。", other="全县收取信息处理费600元。"))
    assert (finding.left, finding.right, finding.addresses) == (300, 600, ("text.overview", "text.other"))
    [finding] = text_findings(county(overview="2024年未收取信息处理费。", other="全县收取信息处理费600元。"))
    assert (finding.left, finding.right, finding.addresses) == (600, 0, ("text.other", "text.overview"))


def test_section_six_is_told_what_to_do_about_the_fee() -> None:
    [finding] = text_findings(county(other="无。"))
    assert finding.message == "第六部分没有报告信息处理费收取情况（没有收取的也应写明）。"
    [finding] = text_findings(county(other="无。", overview="全县收取信息处理费300元。"))
    assert finding.message == "第六部分没有报告信息处理费收取情况（其他部分已有的，应移入第六部分）。"


def test_a_list_that_a_claim_cuts_short_promises_no_completeness() -> None:
    """其他 would say that the parts are all there are; but those from the claim on belong to another list."""
    words = "全年办理事项100件，其中窗口50件、网络20件、收到政府信息公开申请128件、其他20件。"
    assert "TEXT-SUM" not in {rule for rule, _ in found(county(overview=words))}


def test_a_share_of_a_blank_cell_is_not_compared() -> None:
    spoilt = county(overview="全县答复政府信息公开申请121件，其中予以公开60件，占48.6%。")
    assert text_findings(spoilt.with_cells({"requests.granted.total": None})) == []


def test_only_a_count_of_last_year_is_compared_with_last_years_cell() -> None:
    claim = Claim(("last_year.requests.received.total",), 50, "count", True, None, True, "上年同期50", (0, 2))
    assert [topic for topic, _ in compare([claim], county())] == ["count"]
    assert list(compare([replace(claim, kind="share", unit="%")], county())) == []


def test_several_cells_are_named_as_a_sum_with_signs_and_years() -> None:
    terms = ("requests.received.total", "-requests.granted.total", "last_year.requests.received.other")
    assert label(terms, county().form) == (
        "一、本年新收政府信息公开申请数量·总计－（一）予以公开·总计＋上年一、本年新收政府信息公开申请数量·其他"
    )


def test_two_characters_abbreviate_no_body() -> None:
    """县局 is any county's bureau; 县财政局 is this one."""
    body = Body("江城县财政局")
    assert not is_own("县局", body)
    assert is_own("县财政局", body)
