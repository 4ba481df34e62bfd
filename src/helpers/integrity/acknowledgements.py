"""A county's reasons for the warnings it has looked at: each must fit one, and is kept with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from helpers.integrity.evidence import Evidence
from helpers.integrity.findings import Broken, CannotRun, Finding
from helpers.integrity.rules import NO_TEXT, REGISTERED, Rule
from helpers.report import Acknowledgement


def with_reasons(findings: Iterable[Finding], reasons: tuple[Acknowledgement, ...]) -> Iterator[Finding]:
    """The findings, every warning that is acknowledged with the reason given last."""
    for finding in findings:
        given = [entry.reason for entry in reasons if _fits(entry, finding)]
        yield replace(finding, acknowledged=given[-1]) if given else finding


def _fits(entry: Acknowledgement, finding: Finding) -> bool:
    return finding.level == "warning" and finding.rule == entry.rule and entry.address in finding.addresses


def _unmatched(evidence: Evidence) -> Iterator[Broken | CannotRun]:
    """A reason that fits no warning; what one on the prose fits is open as long as there is none."""
    on_prose = {rule.id for rule in REGISTERED if rule.prose and not evidence.report.text}
    if any(entry.rule in on_prose for entry in evidence.report.acknowledged):
        yield NO_TEXT
    for entry in evidence.report.acknowledged:
        if entry.rule not in on_prose and not any(_fits(entry, finding) for finding in evidence.findings):
            yield Broken(
                (entry.address,),
                f"report.yml 中对 {entry.rule}（{entry.address}）的说明没有对应的提醒，请删除或改正。",
                f"the acknowledgement of {entry.rule} at {entry.address} matches no warning",
            )


ACKNOWLEDGED = Rule(
    "ACKNOWLEDGED",
    "error",
    "每条说明都应对应一处提醒",
    "every acknowledgement fits a warning",
    "校验约定",
    _unmatched,
)
"""Tried last, on what all others found, and for that not one of the registered."""
