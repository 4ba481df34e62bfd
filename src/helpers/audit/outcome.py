"""What an audit says of one file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from helpers.integrity import Checks, Finding

Grade = Literal["passed", "warnings", "errors", "unreadable"]


@dataclass(frozen=True)
class Outcome:
    """One file audited, or the one line that says why it could not be read.

    `title` is whose report on which year it is, `rules` each rule's status, `findings` errors first, `uncertain`
    cell address and reason; `previous` names the file it was compared with, `page` the page that shows it.
    """

    file: str
    error: str | None = None
    report: Mapping[str, Any] = field(default_factory=dict)
    rules: tuple[Mapping[str, Any], ...] = ()
    findings: tuple[Finding, ...] = ()
    uncertain: tuple[Mapping[str, str], ...] = ()
    previous: str | None = None
    page: Path | None = None

    @classmethod
    def of(cls, file: str, checks: Checks, previous: str | None, page: Path | None) -> Outcome:
        """The outcome of a file that was read and checked."""
        data = checks.as_dict()
        doubts = tuple(vars(doubt) for doubt in checks.report.uncertain)
        return cls(file, None, data["report"], tuple(data["rules"]), errors_first(checks), doubts, previous, page)

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.level == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return len(self.findings) - self.errors

    @property
    def verdict(self) -> Grade:
        """The worst that was found."""
        if self.error is not None:
            return "unreadable"
        return "errors" if self.errors else "warnings" if self.warnings else "passed"

    @property
    def title(self) -> str:
        """Whose report, on which year; the file's name where nobody knows."""
        return f"{self.report['body'] or '（未写明机关）'}{self.report['year']}年" if self.report else self.file

    def brief(self) -> Outcome:
        """The same without what only its own page shows, for keeping thousands."""
        findings = tuple(
            replace(finding, addresses=(), message="", message_en="", excerpt=None) for finding in self.findings
        )
        return replace(self, rules=(), findings=findings, uncertain=())

    def as_dict(self) -> dict[str, Any]:
        """The entry of `audit --json`."""
        if self.error is not None:
            return {"file": self.file, "error": self.error}
        return {
            "file": self.file,
            "report": dict(self.report),
            "rules": [dict(rule) for rule in self.rules],
            "findings": [finding.as_dict() for finding in self.findings],
            "uncertain": [dict(doubt) for doubt in self.uncertain],
        }


def errors_first(checks: Checks) -> tuple[Finding, ...]:
    """The findings, errors before warnings, otherwise in the order of the rules."""
    return tuple(sorted(checks.findings, key=lambda finding: finding.level != "error"))


@dataclass
class Tally:
    """Running totals over many files, so that none of them has to be kept."""

    verdicts: Counter[Grade] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        """Count one file in."""
        self.verdicts[outcome.verdict] += 1
        for finding in outcome.findings:
            (self.errors if finding.level == "error" else self.warnings)[finding.rule] += 1
        self.files.update({finding.rule for finding in outcome.findings})

    def rules(self) -> Iterable[tuple[str, int, int, int]]:
        """Rule, errors, warnings and files of every rule that found something, most files first."""
        for rule, files in sorted(self.files.items(), key=lambda item: (-item[1], item[0])):
            yield rule, self.errors[rule], self.warnings[rule], files

    @property
    def failed(self) -> bool:
        """Whether any file has an error or could not be read."""
        return bool(self.verdicts["errors"] or self.verdicts["unreadable"])
