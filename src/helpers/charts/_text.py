"""How wide a text is, where it breaks, how a figure is written. Widths come from the font's own advance widths."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from matplotlib.ft2font import FT2Font, LoadFlags

from helpers.digits import MINUS, digits, percent
from helpers.faces import SANS
from helpers.report import Number

_TOKEN = re.compile(r"[A-Za-z0-9.%+\-/]+(?:万元|件|项|年)?|.")  # words, figures with their unit, characters
_NOT_FIRST = "，。、；：！？）》」』”’…％·—"
_NOT_LAST = "（《「『“‘"

UNSTATED = "未填报"
"""What stands where a figure should: blank is not zero."""


@cache
def _font() -> FT2Font:
    return FT2Font(str(SANS.path))


@cache
def _advance(char: str) -> float:
    """Advance width in ems; what the font lacks is taken as full width, the widest a substitute will be."""
    font = _font()
    if not font.get_char_index(ord(char)):
        return 1.0
    return font.load_char(ord(char), LoadFlags.NO_SCALE).horiAdvance / font.units_per_EM


def width(text: str, size: float) -> float:
    """The width of one line of `text` at `size` points."""
    return size * sum(_advance(char) for char in text)


def tidy(text: str) -> str:
    """`text` on one line, without characters that XML cannot hold."""
    return "".join(char for char in " ".join(text.split()) if char.isprintable())


def wrap(text: str, limit: float, size: float) -> tuple[str, ...]:
    """`text` in as few lines of at most `limit` points as it needs, evenly filled; no line begins with a comma."""
    lines = tuple(_fill(text, limit, size))
    if len(lines) < 2:
        return lines
    narrower = max(width(text, size) / len(lines), limit / 2)
    while narrower < limit:
        even = tuple(_fill(text, narrower, size))
        if len(even) == len(lines):
            return even
        narrower += size / 2
    return lines


def _fill(text: str, limit: float, size: float) -> Iterator[str]:
    line: list[str] = []
    words = _TOKEN.findall(text)
    for token in (piece for word in words for piece in ((word,) if width(word, size) <= limit else word)):
        if line and width("".join([*line, token]), size) > limit:
            carried: list[str] = []
            while len(line) > 1 and ((carried or [token])[0][0] in _NOT_FIRST or line[-1] in _NOT_LAST):
                carried.insert(0, line.pop())
            yield "".join(line).strip()
            line = carried
        line.append(token)
    if line:
        yield "".join(line).strip()


def figure(value: Number | None) -> str:
    """A figure as the statutory tables print it, with a minus sign that stands at the height of its digits."""
    return UNSTATED if value is None else digits(value).replace("-", MINUS)


def share(part: Number | None, whole: Number | None) -> Decimal | None:
    """`part` of `whole` in per cent to two decimals, half up; None where either is blank or the whole is zero."""
    return None if part is None or not whole else percent(part, whole)


def change(now: Number | None, before: Number | None) -> str:
    """This year against last year in words, e.g. 比上年增长6.13%; empty where there is no base to compare with."""
    if now is None or not before:
        return ""
    if now == before:
        return "与上年持平"
    return f"比上年{'增长' if now > before else '下降'}{abs(percent(now - before, before))}%"
