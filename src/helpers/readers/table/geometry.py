"""What the three kinds of grid have in common; each of them is a module that says in what it differs."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from helpers.readers.pages.document import Tile
from helpers.readers.table.columns import Printed, PrintedColumns, common_edges
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.lines import GridLine, Zone


class Layout(ABC):
    """How the rows of a grid are laid out, and so what the place of a cell can tell.

    `ruled`: cells have borders, so that a blank cell is there and nothing strays into another row. `located`: where a
    cell stands means something. `scattered`: the words of one row stand on several lines, among those of others.
    `label_lines` are the most lines that one row's label runs over, `figure_lines` those of them with figures,
    `heading_lines` the most lines of headings above a row without labels.
    """

    ruled: bool
    located: bool
    scattered: bool
    label_lines: int
    figure_lines: int
    heading_lines: int

    @abstractmethod
    def columns(self, zone: Zone, known: Sequence[ColumnLabel], labels: FormLabels) -> PrintedColumns | None:
        """The columns that a header announces for the rows below it; None where it announces nothing legible."""

    def header(self, head: Sequence[GridLine], first: GridLine, label: Tile | None) -> Sequence[GridLine]:
        """The lines of a header above the `first` row, whose own label is `label`."""
        return head

    def continued(self, before: PrintedColumns, rows: Sequence[Sequence[Tile]]) -> PrintedColumns:
        """The columns of a table that goes on in this grid without a header."""
        return before.unplaced()

    def by_place(self, values: Sequence[Tile], columns: PrintedColumns) -> dict[int, Tile] | None:
        """Column number → cell, by where the cell stands; None where a figure stands in no column or in several."""
        if not columns.edges:
            return None
        placed: dict[int, Tile] = {}
        for tile in (tile for tile in values if tile.text):
            over = columns.over(tile)
            if len(over) != 1 or over[0] in placed:
                return None
            placed[over[0]] = tile
        return placed

    def settled(self, columns: PrintedColumns, rows: Sequence[Sequence[Tile]]) -> PrintedColumns:
        """The columns as the rows prove them: full ones show where they are, better than a header of other widths."""
        edges = common_edges([row for row in rows if len(row) == len(columns.printed)])
        return columns.standing(edges) if edges and not columns.doubt else columns

    def figures(self, values: Sequence[Tile]) -> Sequence[Tile]:
        """What of the cells behind a label can be a figure."""
        return values

    def whole(self, values: Sequence[Tile]) -> Printed | None:
        """What every cell of a row says alike, if it can be told without its columns."""
        return None
