"""The one step that all formats share: a document's grids laid against a form → cells, notes and what is uncertain."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.forms import Form
from helpers.readers.pages.document import Document
from helpers.readers.table.columns import Printed
from helpers.readers.table.doubts import broken_off, doubled, emptied, orphaned
from helpers.readers.table.figures import read_cell
from helpers.readers.table.footnotes import footnotes
from helpers.readers.table.formlabels import labels_of
from helpers.readers.table.grids import layout_of
from helpers.readers.table.lines import GridLine, lines_of
from helpers.readers.table.matching import Match, find_rows
from helpers.readers.table.placing import place_rows
from helpers.readers.table.similarity import split
from helpers.readers.table.unlabelled import place_by_header
from helpers.report import Doubt, Number

Spot = tuple[int, int]


@dataclass(frozen=True)
class Alignment:
    """What a document says in the cells of a form.

    `rows` counts the form's rows that were found, `expected` those it has; `places` says by table from where to
    where they stood, as (block, row).
    """

    cells: dict[str, Number | None]
    notes: dict[str, str]
    uncertain: tuple[Doubt, ...]
    rows: int
    expected: int
    places: dict[str, tuple[Spot, Spot]]


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
    printed |= doubled(lines, chain, spare, labels, printed)
    printed |= orphaned(lines, chain, labels)
    printed |= emptied(lines, chain, labels)
    printed |= broken_off(lines, chain, labels)
    found = len(chain)
    stood: dict[str, list[GridLine]] = {}
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
    places: dict[str, tuple[Spot, Spot]],
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
        cell = form.cells.get(address) or form.cells[form.groups[address][0]]
        reading = read_cell(there.text, cell, there.unit)
        cells[address] = reading.value
        if reading.note:
            notes[address] = reading.note
        if doubt := there.doubt or reading.doubt:
            uncertain.append(Doubt(address, doubt))
    return Alignment(cells, notes, tuple(uncertain), found, expected, places)


def _without_subtotals(chain: Sequence[Match]) -> list[Match]:
    """A heading over rows is a row of its own only where it bears figures and none of its rows is printed."""
    rows = {match.row.address for match in chain if not match.row.group}
    return [
        match
        for match in chain
        if not match.row.group
        or (
            not any(row.startswith(f"{match.row.address}.") for row in rows)
            and any(line.figures or layout_of(line).ruled for line in match.lines)
        )
    ]
