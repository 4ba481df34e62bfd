"""Tables of which nothing is left but the order of their cells, as pages are copied into a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.forms import normalise
from helpers.readers.pages.document import Tile
from helpers.readers.table.columns import PrintedColumn, PrintedColumns, cores, match_columns
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.geometry import Layout
from helpers.readers.table.lines import GridLine, Zone
from helpers.readers.table.similarity import EXACT, UNNUMBERED, similarity


class OrderedLayout(Layout):
    """A stream of cells."""

    ruled = False
    located = False
    scattered = False
    label_lines = 4
    figure_lines = 1
    # Every heading on a line of its own: three above fifteen, some of them torn.
    heading_lines = 40

    def columns(self, zone: Zone, known: Sequence[ColumnLabel], labels: FormLabels) -> PrintedColumns | None:
        """The columns in the form's order, strangers behind their neighbour."""
        return match_columns(_in_sequence(zone.head, known, labels), known)

    def header(self, head: Sequence[GridLine], first: GridLine, label: Tile | None) -> Sequence[GridLine]:
        """The header may stand in the first row itself, before its label."""
        before = tuple(tile for tile in first.labels if label is None or tile.left < label.left)
        return [*head, replace(first, tiles=before, labels=before, figures=0)]

    def settled(self, columns: PrintedColumns, rows: Sequence[Sequence[Tile]]) -> PrintedColumns:
        """With more figures than columns in any row, the order of none is certain."""
        if any(len(row) > len(columns.printed) > 1 for row in rows):
            return PrintedColumns(doubt="there are more figures in a row than the header has columns")
        return columns


def _in_sequence(head: Sequence[GridLine], known: Sequence[ColumnLabel], labels: FormLabels) -> list[PrintedColumn]:
    """Header cells known only by their order: the form's own order holds, and strangers stand behind their neighbour.

    Cells torn in two are one again where only together they are a label. A group that is printed before its columns
    on a line of its own would come too late in reading order; the form's tree says where it belongs.
    """
    found = _headings(head, known, labels)
    places = [place for _, place in found if place is not None]
    if len(known) > len(set(cores(known))):
        # Table 四 repeats its five columns under three headings: nothing but the count tells them apart.
        whole = sorted(cores(known)) == sorted(cores(known)[place] for place in places)
        return [PrintedColumn(None, column.printed, _above(column)) for column in known] if whole else []
    own: dict[int, PrintedColumn] = {}
    strangers: dict[int, list[PrintedColumn]] = {}
    last: int | None = None
    for text, place in found:
        # 合计 may stand for 总计, but not beside it: then it is a subtotal of its neighbours.
        if place is not None and (places.count(place) == 1 or normalise(text) == normalise(known[place].printed)):
            own[place] = PrintedColumn(None, text, _above(known[place]))
            last = place
        elif last is not None:
            strangers.setdefault(last, []).append(PrintedColumn(None, text))
    return [leaf for place in sorted(own) for leaf in (own[place], *strangers.get(place, []))]


def _headings(
    head: Sequence[GridLine], known: Sequence[ColumnLabel], labels: FormLabels
) -> list[tuple[str, int | None]]:
    """Each heading with the number of the column it is; headings over several columns are left out."""
    tokens = [tile.text for line in head for tile in line.labels]
    parents = {key.core for column in known for parent in column.parents for key in parent}
    found: list[tuple[str, int | None]] = []
    position = 0
    while position < len(tokens):
        length, column = _longest(tokens[position : position + 3], known)
        text = "".join(tokens[position : position + length])
        if column is not None or not (normalise(text) in parents or labels.is_heading(text)):
            found.append((text, column))
        position += length
    return found


def _above(column: ColumnLabel) -> tuple[str, ...]:
    return tuple(parent[0].core for parent in column.parents)


def _longest(tokens: Sequence[str], known: Sequence[ColumnLabel]) -> tuple[int, int | None]:
    """How many of the next cells are one column's label, and which column; (1, None) where they are none."""
    for length in range(1, len(tokens) + 1):
        text = "".join(tokens[:length])
        for number, column in enumerate(known):
            if similarity(text, column.keys) >= (UNNUMBERED if length == 1 else EXACT):
                return length, number
    score, number = max((similarity(tokens[0], column.keys), number) for number, column in enumerate(known))
    return 1, number if score else None
