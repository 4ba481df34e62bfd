"""The one table of CSS: which properties of an analyst are kept, each value brought to one way of writing it.

Rules, margins, fonts and sizes of letters are the report's own. A value that is not understood is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import tinycss2
from tinycss2.color4 import parse_color

Setting = Callable[[Sequence[Any]], str | None]
"""The tokens of a value → the value as it is kept."""

_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "cm": 28.35, "mm": 2.835, "in": 72.0}
_SIDES = {"to right": 90.0, "to left": 270.0, "to bottom": 180.0, "to top": 0.0}
CLEAR = "transparent"


def _words(**meanings: str) -> Setting:
    def value(tokens: Sequence[Any]) -> str | None:
        name = tokens[0].lower_value if len(tokens) == 1 and tokens[0].type == "ident" else ""
        return meanings.get(name.replace("-", "_"))

    return value


def color(tokens: Sequence[Any]) -> str | None:
    """`#rrggbb`, what shines through counted as white paper; `transparent` for what cannot be seen."""
    found = (
        _color(tokens[0].serialize()) if len(tokens) == 1 and tokens[0].type in ("ident", "hash", "function") else ""
    )
    return found or None


@lru_cache(maxsize=1024)
def _color(text: str) -> str:
    """A heat map repeats its colours: each is understood once."""
    parsed = parse_color(text)
    if parsed is None or isinstance(parsed, str):
        return ""
    try:
        *channels, alpha = parsed.to("srgb")
    except NotImplementedError:
        return ""
    if alpha == 0:
        return CLEAR
    return "#" + "".join(f"{round(255 * max(0, min(1, 1 - alpha + alpha * channel))):02x}" for channel in channels)


def _weight(tokens: Sequence[Any]) -> str | None:
    if len(tokens) == 1 and tokens[0].type == "number":
        return "bold" if tokens[0].value >= 600 else "normal"
    return _words(bold="bold", bolder="bold", normal="normal", lighter="normal")(tokens)


def _line(tokens: Sequence[Any]) -> str | None:
    """Which line goes with the text; its colour and kind are left out."""
    names = [token.lower_value for token in tokens if token.type == "ident"]
    return next((name for name in names if name in ("underline", "line-through", "none")), None)


def _length(tokens: Sequence[Any]) -> str | None:
    """A size in points, or in per cent of what stands around."""
    token = tokens[0]
    if len(tokens) != 1 or token.type not in ("dimension", "percentage") or not 0 < token.value <= 10_000:
        return None
    if token.type == "percentage":
        return f"{min(token.value, 100):.4g}%"
    points = _POINTS.get(token.lower_unit)
    return f"{token.value * points:.4g}pt" if points else None


def gradient(tokens: Sequence[Any]) -> str | None:
    """A straight run of colours, every stop with its place: `linear-gradient(90deg,#d65f5f 0%,#d65f5f 40%,…)`."""
    if len(tokens) != 1 or tokens[0].type != "function" or tokens[0].lower_name != "linear-gradient":
        return None
    parts = [_significant(part) for part in _split(tokens[0].arguments)]
    angle = _angle(parts[0])
    stops: list[tuple[str, float | None]] = []
    for part in parts[1:] if angle is not None else parts:
        ink = color(part[:1]) if part else None
        if ink is None or any(token.type != "percentage" for token in part[1:]):
            return None
        stops += [(ink, token.value) for token in part[1:]] or [(ink, None)]
    if not stops or all(ink == CLEAR for ink, _ in stops):
        return None
    return f"linear-gradient({180 if angle is None else angle:g}deg,{','.join(_placed(stops))})"


def _placed(stops: list[tuple[str, float | None]]) -> list[str]:
    """Stops from 0 to 100 % in rising order, as both a browser and the typesetter take them."""
    places: list[float] = []
    for number, (_, place) in enumerate(stops):
        even = 100 * number / max(1, len(stops) - 1)
        places.append(max([*places[-1:], min(100.0, max(0.0, even if place is None else place))]))
    placed = [(ink, place) for (ink, _), place in zip(stops, places, strict=True)]
    if places[0] > 0:
        placed.insert(0, (stops[0][0], 0.0))
    if places[-1] < 100:
        placed.append((stops[-1][0], 100.0))
    return [f"{ink} {place:.4g}%" for ink, place in placed]


def _angle(tokens: Sequence[Any]) -> float | None:
    if len(tokens) == 1 and tokens[0].type == "dimension" and tokens[0].lower_unit == "deg":
        return float(tokens[0].value) % 360
    return _SIDES.get(" ".join(token.lower_value for token in tokens if token.type == "ident"))


def _split(tokens: Sequence[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for token in tokens:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _significant(tokens: Sequence[Any]) -> list[Any]:
    return [token for token in tokens if token.type not in ("whitespace", "comment")]


PROPERTIES: Mapping[str, Setting] = {
    "color": color,
    "background-color": color,
    "background-image": gradient,
    "font-weight": _weight,
    "font-style": _words(italic="italic", oblique="italic", normal="normal"),
    "text-align": _words(left="left", right="right", center="center", justify="left", start="left", end="right"),
    "text-decoration": _line,
    "vertical-align": _words(
        top="top", middle="middle", bottom="bottom", sub="sub", super="super", baseline="baseline",
    ),
    "white-space": _words(
        pre="pre-wrap", pre_wrap="pre-wrap", pre_line="pre-line", nowrap="normal", normal="normal",
        break_spaces="pre-wrap",
    ),
    "width": _length,
    "height": _length,
    "display": _words(none="none", inline="inline", block="block", table_cell="block", table="block"),
    "visibility": _words(hidden="hidden", collapse="hidden", visible="visible"),
}  # fmt: skip

_RESETS = ("initial", "inherit", "unset", "revert")
_OTHER_NAMES = {"text-decoration-line": "text-decoration", "-webkit-text-decoration": "text-decoration"}


def settings(name: str, tokens: Sequence[Any]) -> list[tuple[str, str]]:
    """The properties that a declaration sets, of those in the table."""
    value = _significant(tokens)
    name = _OTHER_NAMES.get(name, name)
    if not value:
        return []
    if name == "background":
        return _background(value)
    if (
        len(value) == 1
        and value[0].type == "ident"
        and value[0].lower_value in ("initial", "unset", "revert", "inherit")
    ):
        return [(name, "")] if name in PROPERTIES else []
    setting = PROPERTIES.get(name)
    kept = setting(value) if setting else None
    return [(name, kept)] if kept is not None else []


def _background(tokens: list[Any]) -> list[tuple[str, str]]:
    """The shorthand resets what it does not name."""
    inks = [found for token in tokens if (found := color([token]))]
    runs = [found for token in tokens if (found := gradient([token]))]
    return [("background-color", inks[0] if inks else ""), ("background-image", runs[0] if runs else "")]


def fetches(tokens: Sequence[Any] | None) -> str | None:
    """The first thing among `tokens` that a browser would fetch, as it is written; places in the page are none."""
    for token in tokens or ():
        if token.type == "url" and not token.value.startswith("#"):
            return str(token.serialize())
        if token.type == "function" and token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set"):
            text = next((inner.value for inner in token.arguments if inner.type == "string"), "")
            if not text.startswith("#"):
                return str(token.serialize())
        if token.type == "function" and token.lower_name == "expression":
            return str(token.serialize())
        inner = fetches(getattr(token, "arguments", None)) or fetches(getattr(token, "content", None))
        if inner:
            return inner
    return None


def declared(content: Any) -> list[Any]:
    """The declarations of a style attribute, or of the inside of a rule (its tokens)."""
    nodes = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
    return [node for node in nodes if node.type == "declaration"]
