"""The figures of a data file: what is certain is read, everything else refused."""

from __future__ import annotations

import re
from decimal import Decimal

from helpers.digits import BLANK, whole_number
from helpers.forms.spec import Kind
from helpers.report import Number

FACTORS = {"元": Decimal("0.0001"), "万元": Decimal(1), "亿元": Decimal(10_000)}
"""Amounts are held in 万元."""

_NOTE = re.compile(r"^(?P<figure>[^()]*?)\((?P<note>.+)\)$", re.DOTALL)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$", re.ASCII)
_WHOLE = re.compile(r"^[+-]?\d+$", re.ASCII)
_DECIMAL = re.compile(r"^[+-]?\d+(\.\d+)?$", re.ASCII)
_AMOUNT = re.compile(r"^(?P<figure>[+-]?[\d,]+(\.\d+)?)(?P<unit>元|万元|亿元)$", re.ASCII)
_ENDLESS = re.compile(r"[\d,.]{21}", re.ASCII)
"""More than any figure has, separators included; longer is a slip of the keyboard."""

# Not NFKC: it turns the footnote marks of 22① and 5² into digits, and with them 22 into 221.
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x2212: "-",
    0xFEFF: None,
    0x200B: None,
}


class Unreadable(ValueError):  # noqa: N818 - it names the figure's state, callers turn it into an InputError
    """A figure that has no certain meaning: `expected` says what would have been read, `remedy` what to do."""

    def __init__(self, expected: str, remedy: str) -> None:
        super().__init__(expected)
        self.expected = expected
        self.remedy = remedy


def fold(text: str) -> str:
    """Full-width digits, signs and brackets as ASCII, white space (also full-width and no-break) trimmed."""
    return text.translate(_FOLDED).strip()


def read_figure(text: str, kind: Kind) -> tuple[Number | None, str | None]:
    """The value and the note in one cell's `text`; a blank is (None, None).

    `22（其中修订16件）` is 22 with a note. Thousands separators are read only where they stand every three digits.
    A decimal cell takes an amount with its unit (`6.03亿元` is 60300 万元, and the printed form becomes the note).
    Raises Unreadable for text or a fraction in a count, a negative where nothing is signed, a misplaced comma.
    """
    folded = fold(text)
    note = None
    if match := _NOTE.match(folded):
        note = _original_note(text)
        folded = match["figure"].strip()
        if folded in BLANK:
            raise Unreadable("a figure before the note", "Write the figure first, the note in brackets behind it.")
    if folded in BLANK:
        return None, None
    if _ENDLESS.search(folded):
        raise Unreadable("a figure of at most 20 digits", "Correct the figure.")
    if kind == "decimal" and (amount := _AMOUNT.match(folded)):
        value = _decimal(amount["figure"]) * FACTORS[amount["unit"]]
        return _stated(value.normalize()), note or text.strip()
    number = _ungroup(folded)
    if kind == "decimal":
        if not _DECIMAL.match(number):
            raise Unreadable("a decimal figure in 万元", "Write digits only, or an amount with 元, 万元 or 亿元.")
        return _stated(Decimal(number)), note
    if not _WHOLE.match(number):
        if _DECIMAL.match(number):
            raise Unreadable("a whole number", "Counts have no fraction; correct the figure.")
        raise Unreadable("a whole number", "Write digits only; explanations go into （…） behind the figure.")
    try:
        count = whole_number(number)
    except ValueError:
        raise Unreadable("a whole number of at most 18 digits", "Correct the figure.") from None
    if number.startswith("-") and kind != "signed":
        raise Unreadable("a whole number of 0 or more", "Only 本年增/减 is signed; correct the figure.")
    return count, note


def _original_note(text: str) -> str:
    """The note as it was typed: what stands between the first bracket and the last."""
    opening = next(position for position, char in enumerate(text) if char in "（(")
    return text[opening + 1 : max(text.rfind("）"), text.rfind(")"))].strip()


def _ungroup(text: str) -> str:
    if "," not in text:
        return text
    if not _GROUPED.match(text):
        raise Unreadable("thousands separators every three digits", "Remove the commas.")
    return text.replace(",", "")


def _decimal(text: str) -> Decimal:
    return Decimal(_ungroup(text))


def _stated(value: Decimal) -> Decimal:
    """The amount as it is kept: -0 is 0."""
    if value < 0:
        raise Unreadable("an amount of 0 or more", "Correct the sign.")
    return value + 0
