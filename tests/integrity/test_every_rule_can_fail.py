"""Every rule proven able to fail: the smallest fault it is there for, and no other rule's id."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest

from helpers.forms import all_forms
from helpers.integrity import ACKNOWLEDGED, Rule, check, rules_for
from helpers.report import Acknowledgement, AnnualReport, Body
from spoilt_prose import BROKEN, broken, report
from strategies import flawless_report

P = "proactive_disclosure"
Changes = Mapping[str, int | Decimal | None]

# Rule, year of the report, how far each cell is moved. Where one cell belongs to several laws, the smallest set that
# breaks one of them alone.
FAULTS: list[tuple[str, int, Mapping[str, int]]] = [
    ("T3-FLOW", 2024, {"requests.received.natural_person": 1, "requests.received.total": 1}),
    ("T3-ROWS", 2020, {"requests.granted.other": 1, "requests.granted.total": 1}),
    ("T3-COLS", 2024, {"requests.received.total": 1, "requests.granted.total": 1, "requests.total.total": 1}),
    (
        "T3-YEAR",
        2020,
        {
            f"requests.{row}.{column}": 1
            for row in ("carried_over_in", "carried_over_out")
            for column in ("other", "total")
        },
    ),
    ("T4-SUM", 2024, {"review.litigation_direct.pending": 1}),
    ("T2-STOCK", 2024, {f"{P}.normative_documents.in_force": 1}),
    ("T2-ITEMS", 2020, {f"{P}.penalties.items_last_year": 1, f"{P}.penalties.items_change": -1}),
]


@pytest.fixture(autouse=True)
def no_fault_to_begin_with() -> None:
    for year in (2020, 2024):
        assert check(flawless_report(year)).findings == ()


@pytest.mark.parametrize(("rule", "year", "moves"), FAULTS, ids=[fault[0] for fault in FAULTS])
def test_a_law_of_the_form_fails_alone(rule: str, year: int, moves: Mapping[str, int]) -> None:
    findings = check(shifted(year, moves)).findings
    assert {finding.rule for finding in findings} == {rule}
    assert next(iter(moves)) in {address for finding in findings for address in finding.addresses}
    assert {abs(finding.difference or 0) for finding in findings} == {1}


def test_decisions_that_equal_the_number_of_items_look_misfiled() -> None:
    report = flawless_report(2020)
    items = report.cells[f"{P}.licensing.items_last_year"], report.cells[f"{P}.licensing.items_change"]
    checks = check(report.with_cells({f"{P}.licensing.decisions": sum(value or 0 for value in items)}))
    assert [(finding.rule, finding.level) for finding in checks.findings] == [("T2-ITEMS", "warning")]
    assert f"{P}.licensing.decisions" in checks.findings[0].addresses


def test_no_items_and_no_decisions_are_not_suspicious() -> None:
    nought = {f"{P}.licensing.{column}": 0 for column in ("items_last_year", "items_change", "decisions")}
    report = flawless_report(2020)
    assert check(replace(report.with_cells(nought), previous=None)).findings == ()


def test_a_blank_cell_is_an_error_in_our_own_data_and_a_warning_in_that_of_others() -> None:
    report = flawless_report(2024).with_cells({f"{P}.fees.amount": None})
    assert [(f.rule, f.level) for f in check(report).findings] == [("BLANK", "error")]
    assert [(f.rule, f.level) for f in check(report, own=False).findings] == [("BLANK", "warning")]


@pytest.mark.parametrize(
    ("year", "address", "value"),
    [
        (2024, f"{P}.licensing.decisions", Decimal("21.5")),
        (2024, f"{P}.licensing.decisions", -21),
        (2024, f"{P}.fees.amount", Decimal("-0.01")),
        (2020, f"{P}.procurement.projects", -21),
    ],
)
def test_a_figure_outside_its_domain_is_an_error(year: int, address: str, value: int | Decimal) -> None:
    findings = check(flawless_report(year).with_cells({address: value})).findings
    assert [(finding.rule, finding.level, finding.addresses) for finding in findings] == [
        ("DOMAIN", "error", (address,))
    ]
    assert str(value) in findings[0].message


def test_only_a_change_may_be_negative() -> None:
    report = flawless_report(2020)
    last = report.cells[f"{P}.fees.items_last_year"] or 0
    assert check(report.with_cells({f"{P}.fees.items_change": -int(last)})).findings == ()


@pytest.mark.parametrize("level", ["county", "town", "department"])
def test_rules_made_below_the_prefecture_are_suspicious(level: str) -> None:
    report = flawless_report(2024)
    report = replace(report, body=replace(report.body, level=level))
    findings = check(report).findings
    assert {(finding.rule, finding.level) for finding in findings} == {("LEVEL", "warning")}
    assert {finding.addresses[0] for finding in findings} == {
        f"{P}.rules.{column}" for column in ("issued", "repealed", "in_force")
    }
    none = report.with_cells({f"{P}.rules.{column}": 0 for column in ("issued", "repealed", "in_force")})
    assert check(replace(none, previous=None)).findings == ()


@pytest.mark.parametrize(("factor", "rules"), [(9, []), (10, ["JUMP"])])
def test_a_tenfold_leap_is_suspicious(factor: int, rules: list[str]) -> None:
    report = flawless_report(2024)
    assert report.previous is not None
    address = f"{P}.penalties.decisions"
    leap = report.with_cells({address: factor * int(report.previous.cells[address] or 0)})
    assert [finding.rule for finding in check(leap).findings] == rules
    fallen = replace(leap.with_cells({address: report.previous.cells[address]}), previous=leap)
    assert [finding.rule for finding in check(fallen).findings if finding.rule == "JUMP"] == rules


def test_small_counts_may_leap() -> None:
    report = flawless_report(2024)
    assert report.previous is not None
    address = f"{P}.compulsion.decisions"
    small = replace(report.with_cells({address: 99}), previous=report.previous.with_cells({address: 1}))
    assert check(small).findings == ()


def test_an_acknowledgement_of_nothing_is_an_error() -> None:
    entry = Acknowledgement("JUMP", f"{P}.penalties.decisions", "核对无误")
    checks = check(replace(flawless_report(2024), acknowledged=(entry,)))
    assert [(finding.rule, finding.level) for finding in checks.findings] == [("ACKNOWLEDGED", "error")]
    assert "没有对应的提醒" in checks.findings[0].message
    assert {rule.id: rule.status for rule in checks.rules}["ACKNOWLEDGED"] == "failed"


def shifted(year: int, moves: Mapping[str, int]) -> AnnualReport:
    sound = flawless_report(year)
    return sound.with_cells({address: (sound.cells[address] or 0) + move for address, move in moves.items()})


RULES = {rule.id: rule for form in all_forms() for rule in rules_for(form)} | {ACKNOWLEDGED.id: ACKNOWLEDGED}
PROOFS: Mapping[str, tuple[AnnualReport, AnnualReport]] = {
    **{rule: (flawless_report(year), shifted(year, moves)) for rule, year, moves in FAULTS},
    **{rule: (report(), broken(rule, level, text)) for rule, level, text in BROKEN},
    "BLANK": (flawless_report(2024), flawless_report(2024).with_cells({f"{P}.fees.amount": None})),
    "DOMAIN": (flawless_report(2024), flawless_report(2024).with_cells({f"{P}.licensing.decisions": -1})),
    "LEVEL": (flawless_report(2024), replace(flawless_report(2024), body=Body("某县人民政府", level="county"))),
    "JUMP": (flawless_report(2024), shifted(2024, {f"{P}.penalties.decisions": 999})),
    "TEXT-DEFAULT": (
        replace(report(), by_default=("preface",)),
        replace(report(), by_default=("preface", "problems")),
    ),
    "ACKNOWLEDGED": (
        flawless_report(2024),
        replace(flawless_report(2024), acknowledged=(Acknowledgement("JUMP", f"{P}.penalties.decisions", "属实"),)),
    ),
}
"""Rule → a report that it passes, and its neighbour that it does not."""


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_every_rule_that_is_registered_is_proven_able_to_fail(rule: Rule) -> None:
    """A rule added without a fault that shows it can fail ends here."""
    assert rule.id in PROOFS, "add a report that passes the rule and one that breaks it"
    outcomes = [{result.id: result.status for result in check(each).rules} for each in PROOFS[rule.id]]
    assert [outcome[rule.id] for outcome in outcomes] == ["passed", "failed"]


def test_a_rule_is_proven_only_where_it_is_registered() -> None:
    assert set(PROOFS) == set(RULES)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_findings_have_their_rules_level_and_an_address(rule: Rule) -> None:
    findings = [finding for finding in check(PROOFS[rule.id][1]).findings if finding.rule == rule.id]
    assert findings
    for finding in findings:
        assert finding.level in (("error", "warning") if rule.level == "by certainty" else (rule.level,))
        assert finding.addresses


def test_every_rule_says_in_both_languages_what_it_asks_and_why() -> None:
    for form in all_forms():
        ids = [rule.id for rule in rules_for(form)]
        assert len(ids) == len(set(ids))
        for rule in rules_for(form):
            assert rule.title_en[0].isascii(), rule.id
            assert not rule.title.isascii(), rule.id
            assert rule.basis, rule.id


def test_the_real_county_with_a_misfiled_figure(donge: AnnualReport) -> None:
    """Backtest: 383 decisions on 其他对外管理服务事项 are its 113 items and the 270 new ones."""
    findings = check(donge).findings
    assert [(finding.rule, finding.level, finding.left, finding.right) for finding in findings] == [
        ("T2-ITEMS", "warning", 383, 383)
    ]
    assert (
        "“其他对外管理服务事项”行：处理决定数量 383；上一年项目数量 113 ＋本年增/减 270 ＝ 383" in findings[0].message
    )


def test_the_other_real_county_years_have_no_finding(example: AnnualReport) -> None:
    if example.year != 2020:
        assert check(example).findings == ()
