"""The statutory tables: a report → HTML, Typst and DataFrame, in exactly the form's shape."""

from __future__ import annotations

from helpers.display import Fragment
from helpers.errors import ParameterError
from helpers.report import AnnualReport
from helpers.stamp import piece
from helpers.tables.html import as_html
from helpers.tables.text import as_text, caption, figure, notes
from helpers.tables.typst import as_typst

__all__ = ["as_html", "as_text", "as_typst", "caption", "figure", "notes", "table"]


def table(report: AnnualReport, name: str) -> Fragment:
    """The statutory table `name` as Jupyter shows it; `report.frame(name)` is the same as a DataFrame."""
    if name not in report.form.tables:
        known = ", ".join(report.form.tables)
        raise ParameterError(f"table {name!r}", f"one of {known}", "no such table", "Correct the name.")
    return piece(report, "table", as_html(report, name), as_typst(report, name), as_text(report, name), id=name)
