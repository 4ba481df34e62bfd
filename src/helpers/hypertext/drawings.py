"""SVG: the elements and attributes that draw, and nothing that runs, fetches or moves.

A drawing comes within HTML, where the parser knows no capitals, or as a file; it leaves as one element with names,
ids and styles of ours, to stand in the page as it is and in print as a file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import tinycss2
from lxml import etree

from helpers.hypertext.addresses import is_picture
from helpers.hypertext.cascade import Cascade, vet_inline
from helpers.hypertext.properties import fetches
from helpers.hypertext.refusals import refused

_DRAWN = """
svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc image switch
linearGradient radialGradient stop clipPath mask pattern marker filter feBlend feColorMatrix feComposite feDropShadow
feFlood feGaussianBlur feMerge feMergeNode feOffset
"""
_GEOMETRY = """
x y x1 x2 y1 y2 cx cy r rx ry fx fy dx dy rotate width height viewBox preserveAspectRatio d points transform
gradientTransform gradientUnits patternTransform patternUnits patternContentUnits spreadMethod offset clipPathUnits
maskUnits maskContentUnits markerWidth markerHeight markerUnits orient refX refY textLength lengthAdjust startOffset
pathLength filterUnits in in2 k1 k2 k3 k4 mode operator result stdDeviation type values role aria-label aria-hidden
"""
_LOOKS = """
alignment-baseline baseline-shift clip-path clip-rule color color-interpolation direction display dominant-baseline
fill fill-opacity fill-rule filter flood-color flood-opacity font font-family font-size font-stretch font-style
font-variant font-weight image-rendering isolation letter-spacing marker marker-end marker-mid marker-start mask
mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke stroke-dasharray
stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor
text-decoration text-rendering vector-effect visibility word-spacing writing-mode
"""
DRAWN: Mapping[str, str] = {name.lower(): name for name in _DRAWN.split()}
"""The elements of a drawing, by their names in small letters."""

ATTRIBUTES: Mapping[str, str] = {name.lower(): name for name in (_GEOMETRY + _LOOKS).split()}

LOOKS = frozenset(_LOOKS.split())
_MEASURES = frozenset(name.lower() for name in _GEOMETRY.split())
_ALONE = frozenset({
    "alignment-baseline", "baseline-shift", "clip-path", "display", "dominant-baseline", "filter", "flood-color",
    "flood-opacity", "font", "isolation", "mask", "mix-blend-mode", "opacity", "overflow", "stop-color", "stop-opacity",
    "text-decoration", "vector-effect",
})  # fmt: skip
"""Looks that an element does not pass on to what it holds."""

_PARSER = etree.HTMLParser()
_WORDS = ("text", "tspan", "textPath", "title", "desc")
_PASSED_OVER = ("style", "metadata")
_REFERENCE = re.compile(r"""(?P<before>url\(\s*['"]?#)(?P<aim>[^)'"]+)""")
_LINK = re.compile(r"(?P<before>^#)(?P<aim>.+)$")
_MAY_FETCH = re.compile(r"\\|url|src|image", re.IGNORECASE)
_NAMESPACE = re.compile(r"\{([^}]*)\}")
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
_MOVES = "A published drawing stands still and alone: leave it out, or show the drawing as PNG."


def cleaned(svg: Any) -> Any:
    """A copy of the element `svg` that only draws, named (`aria-label`) by what it says of itself.

    Raises Refused for what would run, fetch or move, for an element that no drawing has, and for a drawing without a
    name, unless it is marked as mere decoration (`aria-hidden`).
    """
    styles = dict(Cascade(svg, _looks, legacy=False).styles())
    drawing = _copy(svg, styles, {})
    _own_ids(drawing)
    if drawing.get("aria-hidden") != "true":
        drawing.set("role", "img")
        drawing.set("aria-label", _name(drawing))
    sides = [_user_units(drawing.get(side)) for side in ("width", "height")]
    if drawing.get("viewBox") is None and all(sides):
        drawing.set("viewBox", f"0 0 {sides[0]:g} {sides[1]:g}")
    return drawing


def vet(element: Any) -> None:
    """Raise Refused if an element of a drawing that is to be published as it is would run or fetch something."""
    if element.tag != "svg" and element.getparent().tag not in DRAWN:
        raise refused(f"<{element.tag}> outside of a drawing", element, _MOVES)
    for name, value in element.items():
        # A page holds thousands of these, and none of them leads anywhere.
        if name in _MEASURES or (name in LOOKS and not _MAY_FETCH.search(value)):
            continue
        _attribute(element, name, value)
        if name == "style":
            vet_inline(element, _looks)


def as_file(drawing: Any) -> str:
    """The drawing as the text of an SVG file, which says how large it is."""
    drawing = deepcopy(drawing)
    for side, points in zip(("width", "height"), size(drawing), strict=True):
        drawing.set(side, f"{points:.4g}pt")
    text = str(etree.tostring(drawing, encoding="unicode", with_tail=False))
    return text.replace("<svg", f'<svg xmlns="{_SVG}"', 1)


def size(drawing: Any) -> tuple[float, float]:
    """Width and height in points, as the drawing says; a square of 300 points for one that says nothing."""
    box = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", drawing.get("viewBox", ""))][2:4]
    across, down = box if len(box) == 2 and all(box) else (400.0, 400.0)
    width, height = (_user_units(drawing.get(side)) for side in ("width", "height"))
    width = width or (height * across / down if height else across)
    return width * 0.75, (height or width * down / across) * 0.75


def resized(drawing: Any, width: str, height: str) -> None:
    """Make it as wide and as high as asked ("" for unasked); of its own two sides none is kept then."""
    for name, length in (("width", width), ("height", height)):
        drawing.attrib.pop(name, None)
        if length:
            drawing.set(name, length)


def _copy(source: Any, styles: Mapping[Any, Mapping[str, str]], around: Mapping[str, str]) -> Any:
    """The element and what it holds; a style that it inherits anyway, as matplotlib's `*` gives it, is not repeated."""
    made = _PARSER.makeelement(DRAWN[_local(source)])
    for name, value in source.items():
        if (kept := _attribute(source, name, value)) is not None:
            made.set(*kept)
    style = styles.get(source, {})
    for name in style.keys() & set(made.attrib):
        del made.attrib[name]
    inherited = {**around, **{name: made.get(name, "") for name in made.attrib if name in LOOKS}, **style}
    if own := [f"{name}:{style[name]}" for name in sorted(style) if name in _ALONE or around.get(name) != style[name]]:
        made.set("style", ";".join(own))
    if made.tag in _WORDS:
        made.text = source.text
    for child in source:
        name = _local(child)
        if name == "a":
            child.tag, name = "g", "g"
        if name in DRAWN:
            inner = _copy(child, styles, inherited)
            inner.tail = child.tail if made.tag in _WORDS else None
            made.append(inner)
        elif name and name not in _PASSED_OVER:
            raise refused(f"<{name}> in a drawing", child, _MOVES)
    return made


def _local(element: Any) -> str:
    """The name of an element of SVG in small letters, nothing for one of another language, as Inkscape's own."""
    if not isinstance(element.tag, str):
        return ""
    namespace = _NAMESPACE.match(element.tag)
    name = element.tag[namespace.end() :] if namespace else element.tag
    return "" if ":" in name or (namespace and namespace[1] != _SVG) else name.lower()


def _attribute(element: Any, name: str, value: str) -> tuple[str, str] | None:
    """An attribute as it is kept, under its name with capitals; None for one that is left out."""
    name = name.replace(f"{{{_XLINK}}}", "xlink:").lower()
    if name.startswith("on"):
        raise refused(f"the event handler {name}", element, "It would run at the reader's; leave it out.")
    if name in ("href", "xlink:href") or name.endswith(":href"):
        if element.tag.endswith("}a") or element.tag in ("a", "g"):
            return None
        if not (value.strip().startswith("#") or (_local(element) == "image" and is_raster(value))):
            raise refused(f"the attribute {name} that leads out of the drawing", element, _MOVES)
        return "href", value.strip()
    if name == "id":
        return name, value
    kept = ATTRIBUTES.get(name)
    if kept in LOOKS and _MAY_FETCH.search(value) and fetches(tinycss2.parse_component_value_list(value)):
        raise refused(f"the attribute {name} that fetches something", element, _MOVES)
    return (kept, value) if kept else None


def is_raster(address: str) -> bool:
    """Whether `address` holds a picture made of points: a drawing within a drawing would have to be looked at, too."""
    return is_picture(address) and "svg" not in address[:32].lower()


def _looks(name: str, tokens: Any) -> list[tuple[str, str]]:
    return [(name, tinycss2.serialize(tokens).strip())] if name in LOOKS else []


def _own_ids(drawing: Any) -> None:
    """Keep the ids that something refers to, under names of this drawing alone: matplotlib draws them by lot."""
    aims: dict[str, str] = {}
    references = [
        (element, name, value, _LINK if name == "href" else _REFERENCE)
        for element in drawing.iter()
        for name, value in element.attrib.items()
        if "#" in value and name != "id"
    ]
    for _, _, value, pattern in references:
        for found in pattern.finditer(value):
            aims.setdefault(found["aim"], f"{len(aims)}")
    named = [(element, element.attrib.pop("id")) for element in drawing.iter() if "id" in element.attrib]

    def name_all(prefix: str) -> None:
        for element, name, value, pattern in references:
            element.set(name, pattern.sub(lambda found: f"{found['before']}{prefix}{aims[found['aim']]}", value))
        for element, name in named:
            if name in aims:
                element.set("id", f"{prefix}{aims[name]}")

    name_all("")
    name_all(f"d{hashlib.sha256(etree.tostring(drawing)).hexdigest()[:8]}-")


def _name(drawing: Any) -> str:
    title = drawing.find("title")
    words = " ".join("".join(text.itertext()).strip() for text in drawing.iter("text"))
    named = (drawing.get("aria-label") or (title.text if title is not None else "") or words or "").split()
    if not named:
        remedy = 'Give it a <title> or an aria-label that says what it shows, or aria-hidden="true" if it says nothing.'
        raise refused("a drawing without alternative text", drawing, remedy)
    return " ".join(named)


def _user_units(length: str | None) -> float:
    """A length of SVG in user units, 0 where it is relative or none."""
    found = re.fullmatch(r"\s*(\d*\.?\d+)\s*(px|pt|pc|mm|cm|in|)\s*", length or "")
    units = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
    return float(found[1]) * units[found[2]] if found else 0.0
