"""The figures of matched rows, placed in the form's columns: table by table, header by header, page by page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import mode

from helpers.readers.pages.document import Tile, is_figure
from helpers.readers.table.columns import Edges, Slots, read_header
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.lines import Line
from helpers.readers.table.matching import Match
from helpers.readers.table.unruled import continued_slots, placed_slots

# A header of a statutory table has three lines; in a layout without rules it may take a dozen.
_HEAD = 14

_UNIT = re.compile(r"[（(](?:单位[:：]?)?\s*(亿元|万元|元)[）)]")


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document prints for one cell: its text, the amount's unit if the header names one, or a doubt."""

    text: str = ""
    unit: str | None = None
    doubt: str | None = None


def place_rows(lines: Sequence[Line], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
    """Every cell of the matched rows, by address."""
    cells: dict[str, Printed] = {}
    end = -1
    for (table, block), found in groupby(chain, key=lambda match: (match.row.table, match.row.block)):
        matches = list(found)
        known = labels.columns[table, block]
        head = head_of(lines, matches[0].first, end, labels)
        segments = dict(_segments(lines, matches, head, known, labels))
        for match in matches:
            texts = _row(match, segments, known)
            for column in known:
                cells[f"{match.row.address}.{column.cell}"] = texts[column.cell]
        end = matches[-1].last
    return cells


def head_of(lines: Sequence[Line], first: int, after: int, labels: FormLabels) -> list[Line]:
    """The lines above a block's first row that can be its header: no figures, and nothing of the block before.

    A row cut by a page break may leave a piece of itself below the repeated header; a header line has a heading.
    """
    head: list[Line] = []
    for line in reversed(lines[max(after + 1, first - _HEAD) : first]):
        if line.figures:
            break
        if line.kind == "ordered" or any(labels.is_heading(tile.text) for tile in line.labels):
            head.append(line)
    return head[::-1]


def _segments(
    lines: Sequence[Line],
    matches: Sequence[Match],
    head: Sequence[Line],
    known: Sequence[ColumnLabel],
    labels: FormLabels,
) -> Iterator[tuple[int, Slots]]:
    """The columns in every grid the block's rows stand in; a grid without a header goes on with the last one's."""
    inherited: Slots | None = None
    columns = {column.cell for column in known}
    blocks = dict.fromkeys(line.block for match in matches for line in match.lines)
    for number, block in enumerate(blocks):
        inside = [(match, line) for match in matches for line in match.lines if line.block == block]
        first = inside[0][1].index
        own = [
            line
            for line in (head if number == 0 else head_of(lines, first, first - _HEAD, labels))
            if line.block == block
        ]
        if number == 0:
            own = own or list(head)
        stub = _stub(inside) if own and own[0].block == block else -1.0
        if inside[0][1].kind == "ordered" and number == 0:
            own = [*own, _before_label(inside[0])]
        slots = read_header(own, known, stub, labels)
        if slots and own[0].block != block:
            slots = Slots(slots.ids, (), slots.headers)
        if number == 0 and len(own) < len(head) and (slots is None or not columns <= set(slots.ids)):
            # A page break may cut the header too: what stands above it on the page before belongs to it.
            whole = read_header(head, known, stub, labels)
            slots = Slots(whole.ids, (), whole.headers) if whole and columns <= set(whole.ids) else slots
        if inside[0][1].kind == "placed":
            rows = [_figures(_values(match, line)) for match, line in inside]
            if own or inherited is None:
                slots = placed_slots(own, rows, known, labels)
            else:
                slots = continued_slots(inherited, rows)
        slots = slots or (Slots(inherited.ids, (), inherited.headers) if inherited else None)
        slots = slots or Slots(tuple(column.cell for column in known))
        if inside[0][1].kind == "ordered" and any(
            len(_values(match, line)) > len(slots.ids) > 1 for match, line in inside
        ):
            slots = Slots((), doubt="there are more figures in a row than the header has columns")
        inherited = slots if not slots.doubt else inherited
        yield block, _with_edges(slots, inside)


def _stub(inside: Sequence[tuple[Match, Line]]) -> float:
    """Where the row labels end: in most rows, for a wrong rowspan moves single ones."""
    ends = [match.label.right for match, line in inside if match.label and line.kind == "spanned"]
    return mode(ends) if ends else -1.0


def _before_label(first: tuple[Match, Line]) -> Line:
    """In a stream of cells the header may stand in the first row itself, before its label."""
    match, line = first
    before = [tile for tile in line.labels if match.label is None or tile.left < match.label.left]
    return Line(line.index, line.block, line.row, line.kind, tuple(before), tuple(before), 0)


def _values(match: Match, line: Line) -> tuple[Tile, ...]:
    label = match.label if match.label is not None and any(tile is match.label for tile in line.tiles) else None
    return line.behind(label)


def _figures(tiles: Iterable[Tile]) -> tuple[Tile, ...]:
    return tuple(tile for tile in tiles if is_figure(tile.text))


def _with_edges(slots: Slots, inside: Sequence[tuple[Match, Line]]) -> Slots:
    """Rows with every figure show where the columns are, better than a header of other widths."""
    full = [values for match, line in inside if len(values := _values(match, line)) == len(slots.ids)]
    if slots.doubt or not full or inside[0][1].kind == "ordered":
        return slots
    edges = [(min(t.left for t in column), max(t.right for t in column)) for column in zip(*full, strict=True)]
    if all(left[1] <= right[0] + 1e-6 for left, right in pairwise(edges)):
        return Slots(slots.ids, tuple(edges), slots.headers)
    return slots


def _row(match: Match, segments: dict[int, Slots], known: Sequence[ColumnLabel]) -> dict[str, Printed]:
    """One row's cells; a row that a page break cut takes each figure from whichever part has it."""
    # A line that bears only a piece of the label has nothing to place.
    lines = [line for line in match.lines if line.figures] or match.lines
    parts = [place(_values(match, line), segments[line.block], line.kind, known) for line in lines]
    return {column.cell: _merge([part[column.cell] for part in parts]) for column in known}


def _merge(parts: Sequence[Printed]) -> Printed:
    stated = [part for part in parts if part.text or part.doubt]
    if len(stated) > 1 and all(part.text for part in stated):
        return Printed(doubt="two figures stand in it: " + " / ".join(part.text for part in stated))
    return next((part for part in stated if part.doubt), stated[0] if stated else Printed())


def place(values: Sequence[Tile], slots: Slots, kind: str, known: Sequence[ColumnLabel]) -> dict[str, Printed]:
    """The cells right of a row's label, by column id: in order where their number is the header's, else by place."""
    columns = [column.cell for column in known]
    if slots.doubt:
        return {column: Printed(doubt=slots.doubt) for column in columns}
    units = {name: match[1] for name, text in _headed(slots) if (match := _UNIT.search(text))}
    if kind == "placed" and any(not is_figure(tile.text) for tile in values):
        return {column: Printed(doubt=f"“{_joined(values)}” stands beside the figures") for column in columns}
    if kind == "placed" and not values:
        return dict.fromkeys(columns, Printed())
    stated = [tile for tile in values if tile.text]
    if len(slots.ids) == 1 and len(known) == 1 and len(stated) == 1:
        return {columns[0]: Printed(stated[0].text, units.get(columns[0]))}
    in_order = len(values) == len(slots.ids) and not _shifted(values, slots)
    placed = dict(zip(range(len(values)), values, strict=True)) if in_order else _by_place(values, slots, kind)
    if placed is None:
        why = f"{len(values)} cells where the header has {len(slots.ids)} columns"
        return {column: Printed(doubt=why) for column in columns}
    cells: dict[str, Printed] = {}
    for column in columns:
        if column not in slots.ids:
            cells[column] = Printed(doubt="the document has no such column")
            continue
        tile = placed.get(slots.ids.index(column))
        if tile is not None and tile.above and tile.text:
            cells[column] = Printed(doubt=f"“{tile.text}” spans several rows")
        else:
            cells[column] = Printed(tile.text if tile else "", units.get(column))
    return cells


def _headed(slots: Slots) -> Iterator[tuple[str, str]]:
    for name, text in zip(slots.ids, slots.headers, strict=False):
        if name:
            yield name, text


def _joined(values: Sequence[Tile]) -> str:
    return " ".join(tile.text for tile in values if not is_figure(tile.text))


def _shifted(values: Sequence[Tile], slots: Slots) -> bool:
    """Whether a blank cell that belongs to the label was counted for one that is missing at the end."""
    if not slots.edges or not values or values[0].text:
        return False
    return values[0].right <= slots.edges[0][0]


def _by_place(values: Sequence[Tile], slots: Slots, kind: str) -> dict[int, Tile] | None:
    """Column number → cell, by where the cell stands; None where a figure stands in no column or in several."""
    if kind == "ordered" or not slots.edges:
        return None
    if kind == "spanned" and max((tile.right for tile in values), default=0) < slots.edges[-1][1] - 1e-6:
        # The row ends early: a cell is missing, and nothing says which.
        return None
    placed: dict[int, Tile] = {}
    for tile in values:
        over = [number for number, edges in enumerate(slots.edges) if _covers(tile, edges)]
        if kind == "placed" and not over:
            over = _nearest(tile, slots.edges)
        if not tile.text:
            continue
        if len(over) != 1 or over[0] in placed:
            return None
        placed[over[0]] = tile
    return placed


def _covers(tile: Tile, edges: Edges) -> bool:
    return min(tile.right, edges[1]) - max(tile.left, edges[0]) > 1e-6


def _nearest(tile: Tile, edges: Sequence[Edges]) -> list[int]:
    """The one column that is much nearer than any other, if there is one."""
    middle = (tile.left + tile.right) / 2
    ranked = sorted((abs(middle - (left + right) / 2), number) for number, (left, right) in enumerate(edges))
    return [ranked[0][1]] if len(ranked) > 1 and ranked[0][0] * 3 < ranked[1][0] else []
