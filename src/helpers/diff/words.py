"""Changes and shares of a comparison as words, the same on the terminal and on the page."""

from __future__ import annotations

from helpers.diff.cells import CellChange
from helpers.digits import sign, signed
from helpers.report import AnnualReport


def change(entry: CellChange) -> str:
    """New less old: +12, −3, 0; nothing where there is none."""
    return "" if entry.change is None else signed(entry.change)


def rate(entry: CellChange) -> str:
    """The change in percent of the old figure: +26.1%."""
    return "" if entry.rate is None else f"{sign(entry.rate)}{abs(entry.rate):.1f}%"


def share(percent: float) -> str:
    """A share in percent, without a needless decimal."""
    return f"{percent:g}%"


def title(report: AnnualReport) -> str:
    """Whose report on which year."""
    return f"{report.body.name or '（未写明机关）'}{report.year}年"
