"""The text rules: what `claims` reads out of the prose, as rules like all others."""

from __future__ import annotations

from functools import partial

from helpers.integrity.claims import RULES, TextFinding, text_findings, text_rules_status
from helpers.integrity.findings import Finding
from helpers.integrity.rules import Outcome, Rule
from helpers.report import AnnualReport


def text_rules() -> tuple[Rule, ...]:
    """One rule for every kind of claim and defect; the prose of a report is read once for all of them."""
    reading = Reading()
    return tuple(
        Rule(name, "by certainty", title, english, basis, partial(reading.outcome, name))
        for name, (title, english, basis) in RULES.items()
    )


class Reading:
    """The findings in the prose of the report it was last asked about."""

    def __init__(self) -> None:
        self._report: AnnualReport | None = None
        self._findings: tuple[TextFinding, ...] = ()

    def outcome(self, rule: str, report: AnnualReport) -> Outcome:
        """The findings of one rule, and why it could not be tried."""
        if self._report is not report:
            self._report, self._findings = report, tuple(text_findings(report))
        found = [_finding(item) for item in self._findings if item.rule == rule]
        return found, text_rules_status(report)[rule]


def _finding(item: TextFinding) -> Finding:
    return Finding(
        rule=item.rule,
        level=item.level,
        addresses=item.addresses,
        message=item.message,
        message_en=item.message_en,
        left=item.left,
        right=item.right,
        excerpt=item.excerpt,
    )
