"""Every label of a form, ready to be looked for: rows by address, leaf columns by id, the words of headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from helpers.forms import Form, Table, normalise
from helpers.readers.table.similarity import MISNUMBERED, Key, keys, similarity, split


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row of the form, or (`group`) a heading over rows that some reports print as one row.

    `address` is the row's, `block` the run of rows under one header it belongs to, `order` its place in the form.
    """

    address: str
    table: str
    block: int
    order: int
    keys: tuple[Key, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """A leaf column: `cell` is its id below a row address; `parents` the keys of the headings over it."""

    cell: str
    keys: tuple[Key, ...]
    parents: tuple[tuple[Key, ...], ...]
    printed: str


class FormLabels:
    """Every label of one form, ready to be looked for."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.unlabelled = tuple(table.id for table in form.tables.values() if table.stub == 0)
        self.rows: tuple[RowLabel, ...] = tuple(self._rows())
        self.columns: dict[tuple[str, int], tuple[ColumnLabel, ...]] = {
            (table.id, number): tuple(_leaves(table, number))
            for table in form.tables.values()
            for number in range(len(table.bands))
        }

    def _rows(self) -> Iterator[RowLabel]:
        order = 0
        for table in self.form.tables.values():
            for heading in table.headings if table.stub else ():
                if heading.role in ("row", "group") and heading.address:
                    group = heading.role == "group"
                    yield RowLabel(heading.address, table.id, heading.block, order, keys(heading.labels), group)
                    order += 1

    @cached_property
    def headers(self) -> frozenset[str]:
        """The normalised text of every heading above columns, of corners and of banners."""
        tables = self.form.tables.values()
        slots = (slot.text for table in tables for band in table.bands for line in band.head for slot in line)
        above = (h for table in tables for h in table.headings if not table.stub or h.role in ("column", "columns"))
        return frozenset({*map(normalise, filter(None, slots)), *(key.core for h in above for key in keys(h.labels))})

    @cached_property
    def exact(self) -> dict[str, tuple[RowLabel, ...]]:
        """The rows by the text of their labels, numbering apart."""
        found: dict[str, list[RowLabel]] = {}
        for row in self.rows:
            for key in row.keys:
                found.setdefault(key.core, []).append(row)
        return {core: tuple(dict.fromkeys(rows)) for core, rows in found.items()}

    def is_heading(self, text: str) -> bool:
        """Whether a text is, or is torn off, a heading above columns."""
        folded = normalise(text)
        return bool(folded) and any(folded in header for header in self.headers)

    def is_section(self, text: str) -> bool:
        """Whether a text is the heading of a section, whatever its number."""
        core = split(text).core
        titles = (title for section in self.form.sections for title in (section.heading, *section.variants))
        return any(core == split(title).core for title in titles)

    @lru_cache(maxsize=20_000)  # noqa: B019  one instance a form, kept for good by labels_of
    def best_row(self, text: str) -> tuple[RowLabel, float] | None:
        """The one row whose label agrees best with `text`; None where none does, or two do equally well."""
        among = self.exact.get(split(text).core, self.rows)
        ranked = sorted(
            ((similarity(text, row.keys), row) for row in among), key=lambda pair: (-pair[0], pair[1].order)
        )
        if not ranked or not ranked[0][0]:
            return None
        score, row = ranked[0]
        # A near match must leave the next one clearly behind; equal exact ones are told apart by their place.
        if len(ranked) > 1 and score < MISNUMBERED and ranked[1][0] > score - 0.08:
            return None
        return row, score


@cache
def labels_of(form: Form) -> FormLabels:
    """The labels of `form`, prepared once."""
    return FormLabels(form)


def _leaves(table: Table, block: int) -> Iterator[ColumnLabel]:
    """The leaf columns; in a table without row labels the id takes in the headings above, which name the row."""
    for heading in table.headings:
        if heading.role == "column" and heading.block == block:
            cell = heading.cells[0].removeprefix(f"{table.id}.")
            yield ColumnLabel(
                cell if table.stub == 0 else cell.rpartition(".")[2],
                keys(heading.labels),
                tuple(keys(above.labels) for above in heading.above),
                heading.label,
            )
