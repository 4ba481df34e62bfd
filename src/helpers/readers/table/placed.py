"""Tables without rules, of which only the words have a place: a blank cell is nothing at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import pairwise

from helpers.forms import normalise
from helpers.readers.pages.document import Tile, is_figure
from helpers.readers.table.columns import (
    Printed,
    PrintedColumn,
    PrintedColumns,
    common_edges,
    cores,
    covers,
    is_total,
    match_columns,
    overlap,
)
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.geometry import Layout
from helpers.readers.table.lines import Zone
from helpers.readers.table.similarity import split


class PlacedLayout(Layout):
    """A table as text laid out by columns, or a PDF page without rules, has it."""

    ruled = False
    located = True
    scattered = True
    # A label of four printed lines with its figures on a fifth, and a line torn off at a page's end on either side.
    label_lines = 7
    figure_lines = 1
    # Three lines of headings, each in up to five printed ones.
    heading_lines = 16

    def columns(self, zone: Zone, known: Sequence[ColumnLabel], labels: FormLabels) -> PrintedColumns | None:
        """The columns where the header's words stand; where it is not legible, that may be told by order alone.

        Not so where the header has words of something else, or a row more figures than the form has columns.
        """
        rows = [self.figures(row) for row in zone.rows]
        widest = max(map(len, rows), default=0)
        words = [word for line in zone.head for word in line.tiles if word.text]
        if columns := _by_words(words, known, widest):
            return _marked(columns, rows)
        strange = any(not labels.is_heading(word.text) and not labels.is_section(word.text) for word in words)
        if widest > len(known) > 1 or (strange and widest == len(known)):
            return PrintedColumns(doubt="the header does not say which printed column is which")
        return None

    def continued(self, before: PrintedColumns, rows: Sequence[Sequence[Tile]]) -> PrintedColumns:
        """The columns of a table that goes on without a header on the next page.

        Full rows show where they are now. Where no row is full, the places of the page before hold only if every
        figure stands in one of them and the same columns are in use: a page shifted by a column would use others.
        """
        rows = [self.figures(row) for row in rows]
        widest = max(map(len, rows), default=0)
        if widest > len(before.printed):
            return PrintedColumns(doubt="there are more figures in a row than the header has columns")
        if widest == len(before.printed):
            return before.standing(common_edges([row for row in rows if len(row) == widest]))
        alone = all(len(before.over(tile)) == 1 for row in rows for tile in row)
        return before if alone and before == _marked(before, rows) else before.unplaced()

    def figures(self, values: Sequence[Tile]) -> Sequence[Tile]:
        """The figures alone: words behind a label are none of its row's."""
        return tuple(tile for tile in values if is_figure(tile.text))

    def whole(self, values: Sequence[Tile]) -> Printed | None:
        """Sequence[Tile] among the figures make all of them uncertain; where nothing stands, every cell is blank."""
        words = " ".join(tile.text for tile in values if not is_figure(tile.text))
        if words:
            return Printed(doubt=f"“{words}” stands beside the figures")
        return None if values else Printed()


def _marked(columns: PrintedColumns, rows: Sequence[Sequence[Tile]]) -> PrintedColumns:
    """The same columns, each marked where a figure of the rows stands in it."""
    used = {number for row in rows for tile in row for number in columns.over(tile)}
    return replace(columns, printed=tuple(replace(column, used=n in used) for n, column in enumerate(columns.printed)))


def _by_words(words: Sequence[Tile], known: Sequence[ColumnLabel], widest: int) -> PrintedColumns | None:
    """The columns by the header's lowest words, torn over lines as they are; None unless every one is legible."""
    labels = {key.core for column in known for key in column.keys}
    parents = {key.core for column in known for parent in column.parents for key in parent}
    pieces = [word for word in words if (text := normalise(word.text)) not in parents and _part(text, labels)]
    pieces += [word for word in words if is_total(word.text) and word not in pieces]
    leaves = [_leaf(column, words, pieces, parents) for column in _beside(pieces)]
    leaves.sort(key=lambda leaf: leaf.edges or (0, 0))
    edges = [leaf.edges for leaf in leaves if leaf.edges]
    if any(left[1] > right[0] for left, right in pairwise(edges)):
        return None
    if len(known) > len(set(cores(known))) and len(leaves) == len(known):
        # The groups' titles stand over the middle of their columns alone; five and five and five need no title.
        if [split(leaf.text).core for leaf in leaves] != cores(known):
            return None
        return PrintedColumns.in_order(known).standing(edges)
    columns = match_columns(leaves, known)
    if columns is None or not {column.cell for column in known} <= set(columns.cells):
        return None
    return columns if widest <= len(columns.printed) else None


def _beside(pieces: Sequence[Tile]) -> list[list[Tile]]:
    """Sequence[Tile] that stand over each other, column by column."""
    columns: list[list[Tile]] = []
    for word in sorted(pieces, key=lambda word: word.left + word.right):
        beside = next((column for column in columns if any(overlap(word, other) for other in column)), None)
        columns.append([word]) if beside is None else beside.append(word)
    return columns


def _leaf(
    column: Sequence[Tile], words: Sequence[Tile], pieces: Sequence[Tile], parents: Collection[str]
) -> PrintedColumn:
    edges = (min(word.left for word in column), max(word.right for word in column))
    in_order = [word.text for word in pieces if any(word is other for other in column)]
    over = tuple(word.text for word in words if normalise(word.text) in parents and covers(word, edges))
    return PrintedColumn(None, "".join(in_order), over, edges)


def _part(text: str, cores: Collection[str]) -> bool:
    return bool(text) and any(text in core for core in cores)
