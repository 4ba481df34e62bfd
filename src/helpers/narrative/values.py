"""Figures as the prose states them: values that know their unit, read strictly and printed exactly."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from jinja2 import TemplateRuntimeError, Undefined

from helpers.digits import MAX_FRACTION


class FigureError(TemplateRuntimeError):
    """A figure used as what it is not; the renderer adds file and line and makes it a NarrativeError."""

    def __init__(self, expected: str, found: str, remedy: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found, self.remedy = expected, found, remedy


class Count(int):
    """A whole figure with its unit, label and group."""

    unit: str
    label: str
    group: str

    def __new__(cls, value: int, unit: str = "", label: str = "", group: str = "") -> Self:  # noqa: D102  # the class says it
        figure = super().__new__(cls, value)
        figure.unit, figure.label, figure.group = unit, label, group
        return figure


class Amount(Decimal):
    """A decimal figure with its unit, label and group."""

    unit: str
    label: str
    group: str

    def __new__(cls, value: Decimal, unit: str = "", label: str = "", group: str = "") -> Self:  # noqa: D102  # the class says it
        figure = super().__new__(cls, value)
        figure.unit, figure.label, figure.group = unit, label, group
        return figure


def figure(value: int | Decimal, unit: str = "", label: str = "", group: str = "") -> Count | Amount:
    """`value` with what is known about it."""
    kind = Amount if isinstance(value, Decimal) else Count
    return kind(value, unit, label, group)  # type: ignore[arg-type]


def unit_of(value: object) -> str:
    """The unit a figure is kept in; empty where it has none."""
    return str(getattr(value, "unit", ""))


def number(value: object, expected: str = "a figure") -> int | Decimal:
    """`value` where it is a figure, else FigureError; a name without a figure speaks for itself."""
    if isinstance(value, Undefined):
        str(value)
    if isinstance(value, float):
        return Decimal(str(value))
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise FigureError(expected, describe(value), "Name a cell or an indicator, e.g. requests.received.total.")
    return value


def describe(value: object) -> str:
    """What a template put where a figure belongs, in words."""
    if isinstance(value, str):
        return f"the text “{value}”"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return repr(value)


def digits_of(value: int | Decimal) -> str:
    """`value` in plain digits, never in powers of ten; a quotient left unrounded is FigureError."""
    if isinstance(value, int):
        return int.__repr__(value)
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int) or -exponent > MAX_FRACTION:
        raise FigureError(
            "a figure that can be printed", f"{value:.8f}…", "Round it: `| rounded(1)`, or use `| share`."
        )
    return f"{value:f}"
