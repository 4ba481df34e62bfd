"""What is done to a tree once only the allowed is left: lists and tables as readers expect them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from helpers.hypertext.lattice import Laid, lattice
from helpers.hypertext.styles import read, written

_FRAME = {"class": "table-frame", "role": "group", "tabindex": "0", "aria-label": "表"}
_FIGURE = re.compile(r"[-+−]?[¥$€]?(\d[\d,，]*\.?\d*|\.\d+)(e[-+]?\d+)?[%％‰]?", re.IGNORECASE)
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
    """Part what libxml2 ran together, frame tables, and put figures to the right where the author said nothing."""
    for said in list(body.iter("dt", "dd")):
        while said.getparent().tag in ("dt", "dd"):
            said.getparent().addnext(said)
    for table in list(body.iter("table")):
        _align_figures(table)
        if next(table.iterancestors("table"), None) is None:
            _frame(table)
    for math in list(body.iter("math")):
        if math.get("display") == "block":
            _set_apart(math)


def _frame(table: Any) -> None:
    """A table that is wider than a telephone scrolls in a frame; one within another table moves with that."""
    around = table.getparent()
    if around.tag == "div" and len(around) == 1 and not (around.text or "").strip() and not (table.tail or "").strip():
        around.attrib.update(_FRAME)
        return
    frame = table.makeelement("div", _FRAME)
    table.addprevious(frame)
    frame.tail, table.tail = table.tail, None
    frame.append(table)


def _set_apart(math: Any) -> None:
    """A formula on a line of its own scrolls like a table, but may stand within a paragraph."""
    frame = math.makeelement("span", {**_FRAME, "class": "formula-frame", "aria-label": "公式"})
    math.addprevious(frame)
    frame.tail, math.tail = math.tail, None
    frame.append(math)


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
