"""The cells and notes of two reports: what was, what is, by how much; blank is not zero."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from helpers.digits import percent, plain_number
from helpers.report import AnnualReport, Number

State = Literal["stated", "blank", "uncertain", "absent"]
"""What a report says in a cell: a figure; nothing; something its reader was not sure of; or it has no such cell."""

WORDS: dict[State, tuple[str, str]] = {
    "stated": ("有数字", "stated"), "blank": ("空白", "blank"), "uncertain": ("未能确定", "uncertain"),
    "absent": ("没有此项", "not on the form"),
}  # fmt: skip
"""Chinese and English of each."""


class CellName(NamedTuple):
    """What a cell, or a group of cells, is called: outermost row label first."""

    rows: tuple[str, ...]
    column: str
    unit: str


@dataclass(frozen=True)
class CellChange:
    """One address in both reports. `group` where one of them has only the sum of the cells below it."""

    address: str
    names: CellName
    old: Number | None
    new: Number | None
    states: tuple[State, State] = ("stated", "stated")
    group: bool = False

    @property
    def row(self) -> str:
        """The row's labels in Chinese."""
        return "－".join(self.names.rows)

    @property
    def differs(self) -> bool:
        """Whether the two say something else; a blank differs from 0."""
        return self.states[0] != self.states[1] or self.old != self.new or "uncertain" in self.states

    @property
    def change(self) -> Number | None:
        """New less old; None unless both are figures."""
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def rate(self) -> Decimal | None:
        """The change in percent of the old figure, rounded half up to one decimal; None where that is not positive."""
        if self.change is None or self.old is None or self.old <= 0:
            return None
        return percent(self.change, self.old, 1)

    @property
    def says(self) -> tuple[str, str]:
        """In Chinese and English what the figures alone do not say; empty where nothing is to be said."""
        (old, new), words = self.states, [WORDS[state] for state in self.states]
        if "stated" not in self.states and old == new:
            return words[0] if old == "uncertain" else ("", "")
        if old != "stated" or new != "stated":
            pairs = [(f"前者{zh}", f"{en} before") for zh, en in words[:1] if old != "stated"]
            pairs += [(f"后者{zh}", f"{en} after") for zh, en in words[1:] if new != "stated"]
            return "，".join(zh for zh, _ in pairs), ", ".join(en for _, en in pairs)
        if self.change and self.old == 0:
            return "前者为0，不计算增减率", "no rate: it was 0"
        if self.change and self.rate is None:
            return "前者为负数，不计算增减率", "no rate: it was negative"
        return ("按合计比较", "compared by sum") if self.group else ("", "")

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; `rate` is in percent."""
        return {
            "address": self.address, "row": self.row, "column": self.names.column, "unit": self.names.unit,
            "old": plain_number(self.old), "new": plain_number(self.new),
            "old_state": self.states[0], "new_state": self.states[1],
            "change": plain_number(self.change), "rate": plain_number(self.rate), "group": self.group,
            "differs": self.differs, "message": self.says[0], "message_en": self.says[1],
        }  # fmt: skip


@dataclass(frozen=True)
class NoteChange:
    """The note on one cell in both reports; None where there is none."""

    address: str
    name: str
    old: str | None
    new: str | None

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return self.old != self.new

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values."""
        return {**vars(self), "differs": self.differs}


def compare_cells(old: AnnualReport, new: AnnualReport) -> Iterator[CellChange]:
    """Every address of either report, in the order of the new form, then what only the old one has.

    What one report has as a cell and the other as a group of cells is compared by the group's sum; the cells of that
    group are then listed as those of one form only.
    """
    before, after = _Side(old), _Side(new)
    for address in dict.fromkeys((*after.printed, *before.printed)):
        if before.has(address) and after.has(address) and before.names(address).unit == after.names(address).unit:
            states = before.state(address), after.state(address)
            group = address not in before.printed or address not in after.printed
            names = after.names(address) if address in after.printed else before.names(address)
            yield CellChange(address, names, before.value(address), after.value(address), states, group)
            continue
        if address in after.printed:
            states = "absent", after.state(address)
            yield CellChange(address, after.names(address), None, after.value(address), states)
        if address in before.printed:
            states = before.state(address), "absent"
            yield CellChange(address, before.names(address), before.value(address), None, states)


def compare_notes(old: AnnualReport, new: AnnualReport) -> Iterator[NoteChange]:
    """Every cell that has a note in either report."""
    before, after = _Side(old), _Side(new)
    for address in dict.fromkeys((*after.printed, *before.printed)):
        if address in old.notes or address in new.notes:
            names = (after if address in after.printed else before).names(address)
            name = f"{'－'.join(names.rows)}·{names.column}"
            yield NoteChange(address, name, old.notes.get(address), new.notes.get(address))


@dataclass
class _Side:
    """One report, asked for cells and groups alike."""

    report: AnnualReport
    doubtful: frozenset[str] = field(init=False)
    printed: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.doubtful = frozenset(doubt.address for doubt in self.report.uncertain)
        self.printed = tuple(address for address in self.report.cells if self.report.prints(address))

    def has(self, address: str) -> bool:
        try:
            self.report.contributors(address)
        except KeyError:
            return False
        return True

    def value(self, address: str) -> Number | None:
        return self.report.value(address)

    def state(self, address: str) -> State:
        if self.value(address) is not None:
            return "stated"
        parts = {address, *self.report.contributors(address)}
        return "uncertain" if parts & self.doubtful else "blank"

    def names(self, address: str) -> CellName:
        form = self.report.form
        if cell := form.cells.get(address):
            return CellName(cell.row_labels, cell.column_label, cell.unit)
        below = form.cells[form.group(address)[0]]
        heading = form.headings[address.rpartition(".")[0]]
        return CellName((*(over.label for over in heading.above), heading.short), below.column_label, below.unit)
