"""How wide the columns of a table may have to be, so that print measures only what could be the widest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from helpers.hypertext.illustrating import ANY_WIDTH, PICTURES, extent
from helpers.hypertext.inline import IDEOGRAPHS, partable
from helpers.hypertext.lattice import Laid, Lattice

ROOM = 48.0
"""Widths of a Chinese character in the text's 156 mm, in the size of tables."""

GUTTER = 0.9
"""What a cell has beside its content, in the same unit."""

LONG = 80
"""A cell of more such widths may need more lines than a page has room for."""

NARROWEST = 60.0
"""Points to which a picture in a cell may shrink before the table is turned or split."""

_CANDIDATES = 24
_NARROW = re.compile(r"[0-9a-z .,:;()\[\]|!'/\\-]")
_IDEOGRAPHS = re.compile(rf"[{IDEOGRAPHS}]")
_DIGITS = str.maketrans("123456789", "000000000")
_WORDS = re.compile(r"[\s\u200b]+")
_BREAKING = ("br", "p", "div", "li", "tr", "pre")
_SOLID = ("img", "svg", "table", "math")


@dataclass(frozen=True)
class Widths:
    """Of each column the words and the lines that may be its widest, and the points that a picture or the like takes;
    of cells over several the widest word."""

    needs: tuple[tuple[str | float, ...], ...]
    wants: tuple[tuple[str | float, ...], ...]
    spans: tuple[tuple[int, int, str], ...]


def width(text: str) -> float:
    """At most so many widths of a Chinese character: small letters and figures have two thirds of one, or less."""
    return len(text) - 0.34 * len(_NARROW.findall(text))


def fits(laid: Lattice) -> bool:
    """Whether every cell fits in one line beside the others, whatever the face."""
    widest = [0.0] * laid.columns
    for cell in laid.cells:
        if len(cell.element) and any(True for _ in cell.element.iter(*_SOLID)):
            return False
        share = width(cell.text) / cell.width
        for x in range(cell.x, cell.x + cell.width):
            widest[x] = max(widest[x], share)
    return sum(widest) + GUTTER * laid.columns <= ROOM and not any(map(is_long, laid.cells))


def is_long(cell: Laid) -> bool:
    """Whether a cell might be higher than a page."""
    if len(cell.text) > LONG and width(cell.text) > LONG:
        return True
    return len(cell.element) > 0 and sum(1 for _ in cell.element.iter(*_BREAKING, *_SOLID)) > 10


def widths(laid: Lattice) -> Widths:
    """The candidates of every column."""
    lines: list[set[str]] = [set() for _ in range(laid.columns)]
    solid = [0.0] * laid.columns
    spans = []
    for cell in laid.cells:
        if len(cell.element):
            solid[cell.x] = max([solid[cell.x], *map(_solid, cell.element.iter(*_SOLID))])
        text = " ".join(cell.text.split())
        if cell.width == 1:
            lines[cell.x].add(_shape(text))
        elif text:
            spans.append((cell.x, cell.width, max(_words(text), key=width, default="")))
    words = [{word for line in column for word in _words(line)} for column in lines]
    needs = tuple(_candidates(column, min(points, NARROWEST)) for column, points in zip(words, solid, strict=True))
    wants = tuple(_candidates(column, points) for column, points in zip(lines, solid, strict=True))
    return Widths(needs, wants, tuple(spans))


def _solid(element: Any) -> float:
    """The points that something other than words takes; of what stands within a drawing that is looked at alone."""
    return extent(element) if element.tag in PICTURES else ANY_WIDTH


def _shape(text: str) -> str:
    """Another text as wide: figures are all of one width, and so are ideographs."""
    return _IDEOGRAPHS.sub("国", text.translate(_DIGITS))


def _words(line: str) -> Iterator[str]:
    """What is not parted at a line's end; the typesetter parts more, so nothing is wider than these."""
    for piece in _IDEOGRAPHS.split(line):
        yield from (word for word in _WORDS.split(partable(piece)) if word)
    if _IDEOGRAPHS.search(line):
        yield "国国"


def _candidates(texts: Iterable[str], points: float) -> tuple[str | float, ...]:
    """The few that may be the widest, by the width they should have and by their mere length."""
    known = sorted(texts)
    by_width = sorted(known, key=width, reverse=True)[:_CANDIDATES]
    by_length = sorted(known, key=len, reverse=True)[: _CANDIDATES // 4]
    return (*dict.fromkeys(text for text in (*by_width, *by_length) if text), *([points] if points else []))
