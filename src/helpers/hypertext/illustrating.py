"""Pictures of the tree as Typst: a call of the template, with the size that their author gave them."""

from __future__ import annotations

from typing import Any

from helpers.display import literal
from helpers.hypertext import drawings, rasters
from helpers.hypertext.styles import read

PICTURES = ("img", "svg")

_ICON = 30.0
"""Height in points up to which a picture stands in a line, among words."""

ANY_WIDTH = 200.0
"""What is as wide as its cell is given so many points for it, if there are."""


def is_icon(picture: Any) -> bool:
    """Whether a picture is small enough to stand in a line."""
    width, shape = _size(picture)
    return not isinstance(width, str) and width * shape <= _ICON


def extent(picture: Any) -> float:
    """How wide a picture wants to be, in points."""
    width, _ = _size(picture)
    return ANY_WIDTH if isinstance(width, str) else width


def picture(element: Any, function: str = "shown", options: str = "") -> str:
    """A call of the template's `function` (`shown`, `icon`) for an `img` or `svg`."""
    width, shape = _size(element)
    file = drawings.as_file(element) if element.tag == "svg" else rasters.as_file(element)
    said = element.get("aria-label") if element.tag == "svg" else element.get("alt")
    alt = literal(said) if said else "none"
    across = width if isinstance(width, str) else f"{width:.4g}pt"
    return f"#{function}({literal(file)}, {alt}, {across}, {shape:.6g}{options});"


def _size(element: Any) -> tuple[float | str, float]:
    """Width, in points or as a share of the line, and height as a share of the width."""
    if element.tag == "svg":
        width, height = drawings.size(element)
        asked = element.get("width", "")
        return (asked if asked.endswith("%") else width), height / width
    width, height = rasters.natural(element)
    style = read(element.get("style"))
    asked, tall = style.get("width", ""), style.get("height", "")
    if tall.endswith("pt") and asked.endswith("pt"):
        return _points(asked), _points(tall) / _points(asked)
    return (asked if asked.endswith("%") else _points(asked) or width), height / width


def _points(length: str) -> float:
    return float(length.removesuffix("pt")) if length.endswith("pt") else 0.0
