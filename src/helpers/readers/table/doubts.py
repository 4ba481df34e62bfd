"""What makes a matched row uncertain: printed twice, figures of no row beside it, a file that breaks off."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from helpers.readers.pages.document import Tile, is_figure
from helpers.readers.table.columns import Printed
from helpers.readers.table.formlabels import FormLabels
from helpers.readers.table.grids import layout_of
from helpers.readers.table.lines import GridLine
from helpers.readers.table.matching import Match
from helpers.readers.table.placing import place_rows

# A figure that a note pushed up stands so many lines from its row at most.
_BESIDE = 3

# Between the parts of a row that a page break cut stand the lines of a repeated header.
_TORN = 12

# A table elsewhere with so many of the form's rows is the form's table again: last year's, or another body's.
_SECOND_TABLE = 3


def doubled(
    lines: Sequence[GridLine],
    chain: Sequence[Match],
    spare: Sequence[Match],
    labels: FormLabels,
    printed: dict[str, Printed],
) -> dict[str, Printed]:
    """Rows that the document prints a second time with other figures: neither is certain."""
    doubts: dict[str, Printed] = {}
    inside = {line.block for match in chain for line in match.lines}
    again = Counter(match.lines[0].block for match in spare)
    inside |= {block for block, count in again.items() if count >= _SECOND_TABLE}
    rows = {match.row.order for match in chain}
    for match in spare:
        if match.row.order not in rows or match.lines[0].block not in inside:
            continue
        other = place_rows(lines, [match], labels)
        if any(value.doubt for value in other.values()):
            continue
        for address, value in other.items():
            if value.text and value.text != printed[address].text:
                doubts[address] = Printed(doubt=f"printed twice: {printed[address].text or 'blank'} and {value.text}")
    return doubts


def orphaned(lines: Sequence[GridLine], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
    """Rows beside something that belongs to no row, where no rules tell whose it is.

    A figure without a label is a number that was wrapped, or one of the row beside it that stands higher for the
    note below it; a row that lacks figures next to a line that has some may have lost them.
    """
    doubts: dict[str, Printed] = {}
    owner = {line.index: match for match in chain for line in match.lines}
    first, last = min(owner, default=0), max(owner, default=-1)
    for line in lines[max(first - _BESIDE, 0) : last + 1 + _BESIDE]:
        if line.index in owner or layout_of(line).ruled:
            continue
        for beside in _neighbours(line.index, owner):
            columns = labels.columns[beside.row.table, beside.row.block]
            full = any(part.figures >= len(columns) for part in beside.lines)
            stray = _among_figures(line, beside)
            if not stray or all(labels.is_heading(tile.text) or labels.is_section(tile.text) for tile in stray):
                continue
            if full and (line.labels or not line.figures):
                continue
            why = f"“{' '.join(tile.text for tile in stray)}” stands beside the row"
            doubts |= {f"{beside.row.address}.{column.cell}": Printed(doubt=why) for column in columns}
    return doubts


def emptied(lines: Sequence[GridLine], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
    """Rows without a figure before a line that has some and belongs to no row: they may be the lower part of it."""
    doubts: dict[str, Printed] = {}
    taken = {line.index for match in chain for line in match.lines}
    for match in chain:
        if any(line.figures for line in match.lines):
            continue
        below = takewhile(lambda line: line.index not in taken, lines[match.last + 1 :][:_TORN])
        if any(line.figures for line in below if line.block - match.lines[-1].block <= 1):
            columns = labels.columns[match.row.table, match.row.block]
            why = Printed(doubt="its figures may stand in the row below, which has no label of its own")
            doubts |= {f"{match.row.address}.{column.cell}": why for column in columns}
    return doubts


def broken_off(lines: Sequence[GridLine], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
    """The row a file ends in, where rows are missing after it: its last figure may be half a figure."""
    last = chain[-1] if chain else None
    if last is None or last.last != lines[-1].index or last.row.order == labels.rows[-1].order:
        return {}
    columns = labels.columns[last.row.table, last.row.block]
    return {f"{last.row.address}.{c.cell}": Printed(doubt="the document breaks off in this row") for c in columns}


def _neighbours(index: int, owner: dict[int, Match]) -> list[Match]:
    above = (owner[number] for number in range(index - 1, index - 1 - _BESIDE, -1) if number in owner)
    below = (owner[number] for number in range(index + 1, index + 1 + _BESIDE) if number in owner)
    return [match for match in (next(above, None), next(below, None)) if match is not None]


def _among_figures(line: GridLine, beside: Match) -> list[Tile]:
    """What of a line stands where the row beside it has its figures; on another page, or in a stream, its figures."""
    figures = [tile for part in beside.lines if part.block == line.block for tile in part.tiles if is_figure(tile.text)]
    if not layout_of(line).located or not figures:
        return [tile for tile in line.tiles if is_figure(tile.text)]
    edge = min(tile.left for tile in figures)
    return [tile for tile in line.tiles if tile.right > edge or is_figure(tile.text)]
