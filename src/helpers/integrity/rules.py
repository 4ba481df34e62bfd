"""The rules: one small function each, registered with id, level, legal basis and what it asks.

A rule looks at a report and answers with its findings and, where it could not be tried, the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from helpers.forms import Cell, Form, Law
from helpers.forms.spec import Level
from helpers.integrity.findings import Finding
from helpers.integrity.identities import evaluate
from helpers.report import AnnualReport

Outcome = tuple[list[Finding], str | None]

LEVELS = ("town", "county", "prefecture", "province")
"""Levels of government from below. A department has the powers of none of them by itself."""

JUMP_FACTOR = 10
JUMP_FLOOR = 100
"""Counts below a hundred leap tenfold by accident; above it a tenfold change is a slipped digit more often than not."""


@dataclass(frozen=True)
class Rule:
    """A rule as the handbook lists it, and the function that tries it."""

    id: str
    level: Level | Literal["by certainty"]
    title: str
    title_en: str
    basis: str
    run: Callable[[AnnualReport], Outcome]


REGISTERED: list[Rule] = []


def rule(
    id: str, level: Level, title: str, title_en: str, basis: str
) -> Callable[[Callable[[AnnualReport], Outcome]], Callable[[AnnualReport], Outcome]]:
    """Register the decorated function as a rule."""

    def register(run: Callable[[AnnualReport], Outcome]) -> Callable[[AnnualReport], Outcome]:
        REGISTERED.append(Rule(id, level, title, title_en, basis, run))
        return run

    return register


def rules_of_figures(form: Form) -> tuple[Rule, ...]:
    """The rules on the figures of reports of `form`: its own laws, then those that hold for every form."""
    by_id: dict[str, list[Law]] = {}
    for law in form.laws:
        by_id.setdefault(law.id, []).append(law)
    return (*(_from_laws(laws) for laws in by_id.values()), *REGISTERED)


def _from_laws(laws: list[Law]) -> Rule:
    def run(report: AnnualReport) -> Outcome:
        outcomes = [evaluate(law, report) for law in laws]
        reasons = [reason for _, reason in outcomes if reason]
        return [finding for findings, _ in outcomes for finding in findings], "；".join(reasons) or None

    first = laws[0]
    return Rule(first.id, first.level, first.title, first.en, first.basis, run)


@rule("BLANK", "error", "每一格都应填写，没有的填0", "every cell is stated", "《条例》第五十条；统一格式")
def blank(report: AnnualReport) -> Outcome:
    """One finding a row that has blank cells; blank, "/" and "—" are not 0."""
    findings = []
    for table in report.form.tables.values():
        for row, cells in table.rows.items():
            empty = [cell for cell in cells if report.cells.get(cell.address) is None]
            if not empty or not all(report.prints(cell.address) for cell in cells):
                continue
            names = "、".join(cell.column_label for cell in empty)
            labels = "－".join(cells[0].row_labels)
            findings.append(
                Finding(
                    "BLANK",
                    "error",
                    tuple(cell.address for cell in empty),
                    f"“{labels}”行有{len(empty)}格未填：{names}。空白不等于0，没有的请填0。",
                    f"{row}: {len(empty)} blank cells ({', '.join(cell.column for cell in empty)}); blank is not 0",
                )
            )
    return findings, None


@rule(
    "DOMAIN",
    "error",
    "件数为不小于0的整数，仅增减数可为负，金额为不小于0的小数",
    "counts are whole and not negative",
    "统一格式填表说明",
)
def domain(report: AnnualReport) -> Outcome:
    """A figure outside its kind: whole and signed cells hold ints, only signed ones go below zero."""
    findings = []
    for address, cell in report.form.cells.items():
        value = report.cells.get(address)
        if value is None:
            continue
        whole = value == int(value)
        if (cell.kind != "decimal" and not whole) or (cell.kind != "signed" and value < 0):
            findings.append(
                Finding(
                    "DOMAIN",
                    "error",
                    (address,),
                    f"“{cell.name}”填为 {value}，应为{_kind_name(cell)}。",
                    f"{address} is {value}; expected a {cell.kind} figure"
                    + ("" if cell.kind == "signed" else " of 0 or more"),
                    value,
                )
            )
    return findings, None


def _kind_name(cell: Cell) -> str:
    return {"whole": "不小于0的整数", "signed": "整数（增为正、减为负）", "decimal": "不小于0的数"}[cell.kind]


@rule(
    "LEVEL",
    "warning",
    "规章只能由设区的市以上制定",
    "rules are made from the prefecture level upward",
    "《立法法》第九十三条",
)
def level(report: AnnualReport) -> Outcome:
    """A figure other than 0 in a row that this level of government has no power over."""
    own = report.body.level
    if own is None:
        return [], "不知道发布机关的层级"
    findings = []
    for address, cell in report.form.cells.items():
        value = report.cells.get(address)
        if cell.from_level is None or not value:
            continue
        if own not in LEVELS or LEVELS.index(own) < LEVELS.index(cell.from_level):
            findings.append(
                Finding(
                    "LEVEL",
                    "warning",
                    (address,),
                    f"“{cell.name}”填为 {value}，但{report.body.name}无权制定，请核对。",
                    f"{address} is {value}, which a body at level {own} cannot have made",
                    value,
                    0,
                )
            )
    return findings, None


@rule(
    "JUMP",
    "warning",
    f"总量较上年变化不应达到{JUMP_FACTOR}倍",
    f"no total changes {JUMP_FACTOR}-fold within a year",
    "经验规则",
)
def jump(report: AnnualReport) -> Outcome:
    """A total that grew or shrank tenfold against the body's own last year, where either year reaches a hundred."""
    if report.previous is None:
        return [], "没有上一年度的数据"
    findings = []
    for address in _totals(report.form):
        try:
            now, before = report.value(address), report.previous.value(address)
        except KeyError:
            continue
        if now is None or before is None or max(now, before) < JUMP_FLOOR:
            continue
        if max(now, before) >= JUMP_FACTOR * max(min(now, before), 1):
            name = report.form.cells[address].name
            findings.append(
                Finding(
                    "JUMP",
                    "warning",
                    (address,),
                    f"“{name}”由上年的 {before} 变为 {now}，变化过大，请核对；属实的，请在 report.yml 中说明。",
                    f"{address} went from {before} to {now}, {JUMP_FACTOR}-fold or more",
                    now,
                    before,
                )
            )
    return findings, None


def _totals(form: Form) -> list[str]:
    """The cells worth watching: total columns where a table has them, every unsigned cell where it has none."""
    totals = {(law.table, name) for law in form.laws if law.each == "row" and not law.rows for name in law.left}
    with_totals = {table for table, _ in totals}
    return [
        cell.address
        for table in form.tables.values()
        for cell in table.cells
        if ((table.id, cell.column) in totals if table.id in with_totals else cell.kind != "signed")
    ]


@rule(
    "TEXT-DEFAULT",
    "warning",
    "第五部分应由编制机关撰写",
    "the county writes its problems itself",
    "《条例》第五十条第（四）项",
)
def text_default(report: AnnualReport) -> Outcome:
    """A section that no data can write was left to its default, which says only what the figures show."""
    if not report.text:
        return [], "没有文字部分"
    findings = []
    for section in report.form.prose_sections:
        if section.id == "problems" and section.id in report.by_default:
            message = f"“{section.heading}”没有撰写，现由统计数据自动生成，请在 narrative.md 中补写。"
            english = f"{section.id} is not written by the county; it only says what the figures show"
            findings.append(Finding("TEXT-DEFAULT", "warning", (f"text.{section.id}",), message, english))
    return findings, None
