"""Tables of the tree as Typst: a call of the template, with every cell at its place and what it takes to fit them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from helpers.display import literal
from helpers.hypertext.inks import around, cell
from helpers.hypertext.inline import bare
from helpers.hypertext.lattice import Laid, lattice
from helpers.hypertext.styles import read
from helpers.hypertext.widths import fits, is_long, widths

_OPEN = frozenset({"html", "body", "div", "section", "article", "main", "header", "footer", "aside", "nav", "details",
                   "figure"})  # fmt: skip
"""What a table may stand in and still be turned: nothing that is set as one piece."""


def data_table(element: Any, block: Callable[[Any], str], flow: Callable[[Any], str]) -> str:
    """The call for a `table`; `block` sets its caption, `flow` what its cells hold."""
    laid = lattice(element)
    caption = block(laid.caption).strip() if laid.caption is not None else ""
    if not laid.cells:
        return caption
    given = [str(laid.columns), str(laid.head), *([f"caption: [{caption}]"] if caption else [])]
    if not fits(laid):
        of = widths(laid)
        spans = "".join(f"({x}, {width}, {literal(word)})," for x, width, word in of.spans)
        given += (f"needs: {_arrays(of.needs)}", f"wants: {_arrays(of.wants)}", f"spans: ({spans})")
        given.append(f"stub: {laid.stub}")
        if any(holder.tag not in _OPEN or holder.get("style") for holder in element.iterancestors()):
            given.append("turns: false")
    return f"#data-table({', '.join(given)},\n" + "\n".join(_cell(each, flow) for each in laid.cells) + ")"


def _cell(laid: Laid, flow: Callable[[Any], str]) -> str:
    element = laid.element
    style = read(element.get("style"))
    simple = not len(element) and "\n" not in laid.text and "white-space" not in style
    content = bare(laid.text) if simple else flow(element).strip()
    for call in reversed(around(style, background=False)):
        content = f"{call}[{content}]" if content else ""
    long = ", long: true" if is_long(laid) else ""
    return f"{element.tag}({laid.x}, {laid.y}, {laid.width}, {laid.height}{long}{cell(style)})[{content}],"


def _arrays(columns: Sequence[Sequence[str | float]]) -> str:
    return "(" + "".join("(" + "".join(f"{_measure(each)}," for each in column) + ")," for column in columns) + ")"


def _measure(width: str | float) -> str:
    return literal(width) if isinstance(width, str) else f"{width:.4g}pt"
