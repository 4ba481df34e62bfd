"""The rows of every grid of a document as one sequence: labels first, what may be figures behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from helpers.readers.pages.document import Document, Geometry, Grid, Tile, is_figure

# A row of more cells is none of a report's: what compares cells with each other would take the square of them.
_WIDEST = 300


@dataclass(frozen=True, slots=True)
class GridLine:
    """One row of a grid. `labels` are its texts before the first figure, `tiles` all its cells, blank ones too."""

    index: int
    block: int
    row: int
    geometry: Geometry
    tiles: tuple[Tile, ...]
    labels: tuple[Tile, ...]
    figures: int

    def behind(self, label: Tile | None = None) -> tuple[Tile, ...]:
        """The cells after `label`; without one in this row, those after the row's own labels or the whole row."""
        # By identity: with a wrong rowspan two cells may claim the same stretch.
        own = [label] if label else []
        for start in (*own, *self.labels[-1:]):
            for number, tile in enumerate(self.tiles, 1):
                if tile is start:
                    return tuple(tile for tile in self.tiles[number:] if not _goes_on(tile))
        return self.tiles


def lines_of(document: Document) -> tuple[GridLine, ...]:
    """Every row that holds anything, in reading order; `index` is its place here."""
    lines: list[GridLine] = []
    for number, block in enumerate(document.blocks):
        if not isinstance(block, Grid):
            continue
        for place, row in enumerate(block.rows):
            labels: list[Tile] = []
            figures = 0
            for tile in row:
                if not tile.text:
                    continue
                if is_figure(tile.text):
                    figures += not tile.above
                elif not figures:
                    labels.append(tile)
            if 0 < len(row) <= _WIDEST:
                # With a rowspan too short a row's own label slips left of the heading that goes on from above.
                labels.sort(key=lambda tile: not tile.above)
                lines.append(GridLine(len(lines), number, place, block.geometry, row, tuple(labels), figures))
    return tuple(lines)


def _goes_on(tile: Tile) -> bool:
    """A heading over several rows is no cell of the rows below its first."""
    return tile.above and bool(tile.text) and not is_figure(tile.text)


@dataclass(frozen=True)
class Zone:
    """The lines of a header, and rows of figures below it in grid `block`: what of each row stands behind its label.

    `stub` is where the row labels end: what stands left of it in the header is the corner.
    """

    head: Sequence[GridLine]
    block: int
    rows: Sequence[Sequence[Tile]]
    stub: float = -1.0

    @property
    def apart(self) -> bool:
        """Whether the header stands in another grid, which may have other widths."""
        return bool(self.head) and self.head[0].block != self.block
