"""Every label of a form, ready to be looked for: rows by address, leaf columns by id, the words of headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from helpers.forms import Form, normalise
from helpers.forms.spec import Column, Row
from helpers.readers.table.labels import MISNUMBERED, Key, keys, similarity, split


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
        self.rows: tuple[RowLabel, ...] = tuple(self._rows())
        self.columns: dict[tuple[str, int], tuple[ColumnLabel, ...]] = {
            (table.id, number): tuple(_leaves(block.columns, by_row=table.stub == 0))
            for table in form.spec.tables
            for number, block in enumerate(table.blocks)
        }
        self.unlabelled = tuple(table.id for table in form.spec.tables if table.stub == 0)

    def _rows(self) -> Iterator[RowLabel]:
        order = 0
        for table in self.form.spec.tables:
            if table.stub == 0:
                continue
            for number, block in enumerate(table.blocks):
                for path in _paths(block.rows):
                    ids = [node.id for node in path if node.id]
                    group = bool(path[-1].rows)
                    if group and not path[-1].id:
                        continue
                    yield RowLabel(".".join([table.id, *ids]), table.id, number, order, keys(path[-1]), group)
                    order += 1

    @cached_property
    def headers(self) -> frozenset[str]:
        """The normalised text of every heading above columns, of corners and of banners."""
        found: set[str] = set()
        for table in self.form.spec.tables:
            for block in table.blocks:
                found.update(normalise(text) for text in (block.banner, block.corner) if text)
                found.update(key.core for node in _nodes(block.columns) for key in keys(node))
        return frozenset(found)

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


_prepared: dict[int, FormLabels] = {}


def labels_of(form: Form) -> FormLabels:
    """The labels of `form`, prepared once. A form holds mappings and cannot be hashed; the entry keeps it alive."""
    if id(form) not in _prepared:
        _prepared[id(form)] = FormLabels(form)
    return _prepared[id(form)]


def _paths(rows: list[Row], path: tuple[Row, ...] = ()) -> Iterator[tuple[Row, ...]]:
    for row in rows:
        if row.label:
            yield (*path, row)
        yield from _paths(row.rows, (*path, row))


def _nodes(columns: list[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        yield from _nodes(column.columns)


def _leaves(columns: list[Column], by_row: bool, path: tuple[Column, ...] = ()) -> Iterator[ColumnLabel]:
    """The leaf columns; in a table without row labels the id takes in the headings above, which name the row."""
    for column in columns:
        here = (*path, column)
        if column.columns:
            yield from _leaves(column.columns, by_row, here)
        else:
            ids = [node.id for node in here if node.id] if by_row else [column.id]
            yield ColumnLabel(
                ".".join(str(part) for part in ids), keys(column), tuple(keys(node) for node in path), column.label
            )
