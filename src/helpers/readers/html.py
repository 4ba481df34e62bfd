"""HTML, also as saved by a browser or exported by Word → texts and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from itertools import islice
from pathlib import Path

from lxml import etree, html

from helpers.errors import DocumentError
from helpers.readers.document import Block, Document, Grid, Home, Row, Text, Tile, clean
from helpers.readers.encoding import decode

_UNSHOWN = frozenset({"script", "style", "noscript", "template", "head", "svg", "select", "option", "object", "iframe"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "big", "bdo", "cite", "code", "em", "font", "i", "img", "ins", "kbd", "label",
     "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
     "ucapcontent"}
)  # fmt: skip

_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n]\s*(?=[\u3001-\u9fff\uff00-\uffef])")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_LINE_END = re.compile(r"\s*[\r\n]\s*")

# A statutory table has some 30 × 20 places; this bound only stops a hostile colspan from filling memory.
_PLACES = 200_000


def read_html(path: Path, data: bytes) -> Document | None:
    """The page as texts and grids, what is not shown left out; None where no Chinese encoding explains its bytes.

    Raises DocumentError for a page that ends within a table: its last figure may be half a figure.
    """
    if data.lstrip()[:200].lower().startswith((b"from:", b"mime-version:")) or b"\nMIME-Version:" in data[:2000]:
        data = _saved_page(data)
    decoded = decode(data)
    if decoded is None:
        return None
    text, encoding = decoded
    if _cut_off(text):
        raise DocumentError(path, "a whole page", "one that ends within a table", "Download it again.")
    document = from_markup(text)
    return Document(document.blocks, document.title, encoding)


def _cut_off(text: str) -> bool:
    tail = text[text.lower().rfind("<table") :].lower()
    return tail.startswith("<table") and "</table" not in tail and "</body" not in tail and "</html" not in tail


def from_markup(text: str) -> Document:
    """The blocks of HTML that is already text; never fails, at worst it holds nothing."""
    # Control characters make libxml2 cut the page short, and it refuses text that declares an encoding.
    text = _CONTROL.sub("", text)
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return Document(())
    title = root.find(".//title")
    name = clean(title.text or "") if title is not None else ""
    return Document(tuple(_blocks(root)), name or None)


def _saved_page(data: bytes) -> bytes:
    """The page inside a browser's single-file archive (.mht)."""
    message: Message = message_from_bytes(data)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload
    return data


@dataclass
class _Flow:
    """Text gathered until the next block boundary."""

    pieces: list[str] = field(default_factory=list)

    def take(self) -> str:
        text = clean("".join(self.pieces))
        self.pieces.clear()
        return text


def _blocks(root: etree._Element) -> Iterator[Block]:
    """Depth first with an explicit stack: a hostile page nests deeper than Python recurses."""
    flow = _Flow()
    stack: list[tuple[etree._Element, Home, bool]] = [(root, (), False)]
    while stack:
        node, home, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if leaving:
            if tag not in _INLINE and (text := flow.take()):
                yield Text(text, home, tag in _HEADINGS)
            flow.pieces.append(_collapse(node.tail))
            continue
        if not tag or _hidden(node, tag):
            flow.pieces.append(_collapse(node.tail))
            continue
        if tag not in _INLINE and (text := flow.take()):
            yield Text(text, home[:-1])
        if tag == "table" and not _is_layout(node):
            yield Grid(_expand(node), "spanned", home)
            flow.pieces.append(_collapse(node.tail))
            continue
        if tag == "sup":
            flow.pieces.append("〔")
            flow.pieces.append(_mark(node))
            flow.pieces.append("〕" + _collapse(node.tail))
            continue
        flow.pieces.append(_collapse(node.text))
        stack.append((node, home, True))
        # Paths are cut where no real page is deep, so that a page nested a million deep costs no square of that.
        children = [(child, (*home, number) if len(home) < 60 else home, False) for number, child in enumerate(node)]
        stack.extend(reversed(children))
    if text := flow.take():
        yield Text(text)


def _collapse(text: str | None) -> str:
    """Line ends of the source are blanks; inside Chinese text, which is wrapped anywhere, they are nothing."""
    if not text:
        return ""
    if "\n" not in text and "\r" not in text:
        return text
    return _LINE_END.sub(" ", _WRAPPED.sub("", text))


def _mark(raised: etree._Element) -> str:
    """The text of a superscript, which must not run together with the figure before it."""
    return "".join(map(str, raised.itertext())).strip("[]〔〕 ")


def _hidden(node: etree._Element, tag: str) -> bool:
    # The words in and under a chart are not the report's prose; a table may be wrapped in a figure too.
    if tag in _UNSHOWN or (tag == "figure" and node.find(".//table") is None):
        return True
    style = node.get("style")
    return node.get("hidden") is not None or bool(style and "display:none" in style.replace(" ", "").lower())


def _is_layout(table: etree._Element) -> bool:
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
    flow = _Flow()
    stack: list[tuple[etree._Element, bool]] = [(cell, False)]
    while stack:
        node, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        block = bool(tag) and tag not in _INLINE and node is not cell
        if leaving:
            flow.pieces.append(("\n" if block else "") + _collapse(node.tail if node is not cell else None))
            continue
        if not tag or _hidden(node, tag):
            flow.pieces.append(_collapse(node.tail))
            continue
        if tag == "sup":
            mark = _mark(node)
            flow.pieces.append(f"〔{mark}〕" if mark else "")
            flow.pieces.append(_collapse(node.tail))
            continue
        flow.pieces.append(("\n" if block else "") + _collapse(node.text))
        stack.append((node, True))
        stack.extend((child, False) for child in reversed(node))
    return flow.take()


def _described(cell: etree._Element, table: etree._Element) -> str:
    """The note that a cell refers to by id, as pages for screen readers mark it up."""
    name = cell.get("aria-describedby")
    if not name or '"' in name:
        return ""
    note = table.getroottree().find(f'.//*[@id="{name}"]')
    return f"〔{_text(note)}〕" if note is not None else ""


def _own_rows(table: etree._Element) -> Iterator[etree._Element]:
    for node in table:
        if node.tag == "tr":
            yield node
        elif node.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in node if row.tag == "tr")


def _span(cell: etree._Element, name: str) -> int:
    digits = "".join(character for character in cell.get(name, "1") if character.isdigit())
    return min(max(int(digits[:4] or 1), 1), 1000)


def _expand(table: etree._Element) -> tuple[Row, ...]:
    """The rows with every span filled in, as a browser lays them out."""
    rows: list[Row] = []
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
            if cell.tag not in ("td", "th") or _hidden(cell, "td"):
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
