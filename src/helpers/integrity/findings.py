"""What the rules found: findings, each rule's status, and how both are shown."""

from __future__ import annotations

import html
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpers.errors import IntegrityError
from helpers.forms.spec import Level
from helpers.report import AnnualReport, Number

Status = Literal["passed", "failed", "not-run"]
LEVEL_NAMES: Mapping[Level, str] = {"error": "错误", "warning": "提醒"}


@dataclass(frozen=True)
class Broken:
    """What broke in one place of a report; the registry of rules makes a `Finding` of it.

    `addresses` are cells, or `text.SECTION` for prose that speaks of none: never empty, for a warning is acknowledged
    by its address. `left` and `right` are the two sides that should agree (None where there is nothing to compare).
    `message` names Chinese row and column, both sides and the formula; `excerpt` quotes the prose. `level` is stated
    where the rule leaves it to the certainty of each finding, and only there.
    """

    addresses: tuple[str, ...]
    message: str
    message_en: str
    left: Number | None = None
    right: Number | None = None
    excerpt: str | None = None
    level: Level | None = None

    def __post_init__(self) -> None:
        assert self.addresses, f"a finding without an address could not be acknowledged: {self.message_en}"


@dataclass(frozen=True)
class CannotRun:
    """Somewhere, or everywhere, a rule has nothing to stand on; `reason` says in Chinese what is missing."""

    reason: str


@dataclass(frozen=True)
class Finding:
    """One place where the report breaks a rule; see `Broken` for the fields of the same name.

    `difference` is left minus right, `acknowledged` the county's reason for a warning it has looked at.
    """

    rule: str
    level: Level
    addresses: tuple[str, ...]
    message: str
    message_en: str
    left: Number | None = None
    right: Number | None = None
    excerpt: str | None = None
    acknowledged: str | None = None

    @property
    def difference(self) -> Number | None:
        """Left minus right; None where a side is missing."""
        return None if self.left is None or self.right is None else self.left - self.right

    @property
    def explained(self) -> str:
        """The message, and on a line of its own the county's reason where it has given one."""
        return self.message + (f"\n已说明：{self.acknowledged}" if self.acknowledged else "")

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain JSON values."""
        return {
            "rule": self.rule,
            "level": self.level,
            "addresses": list(self.addresses),
            "left": _plain(self.left),
            "right": _plain(self.right),
            "difference": _plain(self.difference),
            "message": self.message,
            "message_en": self.message_en,
            "excerpt": self.excerpt,
            "acknowledged": self.acknowledged,
        }


@dataclass(frozen=True)
class RuleResult:
    """How one rule ended; `reason` says why it could not run (wholly or in part)."""

    id: str
    status: Status
    reason: str | None = None


@dataclass(frozen=True)
class Checks:
    """Every rule's result on one report."""

    report: AnnualReport
    rules: tuple[RuleResult, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that forbid publication."""
        return tuple(finding for finding in self.findings if finding.level == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that somebody should look at, without those already acknowledged."""
        return tuple(f for f in self.findings if f.level == "warning" and f.acknowledged is None)

    def stop_if_wrong(self) -> None:
        """Raise IntegrityError, holding all findings, when there is any error; otherwise do nothing."""
        if self.errors:
            raise IntegrityError(self)

    def as_dict(self) -> dict[str, Any]:
        """The content of `checks.json`."""
        report = self.report
        return {
            "report": {
                "body": report.body.name,
                "code": report.body.code,
                "year": report.year,
                "form": report.form.id,
            },
            "rules": [vars(rule) for rule in self.rules],
            "findings": [finding.as_dict() for finding in self.findings],
        }

    def as_json(self) -> str:
        """`as_dict` as text, one key a line, ending in a newline."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"

    def summary(self) -> str:
        """One Chinese sentence: what was found and what follows."""
        if not self.errors and not self.warnings:
            return f"{self.report.body.name}{self.report.title}：数据校验通过。"
        verdict = "已停止，未发布" if self.errors else "可以发布"
        counts = f"{len(self.errors)}处错误、{len(self.warnings)}处提醒"
        return f"{self.report.body.name}{self.report.title}：{counts}，{verdict}。"

    def as_text(self, width: int = 100) -> str:
        """All findings as a table of plain text, errors first."""
        table = Table(show_lines=True)
        for heading in ("级别", "规则", "说明"):
            table.add_column(heading, overflow="fold")
        for finding in self._sorted():
            table.add_row(LEVEL_NAMES[finding.level], finding.rule, Text(finding.explained))
        # Rich would colour its text, and inside Jupyter display it: this is text to be printed by whoever asked.
        console = Console(file=io.StringIO(), width=width, force_jupyter=False, color_system=None, highlight=False)
        console.print(self.summary(), soft_wrap=True, markup=False)
        if self.findings:
            console.print(table)
        assert isinstance(console.file, io.StringIO)
        return console.file.getvalue().rstrip()

    def as_html(self) -> str:
        """All findings as an HTML table, for the analyst's notebook."""
        lines = [f"<p><strong>{html.escape(self.summary())}</strong></p><table><thead><tr>"]
        lines += [f'<th scope="col">{name}</th>' for name in ("级别", "规则", "说明")]
        lines.append("</tr></thead><tbody>")
        for finding in self._sorted():
            cells = (LEVEL_NAMES[finding.level], finding.rule, finding.explained)
            lines.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
        return "".join([*lines, "</tbody></table>"])

    def _sorted(self) -> list[Finding]:
        return sorted(self.findings, key=lambda finding: (finding.level != "error", finding.acknowledged is not None))


def _plain(value: Number | None) -> float | int | None:
    return float(value) if isinstance(value, Decimal) else value
