"""What stands beside, above and below its base in a formula → Typst: indices, limits, accents, braces, lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from helpers.display import literal
from helpers.hypertext.signs import ACCENTS, ARROW_ACCENTS, ARROWS, BRACES, INTEGRALS, LARGE, LINES

Expression = Callable[[Any], str]


def beside(element: Any, places: str, expression: Expression) -> str:
    """A base with what stands beside it; `expression` sets each part, `places` are Typst's names of where."""
    base, *parts = element
    inner = expression(base) or "[]"
    # Typst would put them above and below a sum: whoever wrote it so has other elements for that.
    return _attached(
        f"math.scripts({inner})" if glyph(base) in LARGE else inner, zip(places, parts, strict=True), expression
    )


def around(element: Any, expression: Expression) -> str:
    """A base with indices before and behind it (`mmultiscripts`)."""
    base, *behind = element
    made, before = expression(base) or "[]", list[Any]()
    for index, part in enumerate(behind):
        if part.tag == "mprescripts":
            behind, before = behind[:index], behind[index + 1 :]
            break
    for places, parts in ((("br", "tr"), behind), (("bl", "tl"), before)):
        for pair in range(0, len(parts), 2):
            made = _attached(made, zip(places, parts[pair : pair + 2], strict=False), expression)
    return made


def above_below(element: Any, places: str, expression: Expression) -> str:
    """A base with its accents, braces and lines, and with its limits above (`t`) and below (`b`)."""
    base, *parts = element
    core = glyph(base)
    inner = expression(base) or "[]"
    limits = []
    for place, part in zip(places, parts, strict=True):
        marked = _marked(element, place, part, inner)
        if marked:
            inner = marked
        else:
            limits.append((place, part))
    if not limits:
        return inner
    if core in ARROWS and base.get("stretchy") != "false":
        inner = f"math.stretch({inner})"
    moving = core in LARGE - INTEGRALS and base.get("movablelimits") != "false"
    return _attached(inner if moving else f"math.limits({inner})", limits, expression)


def glyph(element: Any) -> str:
    """The sign that an operator is; empty for anything else."""
    return "".join(element.itertext()).strip() if element.tag == "mo" else ""


def _marked(element: Any, place: str, part: Any, inner: str) -> str:
    """`inner` under or over a mark that Typst knows as one, or nothing."""
    mark = glyph(part)
    if mark in BRACES:
        return f"math.{BRACES[mark]}({inner})"
    if mark in LINES and part.get("stretchy") != "false":
        return f"math.{'overline' if place == 't' else 'underline'}({inner})"
    accents = ACCENTS | ARROW_ACCENTS if element.get("accent") == "true" else ACCENTS
    return f"math.accent({inner}, {literal(accents[mark])})" if place == "t" and mark in accents else ""


def _attached(base: str, parts: Iterable[tuple[str, Any]], expression: Expression) -> str:
    set_ = "".join(f", {place}: {made}" for place, part in parts if (made := expression(part)))
    return f"math.attach({base}{set_})" if set_ else base
