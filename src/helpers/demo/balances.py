"""The form's laws as sums that must come to zero, cell by cell: what figures are derived from, and slips judged by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from helpers.forms import Form, get_form
from helpers.integrity.identities import Term, instances
from helpers.report import AnnualReport, Body, Number

SignedCell = tuple[str, int]
"""A cell and the sign it is counted with."""


@dataclass(frozen=True)
class Balance:
    """One law at one place: the signed cells of `now` and of the year `before` sum to nothing.

    The first cell of `now` is the one the law determines where the others are known. `forbidden` turns the law
    around: the sum must not come to nothing.
    """

    rule: str
    now: tuple[SignedCell, ...]
    before: tuple[SignedCell, ...]
    forbidden: bool = False

    def off(self, cells: Mapping[str, Number | None], last: Mapping[str, Number | None]) -> Number:
        """By how much the figures miss; a blank counts nothing."""
        total: Number = sum(sign * (cells[address] or 0) for address, sign in self.now)
        return total + sum(sign * (last[address] or 0) for address, sign in self.before)

    def broken(self, cells: Mapping[str, Number | None], last: Mapping[str, Number | None]) -> bool:
        """Whether the figures break the law."""
        off = self.off(cells, last)
        return off == 0 and bool(cells[self.now[0][0]]) if self.forbidden else off != 0


@cache
def balances(form_id: str, last_form_id: str | None) -> tuple[Balance, ...]:
    """Every law of a form at every place where it can be tried, with last year's report in `last_form_id`, if any."""
    form = get_form(form_id)
    blank = _blank(form)
    last = _blank(get_form(last_form_id)) if last_form_id else None
    found = []
    for law in form.laws:
        for _, left, right in instances(law, form):
            terms = [*((term, term.sign) for term in left), *((term, -term.sign) for term in right)]
            try:
                now = _parts(terms, blank, last_year=False)
                before = _parts(terms, last, last_year=True)
            except KeyError:
                continue  # last year had no report, or its form no such cell: nothing to hold against this year's
            found.append(Balance(law.id, now, before, forbidden=law.relation == "differs"))
    return tuple(found)


def _parts(terms: list[tuple[Term, int]], report: AnnualReport | None, last_year: bool) -> tuple[SignedCell, ...]:
    parts: list[SignedCell] = []
    for term, sign in terms:
        if term.last_year == last_year:
            if report is None:
                raise KeyError(term.address)
            parts += [(address, sign) for address in report.contributors(term.address)]
    return tuple(parts)


def _blank(form: Form) -> AnnualReport:
    return AnnualReport(Body(""), form.spec.years.first, form, dict.fromkeys(form.cells))
