"""What the rules look at: a report, and what its prose says, read once for all of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import get_args

from helpers.chinese import numeral
from helpers.integrity.claims import Claim, read_claims
from helpers.integrity.claims.cleaning import clean
from helpers.integrity.claims.compare import Topic, compare
from helpers.integrity.findings import Broken, Finding
from helpers.report import AnnualReport


@dataclass(frozen=True)
class Evidence:
    """A report under examination; what several rules ask of its prose is worked out when the first of them asks.

    `findings` are what was found before: the rule on acknowledgements looks at those.
    """

    report: AnnualReport
    findings: tuple[Finding, ...] = ()

    @cached_property
    def prose(self) -> Mapping[str, str]:
        """Section → its prose without markup, spaces and notes, as it is compared."""
        return {section: clean(text).text for section, text in self.report.text.items()}

    @cached_property
    def claims(self) -> Mapping[str, Sequence[Claim]]:
        """Section → the figures that its prose states, in reading order."""
        return {
            section: [replace(claim, section=section) for claim in read_claims(text, self.report.form)]
            for section, text in self.report.text.items()
        }

    def heading(self, section: str) -> str:
        """What the form calls a section: 五、存在的主要问题及改进情况."""
        return next((each.heading for each in self.report.form.sections if each.id == section), section)

    def ordinal(self, section: str) -> tuple[str, str]:
        """How people speak of a section of the form: 第五部分, section 5."""
        number = [each.id for each in self.report.form.sections].index(section) + 1
        return f"第{numeral(number)}部分", f"section {number}"

    @cached_property
    def differences(self) -> Mapping[Topic, Sequence[Broken]]:
        """Where the prose differs from the tables, by what the difference is about."""
        found: dict[Topic, list[Broken]] = {topic: [] for topic in get_args(Topic)}
        for claims in self.claims.values():
            for topic, broken in compare(claims, self.report):
                found[topic].append(broken)
        return found
