"""What the cells say where a claim says something: sums of terms, in this year's report or last year's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

from helpers.forms import Form
from helpers.forms.spec import LAST_YEAR
from helpers.integrity.claims.model import Claim, Terms
from helpers.report import AnnualReport, Number


def total(terms: Terms, report: AnnualReport | None) -> Number | None:
    """The sum of the terms; None where a cell is blank, is not on the form, or its year is not at hand."""
    sum_: Number = 0
    for term in terms:
        name = term.removeprefix("-")
        year = report
        if name.startswith(LAST_YEAR):
            year = report.previous if report else None
        if year is None:
            return None
        try:
            value = year.value(name.removeprefix(LAST_YEAR))
        except KeyError:
            return None
        if value is None:
            return None
        sum_ += -value if term.startswith("-") else value
    return sum_


def addresses(terms: Terms, report: AnnualReport) -> tuple[str, ...]:
    """The cells of this year's form that the terms add up."""
    found: list[str] = []
    for term in terms:
        name = term.removeprefix("-").removeprefix(LAST_YEAR)
        try:
            found += [address for address in report.contributors(name) if address not in found]
        except KeyError:
            continue
    return tuple(found)


def places(claims: Sequence[Claim], report: AnnualReport) -> tuple[str, ...]:
    """The addresses a finding about `claims` has: the cells they speak of; where there are none, their sections."""
    cells = addresses(tuple(term for claim in claims for term in claim.terms), report)
    return cells or tuple(dict.fromkeys(f"text.{claim.section}" for claim in claims))


def label(terms: Terms, form: Form) -> str:
    """The terms as a Chinese reader finds them in the tables: row·column, joined by ＋."""
    names: list[str] = []
    for term in terms:
        address = term.removeprefix("-").removeprefix(LAST_YEAR)
        row, _, column = address.rpartition(".")
        year = "上年" if LAST_YEAR in term else ""
        name = f"{form.label(row)}·{_column(form, row, column)}"
        names.append(("－" if term.startswith("-") else "＋" if names else "") + year + name)
    return "".join(names)


def _column(form: Form, row: str, column: str) -> str:
    table = form.tables.get(row.partition(".")[0])
    return table.columns.get(column, column) if table else column


def rounds_to(value: Decimal, stated: Decimal, quantum: Decimal) -> bool:
    """Whether `stated` is `value` rounded to its printed digits, by either custom for the half."""
    return any(value.quantize(quantum, mode) == stated for mode in (ROUND_HALF_UP, ROUND_HALF_EVEN))


def cuts_to(value: Decimal, stated: Decimal, quantum: Decimal) -> bool:
    """Whether `stated` is `value` with the further digits cut off."""
    return value.quantize(quantum, ROUND_DOWN) == stated


def fits_hedge(claim: Claim, value: Number) -> bool:
    """Whether a figure such as 5500余, 近300 or 约46 describes `value`, generously."""
    stated = Decimal(claim.value)
    if claim.hedge == "over":
        return stated <= value < stated + max(_magnitude(stated), stated / 5)
    if claim.hedge == "under":
        return stated * Decimal("0.8") <= value <= stated
    if claim.hedge == "about":
        return abs(stated - value) <= stated / 10
    return abs(stated - value) <= max(claim.quantum, stated / 100)


def _magnitude(value: Decimal) -> Decimal:
    """The unit of the last digit that is not 0: 5500 → 100."""
    _, _, exponent = value.normalize().as_tuple()
    return Decimal(1).scaleb(int(exponent))


def is_doubtful(terms: Iterable[str], report: AnnualReport) -> bool:
    """Whether a reader was unsure of one of the cells; a doubtful cell convicts nobody."""
    doubtful = {doubt.address for doubt in report.uncertain}
    return bool(doubtful) and any(address in doubtful for address in addresses(tuple(terms), report))
