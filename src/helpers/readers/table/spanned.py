"""Tables whose cells have borders: spans are expanded and blank cells are there, so that places can be trusted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from helpers.readers.pages.document import Tile
from helpers.readers.table.columns import HAIR, PrintedColumn, PrintedColumns, match_columns, overlap
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.geometry import Layout
from helpers.readers.table.lines import GridLine, Zone


class SpannedLayout(Layout):
    """A table as HTML, Word, Excel and ruled PDF pages have it."""

    ruled = True
    located = True
    scattered = False
    # Label and figures torn in two at a page's end, and a piece between them.
    label_lines = 3
    figure_lines = 2
    # Three lines of headings, each of them torn.
    heading_lines = 6

    def columns(self, zone: Zone, known: Sequence[ColumnLabel], labels: FormLabels) -> PrintedColumns | None:
        """The columns by the lowest heading cells, each with those above it."""
        columns = match_columns(list(_stacked(zone.head, zone.stub)), known)
        return columns.unplaced() if columns and zone.apart else columns

    def by_place(self, values: Sequence[Tile], columns: PrintedColumns) -> dict[int, Tile] | None:
        """By the borders; where a row ends early a cell is missing, and nothing says which."""
        early = columns.edges and max((tile.right for tile in values), default=0) < columns.edges[-1][1] - HAIR
        return None if early else super().by_place(values, columns)


def _stacked(head: Sequence[GridLine], stub: float) -> Iterator[PrintedColumn]:
    """The lowest header cells, each with those above it."""
    tiles = [(line.index, tile) for line in head for tile in line.tiles if tile.text and not tile.above]
    for index, tile in sorted(tiles, key=lambda pair: (pair[1].left, pair[0])):
        if tile.left < stub or any(other > index and overlap(tile, below) for other, below in tiles):
            continue
        above = tuple(upper.text for other, upper in tiles if other < index and overlap(tile, upper))
        yield PrintedColumn(None, tile.text, above, (tile.left, tile.right))
