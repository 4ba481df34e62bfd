"""The text of one cell of a published table → its figure, its note, or why neither is certain.

A mark such as — in place of a figure is a blank, with the mark as its note; it is never 0.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from helpers.digits import MARKS
from helpers.folder.numbers import FACTORS, Unreadable, fold, read_figure
from helpers.forms import Cell
from helpers.readers.pages.document import SHOW_BRACKETS, clean
from helpers.report import Number

_BROKEN = re.compile(r"^[\d,.]*\d\s*\n\s*[\d,.]+$")
_BREAK = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*|\s*\n\s*(?=[^\x00-\x7f])")
_RAISED = re.compile(r"^(?P<figure>[^〔〕]*)〔(?P<note>[^〔〕]+)〕$", re.DOTALL)
_COUNTED = re.compile(r"^(?P<figure>[+-]?[\d,，]+(\.\d+)?)\s*(件|项|个|条|份|宗|次)(?P<rest>[（(].*)?$", re.DOTALL)
_CHANGE = re.compile(r"^(?P<word>新?增加?|减少?|取消)(?P<figure>\d+)(件|项|个|条)?$")
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}( \d{3})+(\.\d+)?$")
_ZERO = frozenset({"零", "〇", "O", "o", "○"})
_DECIMAL = re.compile(r"[\d,.]+\s*")
_STAR = re.compile(r"^(?P<figure>[+-]?[\d,.]+)(?P<note>\*{1,3}|#)$")


class FigureRead(NamedTuple):
    """What one cell says: a value or None for blank, the note printed with it, or a `doubt`."""

    value: Number | None = None
    note: str | None = None
    doubt: str | None = None


def read_cell(text: str, cell: Cell, unit: str | None = None) -> FigureRead:
    """The figure in `text`; `unit` is the amount's unit where the document's own header names one.

    Blank is None; a mark in place of a figure is None with the mark as its note; everything that has no certain
    meaning (text, a fraction in a count, figures broken apart) is None with a doubt.
    """
    # Patterns that look for a line's end among blanks take the cube of their number; here is one at a time.
    text = clean(text)
    if not text:
        return FigureRead()
    if _BROKEN.search(text):
        return FigureRead(doubt=f"the figure is broken over lines: “{' / '.join(text.split())}”")
    printed = " ".join(_BREAK.sub("", text).split())
    if printed in MARKS or fold(printed) in MARKS:
        return FigureRead(note=printed)
    if printed in _ZERO:
        return FigureRead(cell_zero(cell), note=f"原文为“{printed}”")
    note = None
    if match := _RAISED.match(printed):
        # A note that stands apart from the table says first which cell it is about.
        printed, note = match["figure"].strip(), match["note"].strip().removeprefix(f"{cell.name}：")
        note = note.translate(SHOW_BRACKETS)
        if not printed:
            return FigureRead(note=note)
    body, marks = _without_circled(printed)
    if marks and not body:
        return FigureRead(doubt=f"“{printed}” is not a figure")
    if marks:
        printed, note = body, marks
    folded = fold(printed)
    if match := _STAR.match(folded):
        folded, note = match["figure"], match["note"]
    elif match := _COUNTED.match(printed):
        folded = match["figure"] + (match["rest"] or "")
    elif match := _CHANGE.match(folded):
        note = printed
        folded = ("-" if match["word"][0] in "减取" else "+") + match["figure"]
        if cell.kind != "signed":
            return FigureRead(doubt=f"“{text}” is not a figure")
    elif cell.kind == "decimal" and _DECIMAL.fullmatch(folded.removesuffix(cell.unit)):
        # 96171.6万元 in a cell of 万元 says nothing that the cell does not.
        # What stands in the cell itself goes before what its header names (3万元 under a header in 元).
        unit = None if folded.endswith(cell.unit) else unit
        folded = folded.removesuffix(cell.unit).strip()
    elif _THOUSANDS.match(folded):
        folded = folded.replace(" ", "")
    elif folded.translate(str.maketrans("", "", " ,.+-")).isdigit() and " " in folded:
        return FigureRead(doubt=f"the figure is broken apart: “{printed}”")
    else:
        folded = printed
    if unit and unit in FACTORS and unit != cell.unit and re.fullmatch(r"[\d,.]+", fold(folded)):
        folded, note = fold(folded) + unit, note or f"{printed}{unit}"
    try:
        value, inner = read_figure(folded, cell.kind)
    except Unreadable as problem:
        return FigureRead(doubt=f"“{printed}” is not {problem.expected}")
    except ArithmeticError:
        return FigureRead(doubt=f"“{printed}” is not a figure")
    return FigureRead(value, note or inner)


def cell_zero(cell: Cell) -> Number:
    """Zero as the cell holds it."""
    value, _ = read_figure("0", cell.kind)
    assert value is not None
    return value


def _without_circled(text: str) -> tuple[str, str]:
    """Figures like ① or ² behind a figure point to a note; folding would make digits of them."""
    body = text.rstrip("".join({c for c in text if unicodedata.category(c) == "No"}))
    return body, text[len(body) :]
