"""What the rules on prose find in a report, for tests that ask of nothing else."""

from __future__ import annotations

from helpers.integrity import Finding, check
from helpers.report import AnnualReport


def text_findings(report: AnnualReport) -> list[Finding]:
    """The findings of the rules on prose; those on the figures of a report made up for its prose are of no interest."""
    return [finding for finding in check(report).findings if finding.rule.startswith("TEXT-")]
