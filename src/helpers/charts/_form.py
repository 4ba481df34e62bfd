"""What the form calls its rows and columns, and a report's figures where they may be missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.forms import Form
from helpers.report import AnnualReport, Number


@dataclass(frozen=True)
class ShortNames:
    """Address parts of a table's rows and columns → their short names, numbering dropped, groups included."""

    rows: Mapping[str, str]
    columns: Mapping[str, str]

    def below(self, group: str = "") -> tuple[str, ...]:
        """The rows directly in `group` (or at the top), in the form's order."""
        depth = group.count(".") + 1 if group else 0
        return tuple(row for row in self.rows if row.count(".") == depth and (not group or row.startswith(f"{group}.")))


def names(form: Form, table: str) -> ShortNames:
    """The names in `table`; empty where the form has no such table."""
    inside = {address: heading for address, heading in form.headings.items() if address.startswith(f"{table}.")}
    rows = {a.removeprefix(f"{table}."): h.name for a, h in inside.items() if h.role in ("row", "group")}
    columns = {a.removeprefix(f"{table}.*."): h.name for a, h in inside.items() if h.role == "column"}
    return ShortNames(rows, columns)


def stated(report: AnnualReport | None, address: str) -> Number | None:
    """The figure, or None: blank, not on the form, or no report."""
    if report is None:
        return None
    try:
        return report.value(address)
    except KeyError:
        return None


def on_form(report: AnnualReport, *addresses: str) -> bool:
    """Whether every address is a cell of the report's form, or a group of cells."""
    try:
        return all(report.contributors(address) for address in addresses)
    except KeyError:
        return False


def history(report: AnnualReport) -> tuple[AnnualReport, ...]:
    """The report and those before it that are at hand, oldest first, five years at most."""
    chain = [report]
    while chain[0].previous is not None and len(chain) < 5:
        chain.insert(0, chain[0].previous)
    return tuple(chain)
