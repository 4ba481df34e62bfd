"""The rules on the figures that hold for every form; the laws of each form stand in its file."""

from __future__ import annotations

from collections.abc import Iterator

from helpers.forms import Cell, Form
from helpers.integrity.evidence import Evidence
from helpers.integrity.findings import Broken, CannotRun
from helpers.integrity.rules import rule

LEVELS = ("town", "county", "prefecture", "province")
"""Levels of government from below. A department has the powers of none of them by itself."""

JUMP_FACTOR = 10
JUMP_FLOOR = 100
"""Counts below a hundred leap tenfold by accident; above it a tenfold change is a slipped digit more often than not."""


@rule(
    "BLANK", "error", "每一格都应填写，没有的填0", "every cell is stated", "《条例》第五十条；统一格式",
    of_others="warning",
)  # fmt: skip
def blank(evidence: Evidence) -> Iterator[Broken]:
    """One finding a row that has blank cells; blank, "/" and "—" are not 0."""
    report = evidence.report
    for table in report.form.tables.values():
        for row, cells in table.rows.items():
            empty = [cell for cell in cells if report.cells.get(cell.address) is None]
            if not empty or not all(report.prints(cell.address) for cell in cells):
                continue
            names = "、".join(cell.column_label for cell in empty)
            labels = "－".join(cells[0].row_labels)
            yield Broken(
                tuple(cell.address for cell in empty),
                f"“{labels}”行有{len(empty)}格未填：{names}。空白不等于0，没有的请填0。",
                f"{row}: {len(empty)} blank cells ({', '.join(cell.column for cell in empty)}); blank is not 0",
            )


@rule(
    "DOMAIN", "error", "件数为不小于0的整数，仅增减数可为负，金额为不小于0的小数", "counts are whole and not negative",
    "统一格式填表说明",
)  # fmt: skip
def domain(evidence: Evidence) -> Iterator[Broken]:
    """A figure outside its kind: whole and signed cells hold ints, only signed ones go below zero."""
    for address, cell in evidence.report.form.cells.items():
        value = evidence.report.cells.get(address)
        if value is None:
            continue
        whole = value == int(value)
        if (cell.kind != "decimal" and not whole) or (cell.kind != "signed" and value < 0):
            yield Broken(
                (address,),
                f"“{cell.name}”填为 {value}，应为{_kind_name(cell)}。",
                f"{address} is {value}; expected a {cell.kind} figure"
                + ("" if cell.kind == "signed" else " of 0 or more"),
                value,
            )


def _kind_name(cell: Cell) -> str:
    return {"whole": "不小于0的整数", "signed": "整数（增为正、减为负）", "decimal": "不小于0的数"}[cell.kind]


@rule(
    "LEVEL", "warning", "规章只能由设区的市以上制定", "rules are made from the prefecture level upward",
    "《立法法》第九十三条",
)  # fmt: skip
def level(evidence: Evidence) -> Iterator[Broken | CannotRun]:
    """A figure other than 0 in a row that this level of government has no power over."""
    report = evidence.report
    own = report.body.level
    if own is None:
        yield CannotRun("不知道发布机关的层级")
        return
    for address, cell in report.form.cells.items():
        value = report.cells.get(address)
        if cell.from_level is None or not value:
            continue
        if own not in LEVELS or LEVELS.index(own) < LEVELS.index(cell.from_level):
            yield Broken(
                (address,),
                f"“{cell.name}”填为 {value}，但{report.body.name}无权制定，请核对。",
                f"{address} is {value}, which a body at level {own} cannot have made",
                value,
                0,
            )


@rule(
    "JUMP", "warning", f"总量较上年变化不应达到{JUMP_FACTOR}倍", f"no total changes {JUMP_FACTOR}-fold within a year",
    "经验规则",
)  # fmt: skip
def jump(evidence: Evidence) -> Iterator[Broken | CannotRun]:
    """A total that grew or shrank tenfold against the body's own last year, where either year reaches a hundred."""
    report = evidence.report
    if report.previous is None:
        yield CannotRun("没有上一年度的数据")
        return
    for address in _totals(report.form):
        try:
            now, before = report.value(address), report.previous.value(address)
        except KeyError:
            continue
        if now is None or before is None or max(now, before) < JUMP_FLOOR:
            continue
        if max(now, before) >= JUMP_FACTOR * max(min(now, before), 1):
            name = report.form.cells[address].name
            yield Broken(
                (address,),
                f"“{name}”由上年的 {before} 变为 {now}，变化过大，请核对；属实的，请在 report.yml 中说明。",
                f"{address} went from {before} to {now}, {JUMP_FACTOR}-fold or more",
                now,
                before,
            )


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
