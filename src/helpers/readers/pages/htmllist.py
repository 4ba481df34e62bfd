"""Lists of a page: what stands before the text of each item, in Markdown."""

from __future__ import annotations

from lxml import etree

from helpers.readers.pages.htmltable import INLINE

_LISTS = frozenset({"ul", "ol"})

# Deeper lists are a page's menus, not a report's text.
_DEEPEST = 6


class Lists:
    """The lists that are open while a page is walked through, outermost first.

    An item is one whose text stands in it directly: sites also use lists to arrange whole articles.
    """

    def __init__(self) -> None:
        self._next: list[int | None] = []
        self._items: list[str] = []
        self._widths: list[int] = []

    def enter(self, node: etree._Element, tag: str) -> None:
        """A list or an item begins."""
        if tag in _LISTS:
            start = node.get("start", "1")
            self._next.append((int(start[:9]) if start.isdecimal() else 1) if tag == "ol" else None)
        elif tag == "li":
            marker = self._marker() if self._next else "- "
            plain = len(self._widths) < _DEEPEST and all(child.tag in INLINE or child.tag in _LISTS for child in node)
            self._items.append(" " * sum(self._widths) + marker if plain else "")
            self._widths.append(len(marker) if plain else 0)

    def leave(self, tag: str) -> None:
        """It ends."""
        if tag in _LISTS and self._next:
            self._next.pop()
        elif tag == "li" and self._items:
            self._items.pop()
            self._widths.pop()

    def take(self) -> str:
        """What stands before the text that comes now; an item's further texts have nothing before them."""
        if not self._items:
            return ""
        marker, self._items[-1] = self._items[-1], ""
        return marker

    def _marker(self) -> str:
        number = self._next[-1]
        if number is None:
            return "- "
        self._next[-1] = number + 1
        return f"{number}. "
