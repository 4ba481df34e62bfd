"""The figures of matched rows, placed in the form's columns: table by table, header by header, page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import mode

from helpers.readers.pages.document import Tile
from helpers.readers.table.columns import Printed, PrintedColumns
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.geometry import Layout
from helpers.readers.table.grids import layout_of
from helpers.readers.table.lines import GridLine, Zone
from helpers.readers.table.matching import Match

# A header of a statutory table has three lines; in a layout without rules it may take a dozen.
_HEAD = 14


def place_rows(lines: Sequence[GridLine], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
    """Every cell of the matched rows, by address."""
    cells: dict[str, Printed] = {}
    end = -1
    for (table, block), found in groupby(chain, key=lambda match: (match.row.table, match.row.block)):
        matches = list(found)
        known = labels.columns[table, block]
        head = head_of(lines, matches[0].first, end, labels)
        columns = dict(_by_grid(lines, matches, head, known, labels))
        for match in matches:
            for cell, printed in _row(match, columns, known).items():
                cells[f"{match.row.address}.{cell}"] = printed
        end = matches[-1].last
    return cells


def head_of(lines: Sequence[GridLine], first: int, after: int, labels: FormLabels) -> list[GridLine]:
    """The lines above a block's first row that can be its header: no figures, and nothing of the block before.

    A row cut by a page break may leave a piece of itself below the repeated header; a header line has a heading.
    """
    head: list[GridLine] = []
    for line in reversed(lines[max(after + 1, first - _HEAD) : first]):
        if line.figures:
            break
        if not layout_of(line).located or any(labels.is_heading(tile.text) for tile in line.labels):
            head.append(line)
    return head[::-1]


def place(
    values: Sequence[Tile], columns: PrintedColumns, layout: Layout, known: Sequence[ColumnLabel]
) -> dict[str, Printed]:
    """The cells right of a row's label, by column id: in order where their number is the header's, else by place."""
    whole = Printed(doubt=columns.doubt) if columns.doubt else layout.whole(values)
    if whole is not None:
        return {column.cell: whole for column in known}
    stated = [tile for tile in values if tile.text]
    if len(columns.printed) == len(known) == len(stated) == 1:
        return {known[0].cell: Printed(stated[0].text, columns.printed[0].unit)}
    in_order = len(values) == len(columns.printed) and not _shifted(values, columns)
    placed = dict(enumerate(values)) if in_order else layout.by_place(values, columns)
    if placed is None:
        why = f"{len(values)} cells where the header has {len(columns.printed)} columns"
        return {column.cell: Printed(doubt=why) for column in known}
    cells = {column.cell: Printed(doubt="the document has no such column") for column in known}
    for number, column in enumerate(columns.printed):
        if column.cell:
            cells[column.cell] = _printed(placed.get(number), column.unit)
    return cells


def _printed(tile: Tile | None, unit: str | None) -> Printed:
    if tile is not None and tile.above and tile.text:
        return Printed(doubt=f"“{tile.text}” spans several rows")
    return Printed(tile.text if tile else "", unit)


def _shifted(values: Sequence[Tile], columns: PrintedColumns) -> bool:
    """Whether a blank cell that belongs to the label was counted for one that is missing at the end."""
    if not columns.edges or not values or values[0].text:
        return False
    return values[0].right <= columns.edges[0][0]


def _by_grid(
    lines: Sequence[GridLine],
    matches: Sequence[Match],
    head: Sequence[GridLine],
    known: Sequence[ColumnLabel],
    labels: FormLabels,
) -> Iterator[tuple[int, PrintedColumns]]:
    """The columns in every grid the block's rows stand in; a grid without a header goes on with the last one's."""
    before: PrintedColumns | None = None
    blocks = dict.fromkeys(line.block for match in matches for line in match.lines)
    for number, block in enumerate(blocks):
        inside = [(match, line) for match in matches for line in match.lines if line.block == block]
        match, first = inside[0]
        layout = layout_of(first)
        above = head if number == 0 else head_of(lines, first.index, first.index - _HEAD, labels)
        own: Sequence[GridLine] = [line for line in above if line.block == block]
        stub = _stub(inside) if own else -1.0
        if number == 0:
            own = layout.header(own or head, first, match.label)
        rows = [line.behind(match.label) for match, line in inside]
        columns = layout.columns(Zone(own, block, rows, stub), known, labels) if own or before is None else None
        if number == 0 and len(own) < len(head) and not _complete(columns, known):
            # A page break may cut the header too: what stands above it on the page before belongs to it.
            whole = layout.columns(Zone(head, block, rows, stub), known, labels)
            columns = whole.unplaced() if whole and _complete(whole, known) else columns
        if before is not None:
            columns = columns or (before.unplaced() if own else layout.continued(before, rows))
        columns = columns or PrintedColumns.in_order(known)
        settled = layout.settled(columns, rows)
        before = before if settled.doubt else columns
        yield block, settled


def _complete(columns: PrintedColumns | None, known: Sequence[ColumnLabel]) -> bool:
    return columns is not None and {column.cell for column in known} <= set(columns.cells)


def _stub(inside: Sequence[tuple[Match, GridLine]]) -> float:
    """Where the row labels end: in most rows, for a wrong rowspan moves single ones."""
    ends = [match.label.right for match, _ in inside if match.label]
    return mode(ends) if ends else -1.0


def _row(match: Match, columns: dict[int, PrintedColumns], known: Sequence[ColumnLabel]) -> dict[str, Printed]:
    """One row's cells; a row that a page break cut takes each figure from whichever part has it."""
    # A line that bears only a piece of the label has nothing to place.
    lines = [line for line in match.lines if line.figures] or match.lines
    parts = [place(line.behind(match.label), columns[line.block], layout_of(line), known) for line in lines]
    return {column.cell: _merge([part[column.cell] for part in parts]) for column in known}


def _merge(parts: Sequence[Printed]) -> Printed:
    stated = [part for part in parts if part.text or part.doubt]
    if len(stated) > 1 and all(part.text for part in stated):
        return Printed(doubt="two figures stand in it: " + " / ".join(part.text for part in stated))
    return next((part for part in stated if part.doubt), stated[0] if stated else Printed())
