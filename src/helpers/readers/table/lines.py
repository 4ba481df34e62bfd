"""The rows of every grid of a document as one sequence: labels first, what may be figures behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.readers.pages.document import Document, Grid, Kind, Tile, is_figure


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a grid. `labels` are its texts before the first figure, `tiles` all its cells, blank ones too."""

    index: int
    block: int
    row: int
    kind: Kind
    tiles: tuple[Tile, ...]
    labels: tuple[Tile, ...]
    figures: int

    @property
    def text(self) -> str:
        """All that stands in the row, each cell once."""
        return " ".join(tile.text for tile in self.tiles if tile.text and not tile.above)

    def behind(self, label: Tile | None) -> tuple[Tile, ...]:
        """The cells after `label`; without one, those after the row's own labels or the whole row."""
        if label is None:
            label = self.labels[-1] if self.labels else None
        if label is None:
            return self.tiles
        # By place in the row: with a wrong rowspan two cells may claim the same stretch.
        position = next(number for number, tile in enumerate(self.tiles) if tile is label)
        return tuple(tile for tile in self.tiles[position + 1 :] if not _goes_on(tile))


def lines_of(document: Document) -> tuple[Line, ...]:
    """Every row that holds anything, in reading order."""
    return tuple(_lines(document))


def _lines(document: Document) -> Iterator[Line]:
    index = 0
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
            if row:
                # With a rowspan too short a row's own label slips left of the heading that goes on from above.
                labels.sort(key=lambda tile: not tile.above)
                yield Line(index, number, place, block.kind, row, tuple(labels), figures)
                index += 1


def _goes_on(tile: Tile) -> bool:
    """A heading over several rows is no cell of the rows below its first."""
    return tile.above and bool(tile.text) and not is_figure(tile.text)
