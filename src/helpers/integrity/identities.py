"""The laws of the form file, evaluated on a report."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.forms import Form, Law
from helpers.forms.spec import LAST_YEAR
from helpers.integrity.findings import Broken, CannotRun
from helpers.report import AnnualReport, Number


@dataclass(frozen=True)
class Term:
    """One summand of a law at one place: the address it names, its sign, and whose year it is."""

    address: str
    sign: int
    last_year: bool
    label: str


@dataclass(frozen=True)
class Summand:
    """A term with the report of its year and the cells there that it adds up; none where that form lacks it."""

    term: Term
    report: AnnualReport
    cells: tuple[str, ...]

    @property
    def value(self) -> Number | None:
        """The sum of what is stated, with the term's sign; None where nothing is."""
        stated = [value for cell in self.cells if (value := self.report.cells[cell]) is not None]
        return self.term.sign * sum(stated) if stated else None

    @property
    def blanks(self) -> tuple[str, ...]:
        """The cells that are not stated."""
        return tuple(cell for cell in self.cells if self.report.cells[cell] is None)

    def name(self, cell: str) -> str:
        """One of the cells in Chinese, with its year."""
        cells = self.report.form.cells
        return f"{'上年' if self.term.last_year else ''}{cells[cell].name if cell in cells else cell}"


def broken_places(law: Law, report: AnnualReport) -> Iterator[Broken | CannotRun]:
    """The places where `report` breaks `law`, then the first reason why it could not be tried somewhere, if any.

    Blank cells count as nothing towards a sum, never as zero: where the stated figures already disagree, the message
    names the blank ones; where they agree only because of a blank, the law has not been shown to hold.
    """
    untried: CannotRun | None = None
    for place, left, right in instances(law, report.form):
        match _try(law, report, place, left, right):
            case Broken() as broken:
                yield broken
            case CannotRun() as reason:
                untried = untried or reason
    if untried:
        yield untried


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


def _try(law: Law, report: AnnualReport, place: str, left: list[Term], right: list[Term]) -> Broken | CannotRun | None:
    """What broke at one place, why that cannot be said, or None where the law holds there."""
    if report.previous is None and any(term.last_year for term in (*left, *right)):
        return CannotRun("没有上一年度的数据")
    sides = [[_summand(report, term) for term in side] for side in (left, right)]
    summands = [summand for side in sides for summand in side]
    if lacking := next((summand.term for summand in summands if not summand.cells), None):
        return CannotRun(f"{'上一年度的' if lacking.last_year else '本'}表式没有“{lacking.label}”")
    blanks = "、".join(summand.name(cell) for summand in summands for cell in summand.blanks)
    a, b = map(_stated, sides)
    if a is None or b is None:
        return CannotRun(f"有一侧全部未填：{blanks}")
    if (a == b) if law.relation == "equals" else (a != b or a == 0):
        return CannotRun(f"含未填项：{blanks}") if blanks else None
    if law.relation == "equals":
        verdict, verdict_en = f"相差{a - b:+}", f"differ by {a - b:+}"
    else:
        verdict, verdict_en = "两者恰好相等", "are equal"
    sums = "；".join(map(_side, sides))
    blanks_en = ", ".join(_prefixed(summand, cell) for summand in summands for cell in summand.blanks)
    return Broken(
        addresses=tuple(cell for summand in summands if not summand.term.last_year for cell in summand.cells),
        message=f"{place}：{sums}；{verdict}。应满足：{law.title}{f'；未填：{blanks}' if blanks else ''}。"
        f"（依据：{law.basis}）",
        message_en=f"{law.en}: at {left[0].address}, {a} and {b} {verdict_en}"
        + (f"; blank: {blanks_en}" if blanks else ""),
        left=a,
        right=b,
        level=law.level,
    )


def _summand(report: AnnualReport, term: Term) -> Summand:
    year = report.previous if term.last_year else report
    assert year is not None
    try:
        return Summand(term, year, year.contributors(term.address))
    except KeyError:
        return Summand(term, year, ())


def _stated(side: list[Summand]) -> Number | None:
    """The sum of what is stated of a side; None where nothing is."""
    stated = [summand.value for summand in side if summand.value is not None]
    return sum(stated) if stated else None


def _prefixed(summand: Summand, cell: str) -> str:
    return f"{LAST_YEAR}{cell}" if summand.term.last_year else cell


def _side(side: list[Summand]) -> str:
    """One side as a reader would write it: 一、本年新收… 46 ＋ 二、上年结转… 0 ＝ 46."""
    parts = []
    for number, summand in enumerate(side):
        term, value = summand.term, summand.value
        sign = "－" if term.sign < 0 else "＋" if number else ""
        year = "上年" if term.last_year else ""
        parts.append(f"{sign}{year}{term.label} {'未填' if value is None else value * term.sign}")
    return " ".join(parts) + (f" ＝ {_stated(side)}" if len(parts) > 1 else "")
