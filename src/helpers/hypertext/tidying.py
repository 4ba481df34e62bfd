"""What is done to a tree once only the allowed is left: lists and tables as readers expect them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from helpers.hypertext.lattice import Laid, lattice
from helpers.hypertext.styles import read, written

_FRAME = {"class": "table-frame", "role": "group", "tabindex": "0", "aria-label": "表"}
_FORMULA_FRAME = {**_FRAME, "class": "formula-frame", "aria-label": "公式"}
_FIGURE = re.compile(r"[-+−]?[¥$€]?(\d[\d,，]*\.?\d*|\.\d+)(e[-+]?\d+)?[%％‰]?", re.IGNORECASE)
_ROWS = ("tr",)
_HOLDS = {
    "table": ("caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"), "colgroup": ("col",),
    "thead": _ROWS, "tbody": _ROWS, "tfoot": _ROWS, "tr": ("td", "th"),
}  # fmt: skip
_NO_FIGURE = frozenset({"", "-", "–", "—", "nan", "none", "null", "<na>", "nat", "×", "...", "…", "/"})


def drop(element: Any) -> None:
    """Take `element` out with all it holds; the text behind it stays."""
    parent, before = element.getparent(), element.getprevious()
    if element.tail:
        _add_text(parent, before, element.tail)
    parent.remove(element)


def unwrap(element: Any) -> None:
    """Put what `element` holds in its place."""
    parent, before = element.getparent(), element.getprevious()
    if element.text:
        _add_text(parent, before, element.text)
    children, tail = list(element), element.tail
    parent[parent.index(element) : parent.index(element) + 1] = children
    if tail:
        _add_text(parent, children[-1] if children else before, tail)


def _add_text(parent: Any, before: Any, text: str) -> None:
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text


def tidy(body: Any) -> None:
    """Give lists, tables and formulas the shape that browsers give them, and put figures to the right."""
    for gap in list(body.iter("wbr")):
        # The parser takes it for one that holds what follows.
        if gap.text or len(gap):
            gap.addprevious(gap.makeelement("wbr"))
            unwrap(gap)
    for said in list(body.iter("dt", "dd")):
        while said.getparent().tag in ("dt", "dd"):
            said.getparent().addnext(said)
    for listing in list(body.iter("ul", "ol", "dl")):
        _itemise(listing)
    for table in reversed(list(body.iter("table"))):
        _foster(table)
        _align_figures(table)
        if next(table.iterancestors("table"), None) is None:
            _frame(table)
    for code in body.iter("pre"):
        code.set("tabindex", "0")  # it scrolls where it is too wide, and without a mouse only what has the focus does
    for math in list(body.iter("math")):
        if math.get("display") == "block":
            _put_into(math, "span", _FORMULA_FRAME)


def _itemise(listing: Any) -> None:
    """What stands in a list and in none of its items is an item, too."""
    items = ("dd", "dt") if listing.tag == "dl" else ("li",)
    for pair in listing.findall("div") if listing.tag == "dl" else ():
        unwrap(pair)
    if (listing.text or "").strip():
        first = listing.makeelement(items[0])
        first.text, listing.text = listing.text, None
        listing.insert(0, first)
    for child in list(listing):
        tail, child.tail = child.tail, None
        if child.tag not in items:
            item = child.makeelement(items[0])
            child.addprevious(item)
            item.append(child)
            child = item
        if (tail or "").strip():
            behind = child.makeelement(items[0])
            behind.text = tail
            child.addnext(behind)
        else:
            child.tail = tail


def _foster(table: Any) -> None:
    """What stands in a table and in none of its cells stands before it, as in browsers."""
    for holder in list(table.iter(*_HOLDS)):
        for child in list(holder):
            if child.tag not in _HOLDS[holder.tag]:
                tail, child.tail = child.tail, None
                table.addprevious(child)
                child.tail = tail
            elif (child.tail or "").strip():
                _before(table, child.tail)
                child.tail = None
        if (holder.text or "").strip():
            _before(table, holder.text)
            holder.text = None


def _before(table: Any, text: str) -> None:
    before = table.getprevious()
    _add_text(table.getparent(), before, text)


def _frame(table: Any) -> None:
    """A table that is wider than a telephone scrolls in a frame; one within another table moves with that."""
    around = table.getparent()
    if around.tag == "div" and len(around) == 1 and not (around.text or "").strip() and not (table.tail or "").strip():
        around.attrib.update(_FRAME)
    else:
        _put_into(table, "div", _FRAME)


def _put_into(element: Any, name: str, attributes: Mapping[str, str]) -> None:
    frame = element.makeelement(name, attributes)
    element.addprevious(frame)
    frame.tail, element.tail = element.tail, None
    frame.append(element)


def _align_figures(table: Any) -> None:
    """Columns of figures stand right, with their headings, as in the analyst's notebook."""
    laid = lattice(table)
    columns: dict[int, list[Laid]] = defaultdict(list)
    for cell in laid.cells:
        if cell.width == 1:
            columns[cell.x].append(cell)
    for cells in columns.values():
        words = {cell.text.strip() for cell in cells if cell.y >= laid.head and cell.element.tag == "td"}
        others = {word for word in words if not _FIGURE.fullmatch(word)}
        if len(others) < len(words) and all(word.lower() in _NO_FIGURE for word in others):
            for cell in cells:
                style = read(cell.element.get("style"))
                if "text-align" not in style:
                    cell.element.set("style", written({**style, "text-align": "right"}))
