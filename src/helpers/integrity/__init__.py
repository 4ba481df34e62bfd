"""Integrity: every rule tried on a report, every finding at once.

`rules` is the registry. A form's own laws come from its file (`identities`); the rules for all forms register
themselves in `figure_rules`, `prose_rules` and `word_rules`. `claims` reads the figures that prose states.
"""

from __future__ import annotations

# Each of them registers its rules, in the order in which they are reported.
from helpers.integrity import figure_rules, prose_rules, word_rules  # noqa: F401 - imported for what they register
from helpers.integrity.acknowledgements import ACKNOWLEDGED, with_reasons
from helpers.integrity.evidence import Evidence
from helpers.integrity.findings import Checks, Finding, RuleResult
from helpers.integrity.rules import Rule, rules_for
from helpers.report import AnnualReport

__all__ = ["ACKNOWLEDGED", "Checks", "Finding", "Rule", "RuleResult", "check", "rules_for"]


def check(report: AnnualReport, *, own: bool = True) -> Checks:
    """Try every rule of the report's form. Milliseconds; never raises for what it finds.

    `own=False` is for auditing what others published: their blanks are warnings, not errors.
    """
    evidence = Evidence(report)
    tried = [rule.try_on(evidence, own=own) for rule in rules_for(report.form)]
    found = tuple(finding for _, findings in tried for finding in findings)
    result, unmatched = ACKNOWLEDGED.try_on(Evidence(report, found))
    findings = (*with_reasons(found, report.acknowledged), *unmatched)
    return Checks(report, (*(result for result, _ in tried), result), findings)
