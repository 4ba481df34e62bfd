"""What a check says: findings a clerk can act on, rules that could not run, and the JSON that machines read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from helpers.errors import GongkaiError, IntegrityError
from helpers.integrity import Checks, Finding, check
from helpers.report import Acknowledgement, AnnualReport
from strategies import flawless_report

P = "proactive_disclosure"


def of(checks: Checks, rule: str) -> list[Finding]:
    return [finding for finding in checks.findings if finding.rule == rule]


def status(checks: Checks) -> Mapping[str, tuple[str, str | None]]:
    return {rule.id: (rule.status, rule.reason) for rule in checks.rules}


def test_a_finding_names_place_both_sides_difference_formula_and_legal_basis(suqian: AnnualReport) -> None:
    finding = of(check(suqian.with_cells({"requests.received.natural_person": 3441})), "T3-FLOW")[0]
    assert finding.message == (
        "“自然人”列：一、本年新收政府信息公开申请数量 3441 ＋二、上年结转政府信息公开申请数量 118 ＝ 3559；"
        "（七）总计 3440 ＋四、结转下年度继续办理 118 ＝ 3558；相差+1。"
        "应满足：本年新收＋上年结转＝办理结果总计＋结转下年度。（依据：表三左上角印制的勾稽关系）"
    )
    assert (finding.left, finding.right, finding.difference) == (3559, 3558, 1)
    assert finding.addresses == (
        "requests.received.natural_person",
        "requests.carried_over_in.natural_person",
        "requests.total.natural_person",
        "requests.carried_over_out.natural_person",
    )
    assert finding.message_en == (
        "received + carried over in = total handled + carried over out: "
        "at requests.received.natural_person, 3559 and 3558 differ by +1"
    )


def test_a_law_over_groups_names_the_groups_and_holds_their_cells(suqian: AnnualReport) -> None:
    finding = of(check(suqian.with_cells({"requests.denied.state_secret.other": 1})), "T3-ROWS")[0]
    assert "（三）不予公开 1" in finding.message
    assert "requests.denied.state_secret.other" in finding.addresses


def test_a_law_with_last_year_names_it_and_points_only_into_this_report(suqian: AnnualReport) -> None:
    finding = of(check(suqian.with_cells({f"{P}.rules.in_force": 13})), "T2-STOCK")[0]
    assert (
        "“规章”行：现行有效件数 13；上年现行有效件数 11 ＋本年制发件数 2 －本年废止件数 1 ＝ 12；相差+1"
        in finding.message
    )
    assert set(finding.addresses) == {f"{P}.rules.{column}" for column in ("in_force", "issued", "repealed")}


def test_last_years_carry_over_is_compared_across_the_change_of_form() -> None:
    report = flawless_report(2021)
    assert check(report).findings == ()
    assert report.previous is not None
    assert (report.previous.form.id, report.form.id) == ("2019", "2021")
    changed = replace(report, previous=report.previous.with_cells({"requests.carried_over_out.other": 0}))
    assert {finding.rule for finding in check(changed).findings} == {"T3-YEAR"}


def test_a_rule_that_needs_last_year_is_not_run_without_it(donge: AnnualReport, suqian: AnnualReport) -> None:
    assert status(check(donge))["T3-YEAR"] == ("not-run", "没有上一年度的数据")
    assert status(check(donge))["JUMP"] == ("not-run", "没有上一年度的数据")
    assert status(check(replace(suqian, previous=None)))["T2-STOCK"] == ("not-run", "没有上一年度的数据")
    arithmetic = {rule: state for rule, (state, _) in status(check(suqian)).items() if not rule.startswith("TEXT")}
    assert set(arithmetic.values()) == {"passed"}


def test_a_rule_that_failed_in_part_and_could_not_run_in_part_says_both(donge: AnnualReport) -> None:
    assert status(check(donge))["T2-ITEMS"] == ("failed", "没有上一年度的数据")


def test_a_rule_whose_cells_last_years_form_did_not_have_is_not_run() -> None:
    state, reason = status(check(flawless_report(2021)))["T2-STOCK"]
    assert state == "not-run"
    assert reason is not None
    assert reason.startswith("上一年度的表式没有“现行有效件数”")


def test_a_body_of_unknown_level_is_not_held_to_one(suqian: AnnualReport) -> None:
    checks = check(replace(suqian, body=replace(suqian.body, level=None)))
    assert status(checks)["LEVEL"] == ("not-run", "不知道发布机关的层级")


def test_blank_contributors_of_a_broken_law_are_named(suqian: AnnualReport) -> None:
    """A missing figure is the likeliest cause of a difference: the finding says where it is missing."""
    checks = check(suqian.with_cells({"requests.granted.natural_person": None}))
    for rule in ("T3-ROWS", "T3-COLS"):
        finding = of(checks, rule)[0]
        assert "；未填：三、本年度办理结果－（一）予以公开·自然人。" in finding.message
        assert finding.message_en.endswith("; blank: requests.granted.natural_person")
    assert len(of(checks, "BLANK")) == 1


def test_a_law_that_holds_only_because_a_blank_counts_for_nothing_has_not_passed(suqian: AnnualReport) -> None:
    """0 left out changes no sum, yet nobody has stated it: neither passed nor a difference."""
    checks = check(suqian.with_cells({"requests.denied.state_secret.other": None}))
    assert {finding.rule for finding in checks.findings} == {"BLANK"}
    state, reason = status(checks)["T3-COLS"]
    assert (state, reason) == ("not-run", "含未填项：三、本年度办理结果－（三）不予公开－1.属于国家秘密·其他")


def test_a_blank_is_never_taken_for_nought(suqian: AnnualReport) -> None:
    """A total left blank beside stated figures cannot be compared at all."""
    checks = check(suqian.with_cells({"review.reconsideration.total": None}))
    assert of(checks, "T4-SUM") == []
    assert status(checks)["T4-SUM"] == ("not-run", "有一侧全部未填：行政复议·总计")


def test_an_empty_report_passes_no_law_and_misses_every_row(suqian: AnnualReport) -> None:
    checks = check(replace(suqian, cells=dict.fromkeys(suqian.cells)))
    assert {finding.rule for finding in checks.findings} == {"BLANK"}
    assert len(checks.findings) == sum(len(table.rows) for table in suqian.form.tables.values())
    states = {rule: state for rule, (state, _) in status(checks).items()}
    assert {states[law.id] for law in suqian.form.laws} == {"not-run"}


def test_last_years_blank_is_named_as_last_years(suqian: AnnualReport) -> None:
    assert suqian.previous is not None
    before = suqian.previous.with_cells({"requests.carried_over_out.natural_person": None})
    state, reason = status(check(replace(suqian, previous=before)))["T3-YEAR"]
    assert (state, reason) == ("not-run", "有一侧全部未填：上年四、结转下年度继续办理·自然人")


@pytest.fixture
def acknowledged() -> AnnualReport:
    """A warning that the office has looked at: half the stock was cleaned up."""
    report = flawless_report(2024).with_cells({f"{P}.normative_documents.in_force": 3})
    return replace(report, acknowledged=(Acknowledgement("T2-STOCK", f"{P}.normative_documents.in_force", "专项清理"),))


def test_an_acknowledged_warning_stays_on_record_with_its_reason(acknowledged: AnnualReport) -> None:
    checks = check(acknowledged)
    assert checks.warnings == ()
    assert [(finding.rule, finding.acknowledged) for finding in checks.findings] == [("T2-STOCK", "专项清理")]
    assert checks.as_dict()["findings"][0]["acknowledged"] == "专项清理"
    assert "已说明：专项清理" in checks.as_text()
    assert "已说明：专项清理" in checks.as_html()
    assert checks.summary().endswith("数据校验通过。")
    checks.stop_if_wrong()


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        ("T2-STOCK", f"{P}.rules.in_force"),
        ("JUMP", f"{P}.normative_documents.in_force"),
        ("T3-FLOW", "requests.received.total"),
    ],
)
def test_an_acknowledgement_beside_the_warning_is_an_error(acknowledged: AnnualReport, rule: str, address: str) -> None:
    checks = check(replace(acknowledged, acknowledged=(Acknowledgement(rule, address, "理由"),)))
    assert [finding.rule for finding in checks.errors] == ["ACKNOWLEDGED"]
    assert [finding.rule for finding in checks.warnings] == ["T2-STOCK"]
    assert checks.errors[0].addresses == (address,)


def test_an_error_cannot_be_acknowledged_away(suqian: AnnualReport) -> None:
    wrong = suqian.with_cells({"review.reconsideration.total": 171})
    entry = Acknowledgement("T4-SUM", "review.reconsideration.total", "就是这样")
    checks = check(replace(wrong, acknowledged=(entry,)))
    assert {finding.rule for finding in checks.errors} == {"T4-SUM", "ACKNOWLEDGED"}


def test_errors_stop_and_carry_every_finding_at_once(suqian: AnnualReport) -> None:
    wrong = suqian.with_cells(
        {"review.reconsideration.total": 171, f"{P}.rules.in_force": 13, f"{P}.fees.amount": None}
    )
    checks = check(wrong)
    with pytest.raises(IntegrityError) as caught:
        checks.stop_if_wrong()
    assert isinstance(caught.value, GongkaiError)
    assert caught.value.checks is checks
    text = str(caught.value)
    assert text.startswith("宿迁市人民政府2024年政府信息公开工作年度报告：2处错误、1处提醒，已停止，未发布。")
    for rule in ("T4-SUM", "BLANK", "T2-STOCK"):
        assert rule in text
        assert rule in caught.value._repr_html_()
    assert text.index("BLANK") < text.index("T2-STOCK"), "errors come first"
    assert caught.value._render_traceback_() == [text], "a notebook shows the table, not our stack"


def test_warnings_do_not_stop(donge: AnnualReport) -> None:
    check(donge).stop_if_wrong()
    assert check(donge).summary() == "东阿县人民政府2020年政府信息公开工作年度报告：0处错误、1处提醒，可以发布。"


def test_a_finding_shown_in_html_is_text(suqian: AnnualReport) -> None:
    body = replace(suqian.body, name="<script>alert(1)</script>", level="county")
    page = check(replace(suqian, body=body)).as_html()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;无权制定" in page


def test_the_json_keeps_its_contract(suqian: AnnualReport) -> None:
    wrong = suqian.with_cells({"review.reconsideration.total": 171, f"{P}.fees.amount": Decimal("-0.5")})
    data = json.loads(json.dumps(check(wrong).as_dict(), ensure_ascii=False))
    assert set(data) == {"report", "rules", "findings"}
    assert data["report"] == {"body": "宿迁市人民政府", "code": "321300", "year": 2024, "form": "2021"}
    assert all(set(rule) == {"id", "status", "reason"} for rule in data["rules"])
    assert {rule["status"] for rule in data["rules"]} <= {"passed", "failed", "not-run"}
    assert data["findings"][0] == {
        "rule": "T4-SUM",
        "level": "error",
        "addresses": [
            f"review.reconsideration.{c}" for c in ("total", "upheld", "corrected", "other_outcome", "pending")
        ],
        "left": 171,
        "right": 170,
        "difference": 1,
        "message": (
            "“行政复议”行：总计 171；结果维持 88 ＋结果纠正 18 ＋其他结果 28 ＋尚未审结 36 ＝ 170；相差+1。"
            "应满足：总计＝结果维持＋结果纠正＋其他结果＋尚未审结。（依据：表四）"
        ),
        "message_en": (
            "total = upheld + corrected + other outcome + pending: "
            "at review.reconsideration.total, 171 and 170 differ by +1"
        ),
        "excerpt": None,
        "acknowledged": None,
    }
    domain = data["findings"][1]
    assert (domain["rule"], domain["left"], domain["right"], domain["difference"]) == ("DOMAIN", -0.5, None, None)


def test_every_rule_that_did_not_run_says_why(example: AnnualReport) -> None:
    for rule in check(example).rules:
        assert (rule.status == "not-run") <= bool(rule.reason), rule.id
        assert rule.status != "passed" or rule.reason is None, rule.id
