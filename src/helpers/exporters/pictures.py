"""A chart for the typesetter: its shapes as a picture, its words as text of the document.

Typst sets words itself in a tenth of the time that its SVG reader takes to shape them, and they come out as text
that can be searched and copied.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lxml import etree

from helpers.display import literal

_SVG = "{http://www.w3.org/2000/svg}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def svg_figure(svg: str, about: Mapping[str, Any]) -> str:
    """A chart with its caption and alternative text."""
    shapes, words = _parted(svg)
    drawn = f", words: ({''.join(words)})" if words else ""
    return f"#picture(bytes({literal(shapes)}), {literal('svg')}, {named(about)}{drawn})"


def named(about: Mapping[str, Any]) -> str:
    """By what a picture can be told from all others: its alternative text and its caption."""
    return f"{literal(str(about['alt']))}, {literal(str(about['title']))}"


def _parted(svg: str) -> tuple[str, list[str]]:
    """A chart of ours without its words, and each word's place as the template's `words` has it.

    They stand upright in one face: `(x, y, size, opacity, anchor, text),` with x and y in per cent of the drawing,
    size in points. An analyst's own drawing may turn and scale its text: only the SVG reader can set that.
    """
    root = etree.fromstring(svg.encode("utf-8"), _PARSER)
    wide, high = (float(side) for side in str(root.get("viewBox")).split()[2:])
    words = []
    for line in root.findall(f"{_SVG}text"):
        place = {str(name): str(value) for name, value in line.attrib.items()}
        x, y = 100 * float(place["x"]) / wide, 100 * float(place["y"]) / high
        words.append(
            f"({x:.3f}%, {y:.3f}%, {place['font-size']}pt, {place.get('opacity', '1')}, "
            f"{literal(place.get('text-anchor', 'start'))}, {literal(line.text or '')}),"
        )
        root.remove(line)
    return str(etree.tostring(root, encoding="unicode")), words
