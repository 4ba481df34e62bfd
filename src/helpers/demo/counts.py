"""The cells of one county-year of any form: leaves by chance, everything else from the form's laws."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from helpers.demo.balances import Balance, balances
from helpers.demo.dice import Dice
from helpers.forms import Cell, Form
from helpers.integrity.figure_rules import LEVELS
from helpers.report import AnnualReport, Number

USUAL = {
    "proactive_disclosure.normative_documents": 5.0,
    "proactive_disclosure.normative_documents.in_force": 60.0,
    "proactive_disclosure.normative_documents.repealed": 3.0,
    "proactive_disclosure.normative_documents.disclosed_total": 60.0,
    "proactive_disclosure.licensing": 18000.0,
    "proactive_disclosure.licensing.items_last_year": 350.0,
    "proactive_disclosure.licensing.items_change": 8.0,
    "proactive_disclosure.other_services": 4000.0,
    "proactive_disclosure.other_services.items_last_year": 120.0,
    "proactive_disclosure.other_services.items_change": 6.0,
    "proactive_disclosure.penalties": 4500.0,
    "proactive_disclosure.penalties.items_last_year": 2600.0,
    "proactive_disclosure.penalties.items_change": 40.0,
    "proactive_disclosure.compulsion": 140.0,
    "proactive_disclosure.compulsion.items_change": 4.0,
    "proactive_disclosure.fees": 2400.0,
    "proactive_disclosure.fees.items_last_year": 40.0,
    "proactive_disclosure.fees.items_change": 2.0,
    "proactive_disclosure.procurement": 150.0,
    "proactive_disclosure.procurement.amount": 18000.0,
    "requests": 1.2,
    "requests.carried_over_in": 3.0,
    "requests.carried_over_out": 3.0,
    "requests.granted": 38.0,
    "requests.partially_granted": 11.0,
    "requests.denied.state_secret": 0.1,
    "requests.denied.safety_and_stability": 0.2,
    "requests.denied.administrative_inquiry": 2.5,
    "requests.unable_to_provide.not_held": 24.0,
    "requests.unable_to_provide.needs_creation": 2.5,
    "requests.not_processed.petition_or_complaint": 4.0,
    "requests.not_processed.published_material": 0.1,
    "requests.not_processed.excessive": 0.3,
    "requests.otherwise_handled": 5.0,
    "requests.otherwise_handled.fee_unpaid": 0.2,
    "review": 0.6,
    "review.reconsideration.upheld": 3.0,
}
"""What an ordinary county states at an address or below it; the longest address that fits counts."""

SHARES = {
    "natural_person": 0.9,
    "commercial_enterprise": 0.07,
    "research_institution": 0.002,
    "public_welfare_organization": 0.004,
    "legal_service_agency": 0.02,
    "other": 0.01,
}
"""How an ordinary county's requests divide over the applicants."""

ELSEWHERE = {"whole": 10.0, "signed": 2.0, "decimal": 500.0}
"""For cells of a form that nobody had seen when this was written."""


def figures(form: Form, level: str, county: Dice, year: int, last: AnnualReport | None) -> dict[str, Number]:
    """Every cell of `form`, obeying all its laws, with `last` as the year before; much like the county's other years.

    `level` leaves out what that level of government has no power over. Cells that the laws determine are derived;
    where one would fall below zero, the first free figure that adds to it is raised.
    """
    laws = balances(form.id, last.form.id if last else None)
    before = last.cells if last else {}
    size = 0.3 + 2.7 * county.uniform("size") ** 3  # many small counties, few large ones
    drawn = {address: _drawn(cell, level, size, county, year) for address, cell in form.cells.items()}
    derived = {law.now[0][0]: law for law in reversed(laws) if not law.forbidden}
    while short := _settle(drawn, derived, form, before) or _coincidence(drawn, laws, before):
        free, missing = short
        drawn[free] += missing
    return drawn


def _drawn(cell: Cell, level: str, size: float, county: Dice, year: int) -> Number:
    if cell.from_level and LEVELS.index(level) < LEVELS.index(cell.from_level):
        return 0
    mean = size * usual(cell) * (0.5 + county.uniform(cell.address))
    dice = county.of(year)
    if cell.kind == "decimal":
        return Decimal(dice.whole(100 * mean, cell.address)).scaleb(-2)
    count = dice.whole(mean, cell.address)
    return -count if cell.kind == "signed" and dice.uniform(f"{cell.address}, sign") < 0.4 else count


def usual(cell: Cell) -> float:
    """What an ordinary county states in this cell."""
    address = cell.address
    while address and address not in USUAL:
        address = address.rpartition(".")[0]
    return USUAL.get(address, ELSEWHERE[cell.kind]) * SHARES.get(cell.column, 1.0)


def _settle(
    drawn: dict[str, Number], derived: Mapping[str, Balance], form: Form, before: Mapping[str, Number | None]
) -> tuple[str, Number] | None:
    """Put every determined cell right; the free cell to raise, and by how much, where one would be negative."""
    settled: set[str] = set()

    def settle(address: str) -> None:
        law = derived.get(address)
        if law is None or address in settled:
            return
        settled.add(address)
        for part, _ in law.now[1:]:
            settle(part)
        drawn[address] = 0
        drawn[address] = -law.off(drawn, before)

    for address in derived:
        settle(address)
        if drawn[address] < 0 and form.cells[address].kind != "signed":
            free = address
            while free in derived:
                free = next(part for part, sign in derived[free].now if sign < 0)
            return free, -drawn[address]
    return None


def _coincidence(
    drawn: dict[str, Number], laws: tuple[Balance, ...], before: Mapping[str, Number | None]
) -> tuple[str, Number] | None:
    """A free cell to raise by one where two sides are equal that should not be."""
    return next(((law.now[0][0], 1) for law in laws if law.forbidden and law.broken(drawn, before)), None)
