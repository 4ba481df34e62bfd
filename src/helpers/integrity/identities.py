"""The laws of the form file, evaluated on a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from helpers.forms import Form, Law
from helpers.integrity.findings import Finding
from helpers.report import AnnualReport, Number

LAST_YEAR = "last_year."


@dataclass(frozen=True)
class Term:
    """One summand of a law at one place: the address it names, its sign, and whose year it is."""

    address: str
    sign: int
    last_year: bool
    label: str


class CannotRun(Exception):  # noqa: N818 - not an error: the rule is reported as not-run
    """A law has nothing to stand on here; the text says what is missing."""


def evaluate(law: Law, report: AnnualReport) -> tuple[list[Finding], str | None]:
    """The places where `report` breaks `law`, and the reason why it could not be tried somewhere, if so.

    Blank cells count as nothing towards a sum, never as zero: where the stated figures already disagree the
    finding names the blank ones; where they agree only because of a blank, the law has not been shown to hold.
    """
    findings: list[Finding] = []
    reason: str | None = None
    for place, left, right in instances(law, report.form):
        try:
            if finding := _try(law, report, place, left, right):
                findings.append(finding)
        except CannotRun as problem:
            reason = reason or str(problem)
    return findings, reason


def instances(law: Law, form: Form) -> Iterator[tuple[str, list[Term], list[Term]]]:
    """Every place the law holds at: its Chinese name, and the terms of both sides."""
    table = form.tables[law.table]
    if law.each == "column":
        for column, label in table.columns.items():
            sides = ([_row_term(form, law.table, text, column) for text in side] for side in (law.left, law.right))
            left, right = sides
            yield f"“{label}”列", left, right
        return
    for row in [f"{law.table}.{name}" for name in law.rows] or table.rows:
        labels = {cell.column: cell.column_label for cell in table.rows[row]}
        sides = ([_column_term(row, labels, text) for text in side] for side in (law.left, law.right))
        left, right = sides
        yield f"“{'－'.join(table.rows[row][0].row_labels)}”行", left, right


def _parse(text: str) -> tuple[int, bool, str]:
    sign = -1 if text.startswith("-") else 1
    name = text.lstrip("-")
    return sign, name.startswith(LAST_YEAR), name.removeprefix(LAST_YEAR)


def _row_term(form: Form, table: str, text: str, column: str) -> Term:
    sign, last_year, name = _parse(text)
    address = f"{table}.{name}"
    heading = form.headings.get(address)
    return Term(f"{address}.{column}", sign, last_year, heading.short if heading else name)


def _column_term(row: str, labels: dict[str, str], text: str) -> Term:
    sign, last_year, name = _parse(text)
    return Term(f"{row}.{name}", sign, last_year, labels.get(name, name))


def _try(law: Law, report: AnnualReport, place: str, left: list[Term], right: list[Term]) -> Finding | None:
    if any(term.last_year for term in (*left, *right)) and report.previous is None:
        raise CannotRun("没有上一年度的数据")
    blanks = [name for term in (*left, *right) for name in _blanks(report, term)]
    stated = [_stated(report, side) for side in (left, right)]
    if None in stated:
        raise CannotRun("有一侧全部未填：" + "、".join(blanks))
    a, b = (value for value in stated if value is not None)
    broken = a != b if law.relation == "equals" else a == b != 0
    if not broken:
        if blanks:
            raise CannotRun("含未填项：" + "、".join(blanks))
        return None
    sums = "；".join(_side(report, side) for side in (left, right))
    blank_note = f"；未填：{'、'.join(blanks)}" if blanks else ""
    if law.relation == "equals":
        verdict, verdict_en = f"相差{a - b:+}", f"differ by {a - b:+}"
    else:
        verdict, verdict_en = "两者恰好相等", "are equal"
    english = f"{law.en}: at {left[0].address}, {a} and {b} {verdict_en}"
    return Finding(
        rule=law.id,
        level=law.level,
        addresses=tuple(_own_addresses(report, (*left, *right))),
        message=f"{place}：{sums}；{verdict}。应满足：{law.title}{blank_note}。（依据：{law.basis}）",
        message_en=english + (f"; blank: {', '.join(_blank_addresses(report, (*left, *right)))}" if blanks else ""),
        left=a,
        right=b,
    )


def _year(report: AnnualReport, term: Term) -> AnnualReport:
    year = report.previous if term.last_year else report
    assert year is not None
    return year


def _contributors(report: AnnualReport, term: Term) -> tuple[str, ...]:
    try:
        return _year(report, term).contributors(term.address)
    except KeyError:
        raise CannotRun(f"{'上一年度的' if term.last_year else '本'}表式没有“{term.label}”") from None


def _stated(report: AnnualReport, terms: list[Term]) -> Number | None:
    """The signed sum of what is stated; None where nothing is."""
    total: Number | None = None
    for term in terms:
        cells = _year(report, term).cells
        for address in _contributors(report, term):
            value = cells[address]
            if value is not None:
                total = (total or 0) + term.sign * value
    return total


def _blanks(report: AnnualReport, term: Term) -> Iterator[str]:
    year = _year(report, term)
    for address in _contributors(report, term):
        if year.cells[address] is None:
            name = year.form.cells[address].name if address in year.form.cells else address
            yield f"上年{name}" if term.last_year else name


def _blank_addresses(report: AnnualReport, terms: Iterable[Term]) -> Iterator[str]:
    for term in terms:
        for address in _contributors(report, term):
            if _year(report, term).cells[address] is None:
                yield f"{LAST_YEAR}{address}" if term.last_year else address


def _own_addresses(report: AnnualReport, terms: Iterable[Term]) -> Iterator[str]:
    for term in terms:
        if not term.last_year:
            yield from _contributors(report, term)


def _side(report: AnnualReport, terms: list[Term]) -> str:
    """One side as a reader would write it: 一、本年新收… 46 ＋ 二、上年结转… 0 ＝ 46."""
    parts = []
    for number, term in enumerate(terms):
        value = _stated(report, [Term(term.address, 1, term.last_year, term.label)])
        sign = "－" if term.sign < 0 else "＋" if number else ""
        year = "上年" if term.last_year else ""
        parts.append(f"{sign}{year}{term.label} {'未填' if value is None else value}")
    total = _stated(report, terms)
    return " ".join(parts) + (f" ＝ {total}" if len(parts) > 1 else "")
