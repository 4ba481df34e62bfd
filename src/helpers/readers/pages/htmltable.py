"""An HTML table as rows of tiles, and the text of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree

from helpers.readers.pages.document import HIDE_BRACKETS, Tile, TileRow, clean

_UNSHOWN = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "option", "object", "iframe"})
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "big", "bdo", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
     "ucapcontent"}
)  # fmt: skip


_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3001-\u9fff\uff00-\uffef])")
_LINE_END = re.compile(r"\s*[\r\n]\s*")

# A statutory table has some 30 × 20 places; this bound only stops a hostile colspan from filling memory.
_PLACES = 200_000


@dataclass
class Flow:
    """Text gathered until the next block boundary."""

    pieces: list[str] = field(default_factory=list)

    def take(self) -> str:
        """What was gathered, cleaned; gathering begins anew."""
        text = clean("".join(self.pieces))
        self.pieces.clear()
        return text


def collapse(text: str | None) -> str:
    """Line ends of the source are blanks; inside Chinese text, which is wrapped anywhere, they are nothing."""
    if not text:
        return ""
    if "\n" not in text and "\r" not in text:
        return text
    return _LINE_END.sub(" ", _WRAPPED.sub("", text))


def raised_mark(raised: etree._Element) -> str:
    """The text of a superscript, which must not run together with the figure before it."""
    return "".join(map(str, raised.itertext())).strip("[]〔〕 ")


def hidden(node: etree._Element, tag: str) -> bool:
    """Whether a browser shows nothing of the element, or nothing that is text of the report."""
    # The words in and under a chart are not the report's prose; a table may be wrapped in a figure too.
    if tag in _UNSHOWN or (tag == "figure" and node.find(".//table") is None):
        return True
    style = node.get("style")
    return node.get("hidden") is not None or bool(style and "display:none" in style.replace(" ", "").lower())


def is_layout(table: etree._Element) -> bool:
    """Whether a table only arranges the page: it holds a table of more than one cell, or is itself one cell."""
    cells = 0
    for node in table.iter("td", "th", "table"):
        if node is table:
            continue
        if node.tag == "table":
            if len(list(islice(node.iter("td", "th"), 2))) > 1:
                return True
        else:
            cells += 1
    return cells <= 1


def _text(cell: etree._Element) -> str:
    """A cell's text: digits split over spans rejoined, paragraphs and <br> as line breaks, footnote marks bracketed."""
    flow = Flow()
    stack: list[tuple[etree._Element, bool]] = [(cell, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        block = bool(tag) and tag not in INLINE and node is not cell
        if leaving:
            flow.pieces.append(("\n" if block else "") + collapse(node.tail if node is not cell else None))
            continue
        if not tag or hidden(node, tag):
            flow.pieces.append(collapse(node.tail))
            continue
        if tag == "sup":
            mark = raised_mark(node)
            flow.pieces.append(f"〔{mark}〕" if mark else "")
            flow.pieces.append(collapse(node.tail))
            continue
        flow.pieces.append(("\n" if block else "") + collapse(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    return flow.take()


def _described(cell: etree._Element, table: etree._Element) -> str:
    """The note that a cell refers to by id, as pages for screen readers mark it up."""
    name = cell.get("aria-describedby")
    if not name or '"' in name:
        return ""
    note = table.getroottree().find(f'.//*[@id="{name}"]')
    return f"〔{_text(note).translate(HIDE_BRACKETS)}〕" if note is not None else ""


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for node in table:
        if node.tag == "tr":
            yield node
        elif node.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in node if row.tag == "tr")


def _span(cell: etree._Element, name: str) -> int:
    digits = "".join(character for character in cell.get(name, "1") if character.isdigit())
    return min(max(int(digits[:4] or 1), 1), 1000)


def expand(table: etree._Element) -> tuple[TileRow, ...]:
    """The rows with every span filled in, as a browser lays them out."""
    rows: list[TileRow] = []
    hanging: dict[int, tuple[int, Tile]] = {}
    places = 0
    for line in _own_rows(table):
        tiles: dict[int, Tile] = {}
        still: dict[int, tuple[int, Tile]] = {}
        for column, (left_over, tile) in hanging.items():
            tiles[column] = tile
            if left_over > 1:
                still[column] = (left_over - 1, tile)
        taken = {place for tile in tiles.values() for place in range(int(tile.left), int(tile.right))}
        column = 0
        for cell in line:
            if cell.tag not in ("td", "th") or hidden(cell, "td"):
                continue
            while column in taken:
                column += 1
            width, height = _span(cell, "colspan"), _span(cell, "rowspan")
            tiles[column] = Tile(_text(cell) + _described(cell, table), column, column + width)
            if height > 1:
                still[column] = (height - 1, Tile(tiles[column].text, column, column + width, above=True))
            taken.update(range(column, column + width))
            column += width
        hanging = still
        places += len(taken)
        if places > _PLACES:
            break
        rows.append(tuple(tiles[place] for place in sorted(tiles)))
    return tuple(rows)
