"""An HTML table as rows of tiles, and the text of what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from helpers.readers.pages.document import HIDE_BRACKETS, Tile, TileRow, clean, printable

_UNSHOWN = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "option", "object", "iframe"})
INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "big", "bdo", "cite", "code", "del", "em", "font", "i", "img", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
     "ucapcontent"}
)  # fmt: skip


_WIDE = r"\u3001-\u9fff\uff00-\uffef\U00020000-\U0003ffff"
_WRAPPED = re.compile(rf"(?<=[\u3000{_WIDE}])[ \t]*[\r\n]\s*(?=[{_WIDE}])")
_BLANK = re.compile(r"\s+")

# A statutory table has some 30 × 20 places; these bounds only stop hostile spans from filling memory.
_PLACES, _PLACES_IN_ALL = 200_000, 1_000_000

# Characters of a note to a cell; it may be referred to by every one.
_NOTE = 5_000


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
    text = printable(text)
    if "\n" not in text and "\r" not in text:
        return text
    # Whole runs of blanks: a pattern that looks for the line end in them takes the square of their length.
    return _BLANK.sub(lambda run: " " if "\n" in run[0] or "\r" in run[0] else run[0], _WRAPPED.sub("", text))


def raised_mark(raised: etree._Element) -> str:
    """The text of a superscript, which must not run together with the figure before it."""
    return printable("".join(map(str, raised.itertext()))).strip("[]〔〕 ")


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for node in table:
        if node.tag == "tr":
            yield node
        elif node.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in node if row.tag == "tr")


def _span(cell: etree._Element, name: str) -> int:
    digits = "".join(character for character in cell.get(name, "1") if character.isdecimal())
    return min(max(int(digits[:4] or 1), 1), 1000)


class Tables:
    """What one page shows in its tables; they share the bound on what their spans may take."""

    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self._places = _PLACES_IN_ALL

    @cached_property
    def _kinds(self) -> tuple[set[etree._Element], set[etree._Element]]:
        """The tables that only arrange the page, and the figures that hold a table, found in one walk."""
        layouts: set[etree._Element] = set()
        figures: set[etree._Element] = set()
        above: list[tuple[int, int]] = []
        cells = tables = 0
        large = [False]
        for event, node in etree.iterwalk(self._root, ("start", "end"), ("table", "figure", "td", "th")):
            if node.tag in ("td", "th"):
                cells += event == "start"
            elif event == "start":
                above.append((cells, tables))
                if node.tag == "table":
                    tables += 1
                    large.append(False)
            else:
                cells_before, tables_before = above.pop()
                if node.tag == "figure":
                    figures.update([node] if tables > tables_before else [])
                    continue
                several = cells - cells_before > 1
                if large.pop() or not several:
                    layouts.add(node)
                large[-1] = large[-1] or several
        return layouts, figures

    def is_layout(self, table: etree._Element) -> bool:
        """Whether a table only arranges the page: it holds a table of more than one cell, or is itself one cell."""
        return table in self._kinds[0]

    def hidden(self, node: etree._Element, tag: str) -> bool:
        """Whether a browser shows nothing of the element, or nothing that is text of the report."""
        # The words in and under a chart are not the report's prose; a table may be wrapped in a figure too.
        if tag in _UNSHOWN or (tag == "figure" and node not in self._kinds[1]):
            return True
        style = node.get("style")
        return node.get("hidden") is not None or bool(style and "display:none" in style.replace(" ", "").lower())

    @cached_property
    def _notes(self) -> dict[str, str]:
        """The notes that cells refer to by id, as pages for screen readers mark them up."""
        named = {str(cell.get("aria-describedby")) for cell in self._root.iterfind(".//*[@aria-describedby]")}
        notes: dict[str, str] = {}
        for node in self._root.iterfind(".//*[@id]"):
            if (name := str(node.get("id"))) in named and name not in notes:
                notes[name] = f"〔{self._text(node).translate(HIDE_BRACKETS)}〕"
        return {name: note for name, note in notes.items() if len(note) <= _NOTE}

    def expand(self, table: etree._Element) -> tuple[TileRow, ...]:
        """The rows with every span filled in, as a browser lays them out."""
        rows: list[TileRow] = []
        hanging: dict[int, tuple[int, Tile]] = {}
        places = min(_PLACES, self._places)
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
                if cell.tag not in ("td", "th") or self.hidden(cell, "td"):
                    continue
                while column in taken:
                    column += 1
                width, height = _span(cell, "colspan"), _span(cell, "rowspan")
                note = self._notes.get(name, "") if (name := cell.get("aria-describedby")) else ""
                tiles[column] = Tile(self._text(cell) + note, column, column + width)
                if height > 1:
                    still[column] = (height - 1, Tile(tiles[column].text, column, column + width, above=True))
                taken.update(range(column, column + width))
                column += width
            hanging = still
            places -= len(taken)
            self._places -= len(taken)
            if places < 0:
                break
            rows.append(tuple(tiles[place] for place in sorted(tiles)))
        return tuple(rows)

    def _text(self, cell: etree._Element) -> str:
        """A cell's text: digits over spans rejoined, paragraphs and <br> as line breaks, footnote marks bracketed."""
        flow = Flow()
        stack: list[tuple[etree._Element, bool]] = [(cell, False)]
        while stack:
            node, leaving = stack.pop()
            tag = node.tag if isinstance(node.tag, str) else ""
            block = bool(tag) and tag not in INLINE and node is not cell
            if leaving:
                flow.pieces.append(("\n" if block else "") + collapse(node.tail if node is not cell else None))
                continue
            if not tag or self.hidden(node, tag):
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
