"""Levels of headings without a gap, in one piece and over a whole document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from helpers.hypertext.parsing import Tree

HEADINGS = {f"h{level}": level for level in range(1, 7)}

_OF_OURS = re.compile(r"<h([2-6])[ >]")


@dataclass(frozen=True)
class Outline:
    """The headings that stand above some place of a document, one a level: as written, and as shown."""

    above: tuple[tuple[int, int], ...] = ()

    def placed(self, written: Iterable[int]) -> tuple[list[int], Outline]:
        """The levels at which headings are shown, moved up where one was left out, siblings alike; what then stands."""
        above = list(self.above)
        shown = []
        for level in written:
            while above and above[-1][0] >= level:
                above.pop()
            shown.append(above[-1][1] + 1 if above else 1)
            above.append((level, shown[-1]))
        return shown, Outline(tuple(above))


UNDER_A_SECTION = Outline(((1, 1),))
"""A text stands under a heading of level 1, which may be the section's own."""


def levels(tree: Tree, lower: int, outline: Outline = UNDER_A_SECTION) -> dict[Any, int]:
    """Heading → level below what `outline` says stands above, then `lower` levels lower (or higher)."""
    found = list(tree.body.iter(*HEADINGS))
    shown, _ = outline.placed(HEADINGS[element.tag] for element in found)
    return {element: max(1, min(6, level + lower)) for element, level in zip(found, shown, strict=True)}


def outlines(parts: Iterable[Tree | str]) -> Iterator[Outline]:
    """What stands above each of the parts of a document in turn; a string is a page's HTML, whose sections are `h2`."""
    outline = Outline()
    for part in parts:
        yield outline
        written = (
            [int(level) - 1 for level in _OF_OURS.findall(part)] if isinstance(part, str)
            else [HEADINGS[element.tag] for element in part.body.iter(*HEADINGS)]
        )  # fmt: skip
        _, outline = outline.placed(written)
