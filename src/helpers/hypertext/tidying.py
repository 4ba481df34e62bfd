"""What is done to a tree once only the allowed is left: lists and tables as readers expect them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from helpers.hypertext.lattice import lattice
from helpers.hypertext.styles import read, written

_FRAME = {"class": "table-frame", "role": "group", "tabindex": "0", "aria-label": "表"}
_FIGURE = re.compile(r"[-+−]?[¥$€]?(\d[\d,，]*\.?\d*|\.\d+)(e[-+]?\d+)?[%％‰]?", re.IGNORECASE)
_NO_FIGURE = frozenset({"", "-", "–", "—", "nan", "none", "null", "<na>", "nat", "×", "...", "…", "/"})


def tidy(body: Any) -> None:
    """Part what libxml2 ran together, frame tables, and put figures to the right where the author said nothing."""
    for said in list(body.iter("dt", "dd")):
        while said.getparent().tag in ("dt", "dd"):
            said.getparent().addnext(said)
    for table in list(body.iter("table")):
        _align_figures(table)
        if next(table.iterancestors("table"), None) is None:
            _frame(table)


def _frame(table: Any) -> None:
    """A table that is wider than a telephone scrolls in a frame; one within another table moves with that."""
    frame = table.makeelement("div", _FRAME)
    table.addprevious(frame)
    frame.tail, table.tail = table.tail, None
    frame.append(table)


def _align_figures(table: Any) -> None:
    """Columns of figures stand right, with their headings, as in the analyst's notebook."""
    laid = lattice(table)
    columns: dict[int, list[Any]] = defaultdict(list)
    for cell in laid.cells:
        if cell.width == 1:
            columns[cell.x].append((cell.y >= laid.head and cell.element.tag == "td", cell.element))
    for cells in columns.values():
        words = [element.text_content().strip() for is_body, element in cells if is_body]
        if any(map(_FIGURE.fullmatch, words)) and all(_FIGURE.fullmatch(w) or w.lower() in _NO_FIGURE for w in words):
            for _, element in cells:
                style = read(element.get("style"))
                if "text-align" not in style:
                    element.set("style", written({**style, "text-align": "right"}))
