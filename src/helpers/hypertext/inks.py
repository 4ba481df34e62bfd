"""Styles of a parsed tree as Typst: around words, for what stands in a block, for a cell of a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from helpers.hypertext.styles import PAPER

_AROUND = {
    ("font-weight", "bold"): "#strong", ("font-style", "italic"): "#emph",
    ("text-decoration", "underline"): "#underline", ("text-decoration", "line-through"): "#strike",
    ("vertical-align", "sub"): "#sub", ("vertical-align", "super"): "#super",
}  # fmt: skip
_ACROSS = {"left": "left", "right": "right", "center": "center"}
_UPRIGHT = {"top": "top", "middle": "horizon", "bottom": "bottom"}
_STOP = re.compile(r"(#\w{6}|transparent) ([\d.]+%)")


def around(style: Mapping[str, str], *, background: bool = True, title: bool = False) -> list[str]:
    """The calls that words of this style stand within, from the outside; a `title` may not depend on its place."""
    calls = [call for (name, value), call in _AROUND.items() if style.get(name) == value]
    if "color" in style:
        calls.insert(0, f"{'#text(fill: ' if title else '#inked('}{_ink(style['color'])})")
    if background and "background-color" in style:
        calls.insert(0, f"#highlight(fill: {_ink(style['background-color'])})")
    return calls


def within(content: str, calls: Sequence[str], style: Mapping[str, str]) -> str:
    """A block's content within `calls`, the outermost first, and under what its style sets for all of it."""
    for call in filter(None, reversed(calls)):
        content = f"{call}[{content}]"
    return f"#[{set_}\n{content}]" if (set_ := _rules(style)) else content


def _rules(style: Mapping[str, str]) -> str:
    """What is set for all that follows in a block of this style."""
    across = _ACROSS.get(style.get("text-align", ""))
    return f"#set align({across});" if across else ""


def cell(style: Mapping[str, str]) -> str:
    """The arguments of a cell of this style."""
    given = [
        place
        for place in (_ACROSS.get(style.get("text-align", "")), _UPRIGHT.get(style.get("vertical-align", "")))
        if place
    ]
    fill = _run(style) or (_ink(style["background-color"]) if "background-color" in style else "")
    return (f", align: {' + '.join(given)}" if given else "") + (f", fill: {fill}" if fill else "")


def _run(style: Mapping[str, str]) -> str:
    """A run of colours; where the page's shows through another, that is the cell's own colour or paper."""
    run = style.get("background-image")
    if not run:
        return ""
    paper = style.get("background-color", PAPER)
    stops = [f"({_ink(paper if ink == 'transparent' else ink)}, {place})" for ink, place in _STOP.findall(run)]
    # CSS counts angles clockwise from the top, Typst from the left.
    angle = (float(run[len("linear-gradient(") :].partition("deg")[0]) - 90) % 360
    return f"gradient.linear({', '.join(stops)}, angle: {angle:g}deg)"


def _ink(ink: str) -> str:
    return f'rgb("{ink}")'
