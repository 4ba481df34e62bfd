"""A statutory table as HTML: a real table, every figure tied to its headings by id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from helpers.display import escape
from helpers.forms import Band, Slot
from helpers.report import AnnualReport
from helpers.tables.text import caption, figure, notes

WIDE = 6
"""Columns that still fit a telephone's width; a wider table scrolls within its frame."""


@dataclass(frozen=True)
class Placed:
    """A slot with the rectangle it takes in its band, and the id other cells refer to it by."""

    slot: Slot
    row: int
    column: int
    id: str

    @property
    def rows(self) -> range:
        """The lines it covers."""
        return range(self.row, self.row + self.slot.rowspan)

    @property
    def columns(self) -> range:
        """The columns it covers."""
        return range(self.column, self.column + self.slot.colspan)


def as_html(report: AnnualReport, name: str) -> str:
    """The table with caption, `th` with scope and id, `td` with headers, and its notes under it."""
    table = report.form.tables[name]
    table_notes = notes(report, name)
    label = f"{name}-caption"
    lines = [f'<div class="table-frame" role="region" aria-labelledby="{label}" tabindex="0">']
    wide = " wide" if table.width > WIDE else ""
    lines.append(f'<table class="statutory{wide}" id="table-{name}">')
    lines.append(f'<caption id="{label}">{escape(caption(report, name))}</caption>')
    total = sum(table.widths)
    columns = "".join(f'<col style="width:{100 * width / total:.4g}%">' for width in table.widths)
    lines.append(f"<colgroup>{columns}</colgroup>")
    for number, band in enumerate(table.bands):
        lines += _band(report, f"{name}-{number}", band, alone=len(table.bands) == 1)
    lines.append("</table></div>")
    if table_notes:
        items = "".join(f'<li id="note-{address}">{escape(text)}</li>' for address, text in table_notes)
        lines.append(f'<div class="table-notes"><p>注：</p><ol>{items}</ol></div>')
    return "\n".join(lines)


def place(prefix: str, band: Band) -> list[Placed]:
    """Every slot of a band with its position, spans taken into account; rows count through head and body."""
    taken: set[tuple[int, int]] = set()
    placed = []
    for row, line in enumerate((*band.head, *band.body)):
        column = 0
        for slot in line:
            while (row, column) in taken:
                column += 1
            here = Placed(slot, row, column, f"{prefix}-{row}-{column}")
            taken |= {(r, c) for r in here.rows for c in here.columns}
            placed.append(here)
    return placed


@lru_cache(maxsize=64)
def _lines(prefix: str, band: Band) -> tuple[tuple[tuple[Placed, str], ...], ...]:
    """The band's lines; every slot with the ids of its headings. The same for all reports of a form, so made once."""
    placed = place(prefix, band)
    return tuple(
        tuple((item, " ".join(head.id for head in placed if _heads(head, item))) for item in placed if item.row == row)
        for row in range(len(band.head) + len(band.body))
    )


def _band(report: AnnualReport, prefix: str, band: Band, alone: bool) -> Iterator[str]:
    yield "<thead>" if alone else "<tbody>"
    for row, line in enumerate(_lines(prefix, band)):
        if alone and row == len(band.head):
            yield "</thead>\n<tbody>"
        yield "<tr>" + "".join(_slot(report, item, headers) for item, headers in line) + "</tr>"
    yield "</tbody>"


def _slot(report: AnnualReport, item: Placed, headers: str) -> str:
    slot = item.slot
    spans = f' colspan="{slot.colspan}"' if slot.colspan > 1 else ""
    spans += f' rowspan="{slot.rowspan}"' if slot.rowspan > 1 else ""
    if slot.address is None:
        wide, tall = slot.colspan > 1, slot.rowspan > 1
        scope = ("rowgroup" if tall else "row") if slot.role == "row" else "colgroup" if wide else "col"
        return f'<th id="{item.id}" scope="{scope}"{spans} class="{slot.role}">{escape(slot.text)}</th>'
    cell = report.form.cells[slot.address]
    text = escape(figure(cell, report.cells.get(slot.address)))
    described = f' aria-describedby="note-{slot.address}" class="noted"' if slot.address in report.notes else ""
    return f'<td headers="{headers}" data-cell="{slot.address}"{spans}{described}>{text}</td>'


def _heads(head: Placed, cell: Placed) -> bool:
    if head.slot.role == "row":
        return cell.row in head.rows
    return head.slot.role in ("column", "banner") and cell.column in head.columns
