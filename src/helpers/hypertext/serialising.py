"""The tree as HTML: what it holds and nothing else, the same bytes whenever it is written."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from helpers.display import escape
from helpers.hypertext.outline import UNDER_A_SECTION, Outline, levels
from helpers.hypertext.parsing import Tree


def to_html(tree: Tree, *, headings: int = 0, outline: Outline = UNDER_A_SECTION) -> str:
    """The tree's HTML, headings as in print: every text escaped, every attribute quoted, no gap among the levels."""
    renamed = {element: f"h{level}" for element, level in levels(tree, headings, outline).items()}
    if any(element.tag != name for element, name in renamed.items()):
        tree = Tree(deepcopy(tree.body))
        for element, name in zip(levels(tree, headings, outline), renamed.values(), strict=True):
            element.tag = name
    children = (str(etree.tostring(child, encoding="unicode", method="html")) for child in tree.body)
    return escape(tree.body.text or "") + "".join(children)
