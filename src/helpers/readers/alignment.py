"""The one step that all formats share: a document's grids laid against a form → cells, notes and what is uncertain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from helpers.forms import Form
from helpers.readers.document import Document, Tile, is_figure
from helpers.readers.figures import read_cell
from helpers.readers.footnotes import footnotes
from helpers.readers.labels import FormLabels, labels_of, split
from helpers.readers.lines import Line, lines_of
from helpers.readers.matching import Match, find_rows
from helpers.readers.placing import Printed, place_rows
from helpers.readers.unlabelled import place_by_header
from helpers.report import Doubt, Number

Place = tuple[int, int]

# A figure that a note pushed up stands so many lines from its row at most.
_BESIDE = 3

# Between the parts of a row that a page break cut stand the lines of a repeated header.
_TORN = 12

# A table elsewhere with so many of the form's rows is the form's table again: last year's, or another body's.
_SECOND_TABLE = 3


@dataclass(frozen=True)
class Alignment:
    """What a document says in the cells of a form.

    `rows` counts the form's rows that were found, `expected` those it has; `places` says by table from where to
    where they stood, as (block, row).
    """

    form: Form
    cells: dict[str, Number | None]
    notes: dict[str, str]
    uncertain: tuple[Doubt, ...]
    rows: int
    expected: int
    places: dict[str, tuple[Place, Place]]


def choose_form(document: Document, forms: Sequence[Form], year: int | None) -> Form:
    """The form whose row and column labels the document bears most of; the year decides between equals."""
    texts = {split(tile.text).core for line in lines_of(document) for tile in line.tiles if tile.text}

    def agreement(form: Form) -> float:
        labels = labels_of(form)
        wanted = [row.keys for row in labels.rows] + [c.keys for columns in labels.columns.values() for c in columns]
        hits = sum(any(key.core in texts for key in keys) for keys in wanted)
        return hits - 0.2 * (len(wanted) - hits) + (0.5 if year is not None and form.applies_to(year) else 0)

    return max(forms, key=lambda form: (agreement(form), form.spec.years.first))


def align(document: Document, form: Form) -> Alignment:
    """The document's figures at the form's addresses.

    Every address of the form is present; None is blank, or uncertain where `uncertain` says why. A group of rows
    that is printed as one row has its cells at the group's own address, and the rows below stay None.
    """
    labels = labels_of(form)
    lines = lines_of(document)
    chain, spare = find_rows(lines, labels)
    chain = _without_subtotals(chain)
    printed = place_rows(lines, chain, labels)
    printed |= _doubled(lines, chain, spare, labels, printed)
    printed |= _orphaned(lines, chain, labels)
    printed |= _emptied(lines, chain, labels)
    printed |= _broken_off(lines, chain, labels)
    found = len(chain)
    stood: dict[str, list[Line]] = {}
    for match in chain:
        stood.setdefault(match.row.table, []).extend(match.lines)
    taken = {line.index for match in chain for line in match.lines}
    for table in labels.unlabelled:
        cells, used = place_by_header(lines, taken, table, labels)
        printed |= {f"{table}.{name}": value for name, value in cells.items()}
        if used:
            stood[table] = used
        found += bool(cells)
    groups = [match.row.address for match in chain if match.row.group]
    expected = sum(not row.group for row in labels.rows) + len(labels.unlabelled)
    places = {
        table: (min((line.block, line.row) for line in there), max((line.block, line.row) for line in there))
        for table, there in stood.items()
    }
    aligned = _collect(form, printed, groups, found, expected, places)
    return replace(aligned, notes={**footnotes(document, form), **aligned.notes})


def _collect(
    form: Form,
    printed: dict[str, Printed],
    groups: Sequence[str],
    found: int,
    expected: int,
    places: dict[str, tuple[Place, Place]],
) -> Alignment:
    cells: dict[str, Number | None] = dict.fromkeys(form.cells)
    notes: dict[str, str] = {}
    uncertain: list[Doubt] = []
    extra = [address for address in printed if address not in form.cells]
    for address in [*form.cells, *extra]:
        if address not in printed:
            if not any(address.startswith(f"{group}.") for group in groups):
                uncertain.append(Doubt(address, "no such row was found in the document"))
            continue
        there = printed[address]
        # The cells of a group printed as one row are counted as those below it are.
        cell = form.cells.get(address) or next(
            cell for name, cell in form.cells.items()
            if name.startswith(address.rpartition(".")[0] + ".") and cell.column == address.rpartition(".")[2]
        )  # fmt: skip
        reading = read_cell(there.text, cell, there.unit)
        cells[address] = reading.value
        if reading.note:
            notes[address] = reading.note
        if doubt := there.doubt or reading.doubt:
            uncertain.append(Doubt(address, doubt))
    return Alignment(form, cells, notes, tuple(uncertain), found, expected, places)


def _without_subtotals(chain: Sequence[Match]) -> list[Match]:
    """A heading over rows is a row of its own only where it bears figures and none of its rows is printed."""
    rows = {match.row.address for match in chain if not match.row.group}
    return [
        match
        for match in chain
        if not match.row.group
        or (
            not any(row.startswith(f"{match.row.address}.") for row in rows)
            and any(line.figures or line.kind == "spanned" for line in match.lines)
        )
    ]


def _doubled(
    lines: Sequence[Line],
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


def _orphaned(lines: Sequence[Line], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
    """Rows beside something that belongs to no row, where no rules tell whose it is.

    A figure without a label is a number that was wrapped, or one of the row beside it that stands higher for the
    note below it; a row that lacks figures next to a line that has some may have lost them.
    """
    doubts: dict[str, Printed] = {}
    owner = {line.index: match for match in chain for line in match.lines}
    first, last = min(owner, default=0), max(owner, default=-1)
    for line in lines[max(first - _BESIDE, 0) : last + 1 + _BESIDE]:
        if line.index in owner or line.kind == "spanned":
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


def _emptied(lines: Sequence[Line], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
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


def _broken_off(lines: Sequence[Line], chain: Sequence[Match], labels: FormLabels) -> dict[str, Printed]:
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


def _among_figures(line: Line, beside: Match) -> list[Tile]:
    """What of a line stands where the row beside it has its figures; on another page, or in a stream, its figures."""
    figures = [tile for part in beside.lines if part.block == line.block for tile in part.tiles if is_figure(tile.text)]
    if line.kind == "ordered" or not figures:
        return [tile for tile in line.tiles if is_figure(tile.text)]
    edge = min(tile.left for tile in figures)
    return [tile for tile in line.tiles if tile.right > edge or is_figure(tile.text)]
