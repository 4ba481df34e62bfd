"""Style sheets and style attributes of an analyst → one inline style an element, of the properties that are kept.

Ids and classes have done their work then and go: pandas draws a new id for a table each time, and what is published
of the same data has the same bytes. The styles of rows and tables stand on their cells, where print looks for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from helpers.hypertext.cascade import Cascade, Style
from helpers.hypertext.properties import CLEAR, PROPERTIES

PAPER, INK = "#ffffff", "#000000"
FAINTEST = 1.6
"""Contrast (WCAG 2) that is kept as the author's wish; styles laid over each other may give less."""

_ORDER = {name: number for number, name in enumerate(PROPERTIES)}
_CELLS, _ROWS = ("td", "th"), ("tr", "thead", "tbody", "tfoot", "table")
_SIZED = frozenset({"img", "svg"})
_HANDED_DOWN = ("color", "background-color", "background-image", "font-weight", "font-style", "text-align",
                "text-decoration", "vertical-align", "white-space")  # fmt: skip
_SAYS_NOTHING = ("normal", "none", "baseline", "")


@lru_cache(maxsize=4096)
def read(style: str | None) -> Mapping[str, str]:
    """The style attribute of an element of a parsed tree."""
    pairs = (part.partition(":") for part in (style or "").split(";") if part)
    return {name: value for name, _, value in pairs}


def written(style: Mapping[str, str]) -> str:
    """A style as an attribute, properties in the order of their table."""
    return ";".join(f"{name}:{style[name]}" for name in sorted(style, key=_ORDER.__getitem__))


def resolve(body: Any) -> tuple[dict[Any, str], set[Any]]:
    """The one style of every element under `body` that has any, and the elements that nobody is meant to see.

    Raises Refused for style that would fetch something.
    """
    cascade = Cascade(body)
    styles = dict(cascade.styles())
    hidden = {element for element, style in styles.items() if _is_hidden(style)}
    for element in hidden:
        _keep_tooltip(element, cascade.generated.get(element, ""))
    if styles:
        _hand_down(styles)
    return {element: written(_settled(element, style, styles)) for element, style in styles.items()}, hidden


def _is_hidden(style: Style) -> bool:
    return style.get("display") == "none" or style.get("visibility") == "hidden"


def _keep_tooltip(element: Any, said: str) -> None:
    """What pandas says when the pointer rests on a cell, which it writes into the style sheet, is the cell's title."""
    cell = next(element.iterancestors(*_CELLS), None)
    if cell is not None and said and not cell.get("title"):
        cell.set("title", said)


def _hand_down(styles: dict[Any, Style]) -> None:
    """Styles of rows and tables go to the cells that say nothing else; a cell that is clear shows what is behind it."""
    for style in styles.values():
        if style.get("background-color") == CLEAR:
            del style["background-color"]
    rows = [element for element in styles if element.tag in _ROWS]
    for cell in dict.fromkeys(cell for row in rows for cell in row.iter(*_CELLS)):
        own = styles.setdefault(cell, {})
        for row in _rows_around(cell):
            for name, value in styles.get(row, {}).items():
                if name in _HANDED_DOWN:
                    own.setdefault(name, value)
    for row in rows:
        styles[row] = {}


def _rows_around(cell: Any) -> Iterator[Any]:
    for row in cell.iterancestors():
        if row.tag not in _ROWS:
            return
        yield row
        if row.tag == "table":
            return


def _settled(element: Any, style: Style, styles: Mapping[Any, Style]) -> Style:
    """Only what is to be seen, in colours that can be read on light and on dark paper."""
    kept = {name: value for name, value in style.items() if value not in _SAYS_NOTHING}
    for name in ("display", "visibility", *(() if element.tag in _SIZED else ("width", "height"))):
        kept.pop(name, None)
    if kept.get("background-color") == PAPER:
        del kept["background-color"]
    ink = kept.get("color")
    if "background-color" in kept:
        kept["color"] = _readable(ink, kept["background-color"])
    elif ink and (ink == CLEAR or not 0.06 < _light(ink) < 0.9) and not _on_colour(element, styles):
        # The paper's own ink: on the dark page of a reader at night, black would be gone.
        del kept["color"]
    return kept


def _on_colour(element: Any, styles: Mapping[Any, Style]) -> bool:
    around = (styles.get(above, {}).get("background-color", PAPER) for above in element.iterancestors())
    return any(ink != PAPER for ink in around)


def _readable(ink: str | None, background: str) -> str:
    """The ink that was asked for, or black or white where there was none or it can hardly be told from its ground."""
    below = _light(background) + 0.05
    if ink and ink != CLEAR and not 1 / FAINTEST < below / (_light(ink) + 0.05) < FAINTEST:
        return ink
    # The contrasts with black and with white are equal at a luminance of 0.18.
    return INK if below > 0.23 else PAPER


def _light(ink: str) -> float:
    """Relative luminance after WCAG 2, of `#rrggbb`."""
    channels = (int(ink[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
