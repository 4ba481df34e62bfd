"""The words of a table, the same in every format: its caption, its figures, its notes."""

from __future__ import annotations

from helpers.digits import digits
from helpers.forms import Cell
from helpers.report import AnnualReport, Number


def figure(cell: Cell, value: Number | None) -> str:
    """A figure as the form prints it: no separators, `+24` for a change, the unit where the heading has none.

    Amounts keep the decimals they were stated with; a blank is an empty string, never 0.
    """
    if value is None:
        return ""
    text = f"+{digits(value)}" if cell.kind == "signed" and value > 0 else digits(value)
    return text + cell.unit if cell.print_unit else text


def caption(report: AnnualReport, name: str) -> str:
    """Title, year, and the unit where all cells share one."""
    table = report.form.tables[name]
    units = {cell.unit for cell in table.cells}
    unit = f"，单位：{units.pop()}" if len(units) == 1 else ""
    return f"{table.title}（{report.year}年{unit}）"


def notes(report: AnnualReport, name: str) -> list[tuple[str, str]]:
    """Address and printed text of every note on the table's cells, in the order of the cells."""
    return [
        (cell.address, f"{'－'.join(cell.row_labels)}·{cell.column_label}：{report.notes[cell.address]}")
        for cell in report.form.tables[name].cells
        if cell.address in report.notes
    ]


def as_text(report: AnnualReport, name: str) -> str:
    """The caption and a line for each row, label and figures apart by tabs: for a terminal or a spreadsheet."""
    table = report.form.tables[name]
    lines = [caption(report, name), "\t".join(["", *table.columns.values()])]
    for cells in table.rows.values():
        printed = {cell.column: figure(cell, report.cells.get(cell.address)) for cell in cells}
        lines.append("\t".join([cells[0].row_label, *(printed.get(column, "") for column in table.columns)]))
    return "\n".join(lines)
