"""The printed columns of figures, and which column of the form each is by what is printed above it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from helpers.forms import normalise
from helpers.readers.pages.document import Tile
from helpers.readers.table.formlabels import ColumnLabel
from helpers.readers.table.similarity import EXACT, UNNUMBERED, Key, similarity

Edges = tuple[float, float]

_UNIT = re.compile(r"[（(](?:单位[:：]?)?\s*(亿元|万元|元)[）)]")
# What of a PDF's measures is rounding.
HAIR = 1e-6


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document prints for one cell: its text, the amount's unit if the header names one, or a doubt."""

    text: str = ""
    unit: str | None = None
    doubt: str | None = None


@dataclass(frozen=True)
class PrintedColumn:
    """A printed column: `cell` is the form's id below a row, None for a column that the form does not have.

    `text` is its own heading, the lowest, and `above` those above that; `edges` is the stretch it covers, where known;
    `used` is set for one that holds a figure in a table where others are blank throughout.
    """

    cell: str | None = None
    text: str = ""
    above: tuple[str, ...] = ()
    edges: Edges | None = None
    used: bool = False

    @property
    def unit(self) -> str | None:
        """The unit of amounts that its heading names."""
        match = _UNIT.search(self.text)
        return match[1] if match and self.cell else None


@dataclass(frozen=True)
class PrintedColumns:
    """The printed columns of a grid, in order; `doubt` says why no figure below can be placed."""

    printed: tuple[PrintedColumn, ...] = ()
    doubt: str | None = None

    @classmethod
    def in_order(cls, known: Sequence[ColumnLabel]) -> PrintedColumns:
        """The form's own columns, wherever they stand."""
        return cls(tuple(PrintedColumn(column.cell) for column in known))

    @cached_property
    def cells(self) -> tuple[str | None, ...]:
        """The form's id of each."""
        return tuple(column.cell for column in self.printed)

    @cached_property
    def edges(self) -> tuple[Edges, ...]:
        """Where they stand; empty where that is not known of every one."""
        edges = [column.edges for column in self.printed if column.edges]
        return tuple(edges) if len(edges) == len(self.printed) else ()

    def unplaced(self) -> PrintedColumns:
        """The same columns in another grid, which may have other widths."""
        return replace(self, printed=tuple(replace(column, edges=None, used=False) for column in self.printed))

    def standing(self, edges: Sequence[Edges] | None) -> PrintedColumns:
        """The same columns where they really stand; nowhere certain without `edges`."""
        if not edges:
            return self.unplaced()
        pairs = zip(self.printed, edges, strict=True)
        return replace(self, printed=tuple(replace(column, edges=place, used=False) for column, place in pairs))

    def over(self, tile: Tile) -> list[int]:
        """The numbers of the columns that a tile stands in, if only in part."""
        return [number for number, edges in enumerate(self.edges) if covers(tile, edges)]


def match_columns(leaves: Sequence[PrintedColumn], known: Sequence[ColumnLabel]) -> PrintedColumns | None:
    """The printed columns with the form's ids, both aligned in order for the highest agreement.

    A printed column without a counterpart in the form is kept, so that the figures below it are counted and passed
    over. None where their headings announce nothing legible.
    """
    parents = tuple({key: None for column in known for parent in column.parents for key in parent})
    scores = [[_agreement(leaf, column, parents) for column in known] for leaf in leaves]
    cells = _aligned(scores, known)
    for place, wanted in enumerate(known):
        # A column printed out of the form's order is still the column its heading says it is.
        exact = [n for n, cell in enumerate(cells) if cell is None and scores[n][place] >= EXACT]
        if wanted.cell not in cells and len(exact) == 1 and not is_total(leaves[exact[0]].text):
            cells[exact[0]] = wanted.cell
    found = sum(name is not None for name in cells)
    if found * 2 <= len(known) and not (found and found == len(leaves)):
        return None
    first = next(number for number, name in enumerate(cells) if name)
    corner = first if first and leaves[0].text and not is_total(leaves[0].text) else 0
    named = (replace(leaf, cell=cell) for cell, leaf in zip(cells, leaves, strict=True))
    return PrintedColumns(tuple(named)[corner:])


def _aligned(scores: Sequence[Sequence[float]], known: Sequence[ColumnLabel]) -> list[str | None]:
    """The id for each printed column where those and the form's stand in order and the sum of scores is highest."""
    best: list[tuple[float, tuple[str | None, ...]]] = [(0.0, ())] * (len(known) + 1)
    for leaf in reversed(scores):
        line = [(0.0, (None, *best[-1][1]))]
        for column in reversed(range(len(known))):
            options = [(best[column][0], (None, *best[column][1])), line[0]]
            if leaf[column]:
                rest, ids = best[column + 1]
                options.insert(0, (leaf[column] + rest, (known[column].cell, *ids)))
            line.insert(0, max(options, key=lambda option: option[0]))
        best = line
    return list(best[0][1])


def _agreement(leaf: PrintedColumn, column: ColumnLabel, parents: tuple[Key, ...]) -> float:
    score = similarity(leaf.text, column.keys)
    if not score:
        return 0.0
    # The heading above tells the total of all from a subtotal of some, and 复议后起诉 from 未经复议直接起诉.
    for parent in column.parents:
        if any(similarity(text, parent) >= UNNUMBERED for text in leaf.above):
            score += 0.4
    foreign = [text for text in leaf.above if not any(similarity(text, parent) for parent in column.parents)]
    if any(similarity(text, parents) >= UNNUMBERED for text in foreign):
        return 0.0
    strangers = len(foreign)
    return max(score - 0.3 * strangers, 0.05) + (0.2 if normalise(leaf.text) == normalise(column.printed) else 0)


def is_total(text: str) -> bool:
    """Whether a heading is some sum: 总计, 合计, 小计."""
    return normalise(text).endswith("计")


def cores(known: Sequence[ColumnLabel]) -> list[str]:
    """The columns' own labels; table 四 has the same five three times."""
    return [column.keys[0].core for column in known]


def common_edges(rows: Sequence[Sequence[Tile]]) -> tuple[Edges, ...] | None:
    """The stretch that each column's cells cover; None without a row, or where columns of different rows overlap."""
    edges = [(min(tile.left for tile in tiles), max(tile.right for tile in tiles)) for tiles in zip(*rows, strict=True)]
    apart = all(left[1] <= right[0] + HAIR for left, right in pairwise(edges))
    return tuple(edges) if edges and apart else None


def covers(tile: Tile, edges: Edges) -> bool:
    """Whether a tile stands in a stretch, if only in part."""
    return min(tile.right, edges[1]) - max(tile.left, edges[0]) > HAIR


def overlap(one: Tile, other: Tile) -> bool:
    """Whether two tiles stand over each other, by a third of the narrower one at least."""
    return min(one.right, other.right) - max(one.left, other.left) > 0.3 * min(
        one.right - one.left, other.right - other.left
    )
