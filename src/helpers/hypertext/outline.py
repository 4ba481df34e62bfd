"""Levels of headings without a gap."""

from __future__ import annotations

from typing import Any

from helpers.hypertext.parsing import Tree

HEADINGS = {f"h{level}": level for level in range(1, 7)}


def levels(tree: Tree, lower: int) -> dict[Any, int]:
    """Heading → level, moved up where a level was left out, siblings alike, then `lower` levels lower (or higher).

    The text stands under a heading of level 1, which may be the section's own.
    """
    found = {}
    above = [(1, 1)]
    for element in tree.body.iter(*HEADINGS):
        level = HEADINGS[element.tag]
        while above and above[-1][0] >= level:
            above.pop()
        shown = above[-1][1] + 1 if above else 1
        above.append((level, shown))
        found[element] = max(1, min(6, shown + lower))
    return found
