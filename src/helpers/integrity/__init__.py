"""Integrity: every rule tried on a report, every finding at once."""

from __future__ import annotations

from dataclasses import replace

from helpers.forms import Form
from helpers.integrity.findings import Checks, Finding, RuleResult, Status
from helpers.integrity.prose import text_rules
from helpers.integrity.rules import Rule, rules_of_figures
from helpers.report import Acknowledgement, AnnualReport

__all__ = ["Checks", "Finding", "Rule", "RuleResult", "check", "rules_for"]

ACKNOWLEDGED = "ACKNOWLEDGED"
"""Id under which an acknowledgement that matches no warning is reported."""


def rules_for(form: Form) -> tuple[Rule, ...]:
    """Every rule that applies to reports of `form`: on the figures, then on the prose."""
    return (*rules_of_figures(form), *text_rules())


def check(report: AnnualReport, *, own: bool = True) -> Checks:
    """Try every rule of the report's form. Milliseconds; never raises for what it finds.

    `own=False` is for auditing what others published: their blanks are warnings, not errors.
    A rule is `passed` only where it could be tried everywhere it applies and found nothing.
    """
    findings: list[Finding] = []
    results: list[RuleResult] = []
    for rule in rules_for(report.form):
        found, reason = rule.run(report)
        if not own and rule.id == "BLANK":
            found = [replace(finding, level="warning") for finding in found]
        findings += found
        status: Status = "failed" if found else "not-run" if reason else "passed"
        results.append(RuleResult(rule.id, status, reason))
    findings, unmatched = _acknowledge(findings, report.acknowledged)
    results.append(RuleResult(ACKNOWLEDGED, "failed" if unmatched else "passed"))
    return Checks(report, tuple(results), (*findings, *unmatched))


def _acknowledge(
    findings: list[Finding], acknowledgements: tuple[Acknowledgement, ...]
) -> tuple[list[Finding], list[Finding]]:
    """The findings with the county's reasons attached, and an error for every reason that fits no warning."""
    unmatched = []
    for entry in acknowledgements:
        matched = False
        for number, finding in enumerate(findings):
            if finding.level == "warning" and finding.rule == entry.rule and entry.address in finding.addresses:
                findings[number] = replace(finding, acknowledged=entry.reason)
                matched = True
        if not matched:
            unmatched.append(
                Finding(
                    ACKNOWLEDGED,
                    "error",
                    (entry.address,),
                    f"report.yml 中对 {entry.rule}（{entry.address}）的说明没有对应的提醒，请删除或改正。",
                    f"the acknowledgement of {entry.rule} at {entry.address} matches no warning",
                )
            )
    return findings, unmatched
