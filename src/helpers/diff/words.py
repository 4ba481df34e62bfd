"""Figures and shares of a comparison as words, the same on the terminal and on the page."""

from __future__ import annotations

from decimal import Decimal

from helpers.diff.cells import CellChange
from helpers.report import AnnualReport, Number

MINUS = "\N{MINUS SIGN}"


def figure(value: Number | None) -> str:
    """A figure in plain digits; nothing for a blank."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)


def signed(value: Number | None) -> str:
    """A change: +12, −3, 0; nothing where there is none."""
    if value is None:
        return ""
    return ("+" if value > 0 else MINUS if value < 0 else "") + figure(-value if value < 0 else value)


def rate(entry: CellChange) -> str:
    """The change in percent of the old figure: +26.1%."""
    if entry.rate is None:
        return ""
    return f"{'+' if entry.rate > 0 else MINUS if entry.rate < 0 else ''}{abs(entry.rate):.1f}%"


def share(percent: float) -> str:
    """A share in percent, without a needless decimal."""
    return f"{percent:g}%"


def title(report: AnnualReport) -> str:
    """Whose report on which year."""
    return f"{report.body.name or '（未写明机关）'}{report.year}年"
