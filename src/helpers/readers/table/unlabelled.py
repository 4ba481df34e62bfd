"""A statutory table without row labels, whose headings alone name its cells (form table 四)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from helpers.readers.pages.document import is_figure
from helpers.readers.table.columns import Printed, PrintedColumns
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.grids import layout_of
from helpers.readers.table.lines import GridLine, Zone
from helpers.readers.table.placing import place
from helpers.readers.table.similarity import UNNUMBERED, similarity

# A figure that a note pushed up stands so many lines from its row at most.
_BESIDE = 3

# The one row of such a table may be torn by a page's end.
_ROWS = 4


def place_by_header(
    lines: Sequence[GridLine], taken: Collection[int], table: str, labels: FormLabels
) -> tuple[dict[str, Printed], list[GridLine]]:
    """The cells of `table` by their id below it, and the lines they stood on; lines in `taken` are other rows'.

    The table may be printed as one or be split by its upper headings. Empty where no heading of it is found.
    """
    known = labels.columns[table, 0]
    cells: dict[str, Printed] = {}
    used: list[GridLine] = []
    for head, rows in _zones(lines, taken, known):
        layout = layout_of(head[0])
        for row in rows:
            values = layout.figures(row.behind())
            columns = layout.columns(Zone(head, row.block, [values]), known, labels)
            if columns is None and len(values) == len(known):
                columns = PrintedColumns.in_order(known)
            columns = columns or PrintedColumns(doubt="the headings above the figures are not legible")
            if layout.scattered and len(values) < len(columns.printed):
                columns = _undisturbed(columns, row, head, lines, labels)
            for name, value in place(values, columns, layout, known).items():
                if columns.doubt is None and name not in columns.cells:
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
    lines: Sequence[GridLine], taken: Collection[int], known: Sequence[ColumnLabel]
) -> Iterator[tuple[list[GridLine], list[GridLine]]]:
    """Each header with the rows of figures below it; a header over nothing but a blank row has that."""
    tops = list(dict.fromkeys(parent for column in known for parent in column.parents))
    start = 0
    while start < len(lines):
        line = lines[start]
        if line.index in taken or not any(similarity(t.text, top) >= UNNUMBERED for t in line.labels for top in tops):
            start += 1
            continue
        head = _head(lines[start : start + layout_of(line).heading_lines], taken)
        after = start + len(head)
        rows = _rows(lines[after : after + _ROWS], taken)
        if after and lines[after - 1].figures:
            rows = [lines[after - 1]]
        if rows:
            yield head, rows
        start = max(after, start + 1)


def _head(lines: Sequence[GridLine], taken: Collection[int]) -> list[GridLine]:
    """The lines from a top heading to the first figure; in a stream of cells that line begins with a heading too."""
    head: list[GridLine] = []
    for line in lines:
        if line.index in taken or (line.figures and not line.labels) or not line.labels:
            break
        head.append(line)
        if line.figures:
            break
    return head


def _rows(lines: Sequence[GridLine], taken: Collection[int]) -> list[GridLine]:
    rows: list[GridLine] = []
    for line in lines:
        if line.index in taken or line.geometry != lines[0].geometry or (line.labels and not line.figures):
            break
        rows.append(line)
    stated = [line for line in rows if line.figures]
    return stated or rows[:1]


def _undisturbed(
    columns: PrintedColumns, row: GridLine, head: Sequence[GridLine], lines: Sequence[GridLine], labels: FormLabels
) -> PrintedColumns:
    """No columns where other figures or words stand above or below: without rules nothing tells whose they are."""
    known = {line.index for line in head} | {row.index}
    around = lines[max(row.index - _BESIDE, 0) : row.index + _BESIDE + 1]
    beside = (line for line in around if line.index not in known)
    strange = (tile.text for line in beside for tile in line.tiles if tile.text)
    if any(is_figure(text) or not (labels.is_heading(text) or labels.is_section(text)) for text in strange):
        return PrintedColumns(doubt="other words or figures stand beside the row")
    return columns
