"""What every format reader hands over: texts and grids in reading order, and nothing the form would have to explain."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from helpers.digits import MARKS

Geometry = Literal["spanned", "placed", "ordered"]
Home = tuple[int, ...]

HIDE_BRACKETS = str.maketrans("〔〕", "\x14\x15")
SHOW_BRACKETS = str.maketrans("\x14\x15", "〔〕")
"""A note travels behind its figure in 〔〕; a document's number in the note, 〔2024〕3号, has such brackets too."""

ITEM = "\x13"
"""Stands at the beginning of a text for the bullet of a list."""

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_FIGURE = re.compile(r"[+-]?(\d[\d,]*(\.\d+)?|\.\d+|[Oo零])\s*(件|项|个|条|份|宗|次|元|万元|亿元)?")
_PAGE_NUMBER = re.compile(
    r"([-—–－―]+\s*\d{1,4}\s*[-—–－―]+|第\s*\d{1,4}\s*页(\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One cell of a grid row with the stretch it covers; `above` where it began on an earlier row."""

    text: str
    left: float
    right: float
    above: bool = False


TileRow = tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; `home` is the path of containers that holds it, empty where the format has none.

    `heading` is the level of a heading where the format itself marks the text as one, `item` what stands before an
    item of a list (`- `, with the blanks of the lists around it), `marked` the text with the signs of `emphasis`.
    """

    text: str
    home: Home = ()
    heading: int = 0
    item: str = ""
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. `geometry` says what `left` and `right` of its tiles mean.

    spanned: the borders of cells, spans expanded, blank cells present; placed: where words stand on a page, so that
    a blank cell is no tile at all; ordered: nothing but the sequence.
    """

    rows: tuple[TileRow, ...]
    geometry: Geometry
    home: Home = ()


PageBlock = Text | Grid


LONGEST = 500_000
"""Characters of a report; the longest seen, of a prefecture, has 60,000."""


@dataclass(frozen=True)
class Document:
    """A file as its reader saw it: `title` is what the file calls itself, where it does.

    `own` is set for a page of this package, which marks headings as headings, so that none has to be guessed.
    """

    blocks: tuple[PageBlock, ...]
    title: str | None = None
    own: bool = False

    @property
    def characters(self) -> int:
        """How much text it has; what a cell covers of further rows counts in each."""
        grids = (block.rows if isinstance(block, Grid) else ((block,),) for block in self.blocks)
        return sum(len(piece.text) for rows in grids for row in rows for piece in row)


def printable(text: str) -> str:
    """A file's text without what neither a page nor a print can hold; among it are the signs that this room sets."""
    return _UNPRINTABLE.sub("", text)


def clean(text: str) -> str:
    """Invisible characters dropped, each kind of blank one space, lines stripped; line breaks stay."""
    lines = (" ".join(line.split()) for line in _UNSEEN.sub("", text).split("\n"))
    return "\n".join(line for line in lines if line)


def is_figure(text: str) -> bool:
    """Whether a cell's text is a figure, a mark in place of one, or a figure with a note behind it."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded in MARKS or text.strip() in MARKS:
        return True
    match = _FIGURE.match(folded)
    if not match:
        return False
    rest = folded[match.end() :].strip()
    # "1.属于国家秘密" and "1、其他" begin with a digit too; a figure is followed by nothing or by its note.
    return not rest or rest[0] in "([〔*" or rest.replace(" ", "").replace(",", "").isdigit()


def is_page_number(text: str) -> bool:
    """Whether a line is a printed page number: — 5 —, -5-, 第5页, 5/12."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None
