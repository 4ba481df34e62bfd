"""A statutory table as Typst markup: its header repeats on every page it runs over."""

from __future__ import annotations

from helpers.display import literal, typst_text
from helpers.forms import Slot
from helpers.report import AnnualReport
from helpers.tables.text import caption, figure, notes


def as_typst(report: AnnualReport, name: str) -> str:
    """The table under its caption, notes below. The functions it calls are the document template's."""
    table = report.form.tables[name]
    widths = ", ".join(f"{width}fr" for width in table.widths)
    lines = [f"#statutory-table({literal(caption(report, name))}, ({widths},),"]
    # A header stays with the row below it. Only a lone band's is repeated over pages: one of several heads its own.
    repeated = "true" if len(table.bands) == 1 else "false"
    for band in table.bands:
        head = [_slot(report, slot) for line in band.head for slot in line]
        lines.append(f"table.header(repeat: {repeated}, " + ", ".join(head) + "),")
        lines += [_line([_slot(report, slot) for slot in line]) for line in band.body]
    lines.append(")")
    items = notes(report, name)
    if items:
        lines.append("#table-notes(" + " ".join(f"[{typst_text(text)}]," for _, text in items) + ")")
    return "\n".join(lines)


def _line(slots: list[str]) -> str:
    return ", ".join(slots) + ","


def _slot(report: AnnualReport, slot: Slot) -> str:
    if slot.address is None:
        return f"{slot.role}-head({slot.colspan}, {slot.rowspan}, {literal(slot.text)})"
    text = figure(report.form.cells[slot.address], report.cells.get(slot.address))
    return f"figure-cell({slot.colspan}, {literal(text)})"
