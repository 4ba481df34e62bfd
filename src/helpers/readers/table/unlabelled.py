"""A statutory table without row labels, whose headings alone name its cells (form table 四)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from helpers.readers.pages.document import Tile, is_figure
from helpers.readers.table.columns import Slots, read_header
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.labels import UNNUMBERED, similarity
from helpers.readers.table.lines import Line
from helpers.readers.table.placing import Printed, place
from helpers.readers.table.unruled import placed_slots

# A figure that a note pushed up stands so many lines from its row at most.
_BESIDE = 3

# Three lines of headings, each in up to three printed lines where there are no rules; one cell a line, thirty.
_HEAD = {"spanned": 6, "placed": 16, "ordered": 40}


def place_by_header(
    lines: Sequence[Line], taken: Collection[int], table: str, labels: FormLabels
) -> tuple[dict[str, Printed], list[Line]]:
    """The cells of `table` by their id below it, and the lines they stood on; lines in `taken` are other rows'.

    The table may be printed as one or be split by its upper headings. Empty where no heading of it is found.
    """
    known = labels.columns[table, 0]
    cells: dict[str, Printed] = {}
    used: list[Line] = []
    for head, rows in _zones(lines, taken, known):
        for row in rows:
            values = _values(row)
            slots = _slots(head, row, values, known, labels)
            if row.kind == "placed" and len(values) < len(slots.ids) and _disturbed(row, head, lines, labels):
                slots = Slots((), doubt="other words or figures stand beside the row")
            here = place(values, slots, row.kind, known)
            for name, value in here.items():
                if slots.doubt is None and name not in slots.ids:
                    continue
                before = cells.get(name)
                if before is not None and before.text and value.text and before.text != value.text:
                    value = Printed(doubt=f"printed twice: {before.text} and {value.text}")
                if before is None or value.text or value.doubt:
                    cells[name] = value
            used += [*head, row]
    if cells:
        for column in known:
            cells.setdefault(column.cell, Printed(doubt="the document has no such column"))
    return cells, used


def _zones(
    lines: Sequence[Line], taken: Collection[int], known: Sequence[ColumnLabel]
) -> Iterator[tuple[list[Line], list[Line]]]:
    """Each header with the rows of figures below it; a header over nothing but a blank row has that."""
    tops = list(dict.fromkeys(parent for column in known for parent in column.parents))
    start = 0
    while start < len(lines):
        line = lines[start]
        if line.index in taken or not any(similarity(t.text, top) >= UNNUMBERED for t in line.labels for top in tops):
            start += 1
            continue
        head = _head(lines[start:], taken)
        after = start + len(head)
        rows = _rows(lines[after:], taken, head[0].kind)
        if after and lines[after - 1].figures:
            rows = [lines[after - 1]]
        if rows:
            yield head, rows
        start = max(after, start + 1)


def _head(lines: Sequence[Line], taken: Collection[int]) -> list[Line]:
    """The lines from a top heading to the first figure; in a stream of cells that line begins with a heading too."""
    head: list[Line] = []
    for line in lines[: _HEAD[lines[0].kind]]:
        if line.index in taken or (line.figures and not line.labels) or not line.labels:
            break
        head.append(line)
        if line.figures:
            break
    return head


def _rows(lines: Sequence[Line], taken: Collection[int], kind: str) -> list[Line]:
    rows: list[Line] = []
    for line in lines[:4]:
        if line.index in taken or line.kind != kind or (line.labels and not line.figures):
            break
        if line.figures or (kind != "placed" and not line.labels):
            rows.append(line)
    stated = [line for line in rows if line.figures]
    return stated or rows[:1]


def _disturbed(row: Line, head: Sequence[Line], lines: Sequence[Line], labels: FormLabels) -> bool:
    """Whether a row that lacks figures has some above or below it: without rules nothing tells whose they are."""
    known = {line.index for line in head} | {row.index}
    beside = (line for line in lines if abs(line.index - row.index) <= _BESIDE and line.index not in known)
    strange = (tile.text for line in beside for tile in line.tiles if tile.text)
    return any(is_figure(text) or not (labels.is_heading(text) or labels.is_section(text)) for text in strange)


def _values(line: Line) -> tuple[Tile, ...]:
    tiles = line.behind(None) if line.labels else line.tiles
    return tuple(tile for tile in tiles if is_figure(tile.text)) if line.kind == "placed" else tiles


def _slots(
    head: Sequence[Line], row: Line, values: Sequence[Tile], known: Sequence[ColumnLabel], labels: FormLabels
) -> Slots:
    if row.kind == "placed":
        slots = placed_slots(head, [values], known, labels)
    else:
        slots = read_header(head, known, -1.0, labels)
        if slots is not None and head[0].block != row.block:
            slots = Slots(slots.ids, (), slots.headers)
    if slots is None and len(values) == len(known):
        slots = Slots(tuple(column.cell for column in known))
    return slots or Slots((), doubt="the headings above the figures are not legible")
