"""Deliberate errors of the kinds that clerks make, and the rules that each of them breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from helpers.demo.balances import Balance, balances
from helpers.demo.dice import Dice
from helpers.forms import Cell
from helpers.integrity.figure_rules import JUMP_FLOOR, LEVELS
from helpers.report import AnnualReport

CountyYears = Sequence[AnnualReport]


@dataclass(frozen=True)
class Slip:
    """One year's report got wrong at `address`: `what` says in Chinese what the clerk did."""

    report: AnnualReport
    address: str
    what: str
    rules: tuple[tuple[int, str], ...] = ()
    """Rules it breaks besides the form's laws, each with how many years later."""


@dataclass(frozen=True)
class Planted:
    """A line of errors.csv: checking `target` finds `rule`, with `address` among its addresses."""

    target: str
    rule: str
    address: str
    what: str


def plant(folder: str, years: CountyYears, dice: Dice) -> tuple[list[AnnualReport], list[Planted]]:
    """The county's years with one slip in one of them, and everything that the rules must say about it."""
    order = dice.shuffled(range(len(years)), "year")
    for kind in dice.shuffled(KINDS, "kind"):
        for number in order:
            if slip := kind(years, number, dice.of(kind.__name__)):
                wrong = [*years]
                wrong[number] = slip.report
                if planted := list(_consequences(folder, wrong, number, slip)):
                    return wrong, planted
    raise AssertionError("any year with a law and a figure can be got wrong")


def _consequences(folder: str, years: CountyYears, number: int, slip: Slip) -> Iterator[Planted]:
    """The slip's own rules, the laws it breaks, and those of the next year that look back at it."""
    for later, rule in slip.rules:
        yield Planted(f"{folder}/{years[number].year + later}", rule, slip.address, slip.what)
    for place in range(number, min(number + 2, len(years))):
        seen: set[str] = set()
        for law in _laws(years, place):
            if law.rule not in seen and law.broken(years[place].cells, years[place - 1].cells if place else {}):
                seen.add(law.rule)
                yield Planted(f"{folder}/{years[place].year}", law.rule, law.now[0][0], slip.what)


def _laws(years: CountyYears, number: int) -> tuple[Balance, ...]:
    return balances(years[number].form.id, years[number - 1].form.id if number else None)


def misprint(years: CountyYears, number: int, dice: Dice) -> Slip | None:
    """A figure of a law, a little off."""
    report = years[number]
    bound = {address for law in _laws(years, number) if not law.forbidden for address, _ in law.now}
    figures = sorted(address for address in bound if report.cells[address])
    if not figures:
        return None
    address = dice.pick(figures, "cell")
    value = report.cells[address] or 0
    wrong = value + 1 + dice.below(4, "by")
    return Slip(
        report.with_cells({address: wrong}), address, f"“{report.form.cells[address].name}”应为{value}，误填为{wrong}"
    )


def wrong_column(years: CountyYears, number: int, dice: Dice) -> Slip | None:
    """One case counted in the neighbouring column: the total beside it stays right."""
    report = years[number]
    rows = [law.now[1:] for law in _laws(years, number) if _is_row_sum(law)]
    parts = [[address for address, _ in row] for row in rows]
    pairs = [(a, b) for row in parts for a, b in pairwise(row) if report.cells[a]]
    if not pairs:
        return None
    source, goal = dice.pick(pairs, "cells")
    changes = {source: (report.cells[source] or 0) - 1, goal: (report.cells[goal] or 0) + 1}
    cells = report.form.cells
    return Slip(report.with_cells(changes), source, f"“{cells[source].name}”中的1件误填入“{cells[goal].name}”")


def left_blank(years: CountyYears, number: int, dice: Dice) -> Slip | None:
    """A nought that was not written."""
    report = years[number]
    noughts = [address for address, value in report.cells.items() if value == 0]
    if not noughts:
        return None
    address = dice.pick(noughts, "cell")
    return Slip(
        report.with_cells({address: None}), address, f"“{report.form.cells[address].name}”应为0，漏填", ((0, "BLANK"),)
    )


def wrong_unit(years: CountyYears, number: int, dice: Dice) -> Slip | None:
    """An amount entered in 元 where the form asks for 万元; noticed where another year stands beside it."""
    report = years[number]
    amounts = [c.address for c in report.form.cells.values() if c.unit == "万元" and (report.cells[c.address] or 0) > 1]
    if not amounts:
        return None
    address = dice.pick(amounts, "cell")
    value = report.cells[address] or 0
    wrong = value * 10_000
    assert wrong > JUMP_FLOOR
    neighbours = [later for later, other in ((0, number - 1), (1, number + 1)) if _states(years, other, address)]
    if not neighbours:
        return None
    what = f"“{report.form.cells[address].name}”应为{value}万元，误按元填为{wrong:.0f}"
    return Slip(report.with_cells({address: wrong}), address, what, tuple((later, "JUMP") for later in neighbours))


def _states(years: CountyYears, number: int, address: str) -> bool:
    return 0 <= number < len(years) and years[number].cells.get(address) is not None


def beyond_its_level(years: CountyYears, number: int, dice: Dice) -> Slip | None:
    """Something that only a higher level of government can have made."""
    report = years[number]

    def powerless(cell: Cell) -> bool:
        level = report.body.level or LEVELS[-1]
        return cell.from_level is not None and LEVELS.index(level) < LEVELS.index(cell.from_level)

    barred = [cell for cell in report.form.cells.values() if powerless(cell)]
    if not barred:
        return None
    cell = dice.pick(barred, "cell")
    return Slip(report.with_cells({cell.address: 1}), cell.address, f"“{cell.name}”应为0，误填为1", ((0, "LEVEL"),))


def unwritten(years: CountyYears, number: int, dice: Dice) -> Slip | None:
    """Nothing said about the problems met, which no data can tell."""
    report = replace(years[number], draft=None)
    return Slip(report, "text.problems", "存在的主要问题及改进情况没有撰写", ((0, "TEXT-DEFAULT"),))


KINDS: tuple[Callable[[CountyYears, int, Dice], Slip | None], ...] = (
    misprint, misprint, misprint, wrong_column, wrong_column, left_blank, wrong_unit, beyond_its_level, unwritten,
)  # fmt: skip
"""Every kind, as often as it happens. A slip that cannot be made in a county's figures gives way to another."""


def _is_row_sum(law: Balance) -> bool:
    """Whether the law says that a cell is the sum of several others of its row."""
    rows = {address.rpartition(".")[0] for address, _ in law.now}
    return len(rows) == 1 and len(law.now) > 2 and all(sign < 0 for _, sign in law.now[1:]) and not law.before
