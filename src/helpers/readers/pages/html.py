"""HTML, also as saved by a browser or exported by Word → texts and grids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path

from lxml import etree, html

from helpers.errors import DocumentError
from helpers.readers.pages.document import Document, Grid, Home, PageBlock, Text, clean, printable
from helpers.readers.pages.emphasis import SIGNS, link_signs, without_signs
from helpers.readers.pages.encoding import decode
from helpers.readers.pages.htmllist import Lists
from helpers.readers.pages.htmltable import INLINE, Flow, Tables, collapse, raised_mark

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")

# A page has one multipart in which all its files are; mails that forward mails have some more.
_PARTS = 50

# libxml2 compares each attribute of an element with each; a page with fewer bytes cannot have too many of them.
_ATTRIBUTES, _HARMLESS = 5_000, 50_000
_OPENING = re.compile(r"<(?:!--.*?(?:-->|$)|(?P<raw>script|style)\b|[a-z])", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[\s/]*[^\s/>][^\s/>=]*(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>]*))?""")


def read_html(path: Path, data: bytes) -> Document:
    """The page as texts and grids, what is not shown left out.

    Raises DocumentError for a page that ends within a table: its last figure may be half a figure.
    """
    if data.lstrip()[:200].lower().startswith((b"from:", b"mime-version:")) or b"\nMIME-Version:" in data[:2000]:
        data = _saved_page(path, data)
    text = decode(path, data)
    if _cut_off(text):
        raise DocumentError(path, "a whole page", "one that ends within a table", "Download it again.")
    if len(text) > _HARMLESS and _endless(text):
        raise DocumentError(
            path, f"at most {_ATTRIBUTES:,} attributes of an element", "more", "No page has; do not trust the file."
        )
    return from_markup(text)


def _cut_off(text: str) -> bool:
    tail = text[text.lower().rfind("<table") :].lower()
    return tail.startswith("<table") and "</table" not in tail and "</body" not in tail and "</html" not in tail


def _endless(text: str) -> bool:
    """Whether an element of the page has more attributes than any real one."""
    position = 0
    while opening := _OPENING.search(text, position):
        position = opening.end()
        if opening[0].startswith("<!"):
            continue
        count = 0
        while attribute := _ATTRIBUTE.match(text, position):
            position, count = attribute.end(), count + 1
            if count > _ATTRIBUTES:
                return True
        if opening["raw"]:
            position = text.find(f"</{opening['raw']}", position)
            if position < 0:
                break
    return False


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
    name = clean(printable(title.text or "")) if title is not None else ""
    own = root.find('.//meta[@name="generator"][@content="gongkai"]') is not None
    return Document(tuple(_blocks(root, own)), name or None, own=own)


def _saved_page(path: Path, data: bytes) -> bytes:
    """The page inside a browser's single-file archive (.mht)."""
    if data.lower().count(b"boundary=") > _PARTS:
        raise DocumentError(path, "a saved page", f"one of more than {_PARTS} parts within parts", "Save it again.")
    try:
        pages = (
            p.get_payload(decode=True) for p in message_from_bytes(data).walk() if p.get_content_type() == "text/html"
        )
        return next((page for page in pages if isinstance(page, bytes)), data)
    except MemoryError:
        raise
    except Exception as problem:  # Python's email stumbles over damaged headers in many ways
        found = f"a damaged one ({type(problem).__name__})"
        raise DocumentError(path, "a saved page (.mht)", found, "Save it again.") from None


def _blocks(root: etree._Element, own: bool) -> Iterator[PageBlock]:
    """Depth first with an explicit stack: a hostile page nests deeper than Python recurses."""
    flow = Flow()
    lists = Lists()
    tables = Tables(root)
    stack: list[tuple[etree._Element, Home, bool]] = [(root, (), False)]
    while stack:
        node, home, leaving = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if leaving:
            if tag in INLINE:
                flow.pieces.append(_signs(node, tag, own)[1])
            else:
                yield from _text(flow, lists, home, _HEADINGS.get(tag, 0))
                lists.leave(tag)
            flow.pieces.append(collapse(node.tail))
            continue
        if not tag or tables.hidden(node, tag) or (own and node.get("class") == "small-print"):
            flow.pieces.append(collapse(node.tail))
            continue
        if tag not in INLINE:
            yield from _text(flow, lists, home[:-1])
        if tag == "table" and not tables.is_layout(node):
            yield Grid(tables.expand(node), "spanned", home)
            flow.pieces.append(collapse(node.tail))
            continue
        if tag == "sup":
            flow.pieces.append("〔")
            flow.pieces.append(raised_mark(node))
            flow.pieces.append("〕" + collapse(node.tail))
            continue
        lists.enter(node, tag)
        flow.pieces.append(_signs(node, tag, own)[0] + collapse(node.text))
        stack.append((node, home, True))
        # Paths are cut where no real page is deep, so that a page nested a million deep costs no square of that.
        children = [(child, (*home, number) if len(home) < 60 else home, False) for number, child in enumerate(node)]
        stack.extend(reversed(children))
    yield from _text(flow, lists, ())


def _text(flow: Flow, lists: Lists, home: Home, heading: int = 0) -> Iterator[Text]:
    """What the flow has gathered, as a paragraph, if it is any."""
    marked = flow.take()
    text = clean(without_signs(marked))
    if text:
        yield Text(text, home, heading, lists.take(), marked if marked != text else "")


def _signs(node: etree._Element, tag: str, own: bool) -> tuple[str, str]:
    """What opens and closes an inline element; the links of other sites lead around the site, not into the text."""
    if tag == "a" and own and (url := node.get("href", "")).startswith(("http:", "https:", "mailto:")):
        return link_signs(url)
    return SIGNS.get(tag, ("", ""))
