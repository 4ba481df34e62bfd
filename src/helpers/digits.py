"""How a figure is written, and what people write in place of one."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext

BLANK = frozenset({"", "/", "-", "--", "—", "——", "－", "无", "×"})
"""What people leave in a cell that they do not state. None of it means 0."""

MARKS = BLANK - {""} | {"\\", "---", "———", "–", "…", "……", "*", "**", "N", "NA"}
"""The same and what else published tables have in place of a figure; a data file is refused with one of these."""

MAX_FRACTION = 6
"""Decimals a figure may print; 万元 with six of them is a hundredth of a 元, more is a quotient left unrounded."""

LONGEST = 18
"""Digits of a whole number; the state's whole budget in 元 has 14. More is a slip, and JSON rounds it."""

_DECIMAL = re.compile(rf"[+-]?\d{{1,{LONGEST}}}(\.\d{{1,{LONGEST}}})?([eE][+-]?\d)?", re.ASCII)

MINUS = "\N{MINUS SIGN}"

PRECISE = Context(prec=100, rounding=ROUND_HALF_UP)
"""Far more digits than any figure has: what is shown is rounded once, and no absurd cell overflows it."""


def digits(value: int | Decimal) -> str:
    """A figure in plain digits: no separators, no powers of ten, an amount without the noughts behind it."""
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return text.rstrip("0").rstrip(".") if "." in text else text


def sign(value: int | Decimal) -> str:
    """The sign of a change, as it is typeset; zero has none."""
    return "+" if value > 0 else MINUS if value < 0 else ""


def signed(value: int | Decimal) -> str:
    """A change: +12, −3, 0."""
    return sign(value) + digits(-value if value < 0 else value)


def half_up(value: Decimal, places: int) -> Decimal:
    """`value` rounded half up to so many decimals: 0.125 → 0.13."""
    with localcontext(PRECISE):
        return value.quantize(Decimal(1).scaleb(-places))


def percent(part: int | Decimal, whole: int | Decimal, places: int = 2) -> Decimal:
    """`part` of `whole` in per cent, rounded half up; `whole` is not zero."""
    with localcontext(PRECISE):
        return half_up(Decimal(part) * 100 / Decimal(whole), places)


def plain_number(value: int | Decimal | None) -> float | int | None:
    """A figure as JSON has it: whole where it is whole; blank is null."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def whole_number(text: str, longest: int = LONGEST) -> int:
    """The whole number that `text` writes in ASCII digits, with or without a sign; ValueError for anything else.

    For every number from strangers: bare `int` also takes １２, 1_000 and blanks around, takes quadratic time for
    long ones and fails on ² although it passes `isdigit`. No plain number has more than `longest` digits.
    """
    figures = text[1:] if text[:1] in ("+", "-") else text
    if not (figures.isascii() and figures.isdigit()) or len(figures) > longest:
        raise ValueError(f"{text[:40]!r} is no whole number of at most {longest} digits")
    return int(text)


def decimal_number(text: str) -> Decimal:
    """The number that `text` writes in ASCII digits, also in powers of ten; ValueError for anything else.

    Bare `Decimal` also takes NaN, Infinity, １２ and 1_000, and an exponent that fills the memory when it is printed.
    """
    if not _DECIMAL.fullmatch(text):
        raise ValueError(f"{text[:40]!r} is no number of at most {LONGEST} digits")
    return Decimal(text)
