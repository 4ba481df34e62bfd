"""Matplotlib's SVG file → an `<svg>` element that can stand in a page beside others, take its colour, and be read."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from helpers.charts._style import FAMILY, INK

_SVG = "{http://www.w3.org/2000/svg}"
_NAMESPACES: Any = {None: _SVG[1:-1]}  # the stub forbids the default namespace, lxml does not
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_blank_text=True, load_dtd=False)


def finish(file: bytes, chart: str, title: str, alt: str) -> str:
    """The root element alone: no prolog, metadata or style sheet, ids prefixed with `chart` or gone.

    Style declarations become attributes (a page's CSS may override them, a strict content policy allows them), the ink
    becomes `currentColor`, the font is named once. `alt` is the accessible name.
    """
    source = etree.fromstring(file, _PARSER)
    size = {name: str(source.get(name)) for name in ("width", "height", "viewBox")}
    root = etree.Element(f"{_SVG}svg", attrib=size, nsmap=_NAMESPACES)
    root.extend([child for child in source if child.tag not in (f"{_SVG}metadata", f"{_SVG}title")])
    for style in root.findall(f".//{_SVG}style"):
        _drop(style)
    _attributes_for_styles(root)
    _own_ids(root, chart)
    for group in root.findall(f".//{_SVG}g") + root.findall(f".//{_SVG}defs"):
        if not len(group):
            _drop(group)
        elif not group.attrib:
            _unwrap(group)
    # Words come last: an address in a county's label is no reference of ours.
    for name, value in {
        "role": "img", "aria-label": alt, "font-family": f"{FAMILY}, sans-serif", "fill": "currentColor",
        "stroke-linejoin": "round",
    }.items():  # fmt: skip
        root.set(name, value)
    name_of = etree.Element(f"{_SVG}title")
    name_of.text = title
    root.insert(0, name_of)
    etree.cleanup_namespaces(root)
    return str(etree.tostring(root, encoding="unicode")).replace("><", ">\n<")


def _attributes_for_styles(root: Any) -> None:
    for element in root.iter(f"{_SVG}path"):
        element.set("d", " ".join(element.get("d").split()))
        for declaration in element.attrib.pop("style", "").split(";"):
            name, _, value = (part.strip() for part in declaration.partition(":"))
            if name:
                element.set(name, value)
        if element.get("fill") == INK:
            element.set("fill", "currentColor")


def _own_ids(root: Any, chart: str) -> None:
    """Keep only the ids that something refers to, under a name no other chart in the page can have."""
    used: set[str] = set()
    for element in root.iter():
        for name, value in element.attrib.items():
            if name in (_XLINK_HREF, "href") and value.startswith("#"):
                used.add(value[1:])
                element.set(name, f"#{chart}-{value[1:]}")
            elif found := _REFERENCE.findall(value):
                used.update(found)
                element.set(name, _REFERENCE.sub(rf"url(#{chart}-\1)", value))
    for element in root.iter():
        identity = element.attrib.pop("id", None)
        if identity in used:
            element.set("id", f"{chart}-{identity}")


def _drop(element: Any) -> None:
    element.getparent().remove(element)


def _unwrap(group: Any) -> None:
    parent = group.getparent()
    place = parent.index(group)
    parent[place : place + 1] = list(group)
