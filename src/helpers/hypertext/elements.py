"""The one table of HTML: which elements and attributes a report may have, and how each is set in print.

What is not in `ELEMENTS` is refused by name, `REFUSED` knows why. Attributes that nothing here asks for are left out,
but for those that run or fetch something: they are refused, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from helpers.hypertext import mathml
from helpers.hypertext.addresses import is_link, is_picture

Value = Callable[[str], str | None]
"""What an attribute's value may be: the value as it is kept, None where it says nothing that can be."""

Standing = Literal["block", "inline", "unwrapped", "dropped"]


@dataclass(frozen=True)
class Allowed:
    """An element that may stand in a report.

    `standing`: a block, a piece of a line; or gone, but for its content (`unwrapped`), or with it (`dropped`).
    `typst`: what the typesetter calls around its content; None for what has a way of its own (`typesetting`).
    `depth`: how many of the rules within each other that the typesetter can hold (64) it takes there.
    """

    standing: Standing
    typst: str | None = None
    attributes: Mapping[str, Value] = field(default_factory=dict)
    depth: int = 1


def _number(low: int, high: int) -> Value:
    def value(text: str) -> str | None:
        digits = re.match(r"\s*(-?\d{1,9})", text)
        return str(max(low, min(high, int(digits[1])))) if digits else None

    return value


def _one_of(*words: str) -> Value:
    return lambda text: text.strip().lower() if text.strip().lower() in words else None


def _text(text: str) -> str:
    return text


def _there(text: str) -> str:
    return ""


def _link(text: str) -> str:
    if not is_link(text):
        raise ValueError("an address that is no link")
    return text


def _picture(text: str) -> str:
    if not is_picture(text):
        raise ValueError("an address that is no picture in the page")
    return text


EVERYWHERE: Mapping[str, Value] = {"title": _text, "lang": _text, "dir": _one_of("ltr", "rtl", "auto")}
"""Attributes of every element; an `id` is kept where a link needs it."""

_SPANS = {"colspan": _number(1, 1000), "rowspan": _number(0, 65534)}


def _measure(text: str) -> str | None:
    return text if re.fullmatch(r"[\w .%#+-]{0,40}", text) else None


_SIDED = "padding|border|text-align|width|color|margin-left|font-variant-caps"
_DECLARATION = re.compile(rf"({_SIDED})(-(left|right|top|bottom))?:\s*([\w.%#-]+( (solid|dashed) currentcolor)?)")


def _formula_style(text: str) -> str | None:
    said = (each.strip() for each in text.split(";"))
    return "; ".join(each for each in said if _DECLARATION.fullmatch(each)) or None


_FORMULA = {
    **dict.fromkeys((
        "display", "displaystyle", "scriptlevel", "mathvariant", "mathcolor", "stretchy", "fence", "form", "minsize",
        "maxsize", "lspace", "rspace", "movablelimits", "accent", "accentunder", "linethickness", "width", "height",
        "depth", "columnalign", "columnspan", "rowspan", "linebreak", "notation",
    ), _measure),
    "alttext": _text, "style": _formula_style,
}  # fmt: skip

_block, _inline = Allowed("block"), Allowed("inline")
_plain_block, _plain_inline = Allowed("block", ""), Allowed("inline", "")
_unwrapped, _dropped = Allowed("unwrapped"), Allowed("dropped")

ELEMENTS: Mapping[str, Allowed] = {
    # Blocks
    "p": _plain_block, "div": _plain_block, "section": _plain_block, "article": _plain_block, "aside": _plain_block,
    "header": _plain_block, "footer": Allowed("block", "#beneath"), "main": _plain_block, "nav": _plain_block,
    "address": Allowed("block", "#emph"), "center": Allowed("block", "#align(center)"),
    "hgroup": _plain_block, "figure": _block,
    "figcaption": Allowed("block", "#figure-caption"), "details": _plain_block, "summary": _block,
    **{f"h{level}": _block for level in range(1, 7)},
    "blockquote": Allowed("block", "#quote(block: true)", depth=4), "pre": _block, "hr": _block,
    "ul": Allowed("block", depth=2), "ol": Allowed("block", None, {
        "start": _number(-9999, 9999), "type": lambda text: text if text in "1aAiI" and text else None,
        "reversed": _there,
    }, depth=2),
    "li": Allowed("block", None, {"value": _number(-9999, 9999)}),
    "dl": Allowed("block", depth=4), "dt": _block, "dd": _block,
    # Tables
    "table": Allowed("block", depth=14), "caption": _block, "colgroup": _block,
    "col": Allowed("block", None, {"span": _number(1, 1000)}),
    "thead": _block, "tbody": _block, "tfoot": _block, "tr": _block, "td": Allowed("block", None, _SPANS),
    "th": Allowed("block", None, {**_SPANS, "scope": _one_of("row", "col", "rowgroup", "colgroup"), "abbr": _text}),
    # In a line
    "a": Allowed("inline", None, {"href": _link}), "br": _inline, "wbr": _inline,
    "b": Allowed("inline", "#strong"), "strong": Allowed("inline", "#strong"), "em": Allowed("inline", "#emph"),
    "i": Allowed("inline", "#emph"), "cite": Allowed("inline", "#emph"), "dfn": Allowed("inline", "#emph"),
    "var": Allowed("inline", "#emph"), "sub": Allowed("inline", "#sub"), "sup": Allowed("inline", "#super"),
    "del": Allowed("inline", "#strike"), "s": Allowed("inline", "#strike"), "strike": Allowed("inline", "#strike"),
    "ins": Allowed("inline", "#underline"), "u": Allowed("inline", "#underline"),
    "mark": Allowed("inline", "#highlight"), "small": Allowed("inline", "#text(size: 0.85em)"),
    "big": Allowed("inline", "#text(size: 1.15em)"), "q": Allowed("inline", "#quote"),
    "code": _inline, "kbd": _inline, "samp": _inline, "tt": _inline,
    "abbr": _plain_inline, "font": _plain_inline,
    "span": _plain_inline, "time": _plain_inline, "bdi": _plain_inline, "bdo": _plain_inline,
    "ruby": _plain_inline, "rt": _plain_inline, "rp": _plain_inline,
    "input": Allowed("inline", None, {
        "type": _one_of("checkbox"), "checked": _there, "disabled": _there, "aria-label": _text,
    }),
    # Pictures: what may stand in a drawing is the table of `drawings`
    "img": Allowed("inline", None, {"src": _picture, "alt": _text}), "svg": _inline,

    # Formulas
    **{name: Allowed("inline", None, _FORMULA) for name in mathml.ELEMENTS},
    # Only their content counts, or not even that
    **dict.fromkeys((
        "html", "body", "label", "button", "nobr", "acronym", "data", "output", "noscript", "progress", "meter",
        "fieldset", "legend", "search", "rb", "rtc", "semantics",
    ), _unwrapped),
    **dict.fromkeys(("head", "title", "style", "template", "annotation", "annotation-xml"), _dropped),
}  # fmt: skip

_RUNS = "It would run in the reader's browser; show a static table or picture instead."
_FETCHES = "A published page stands alone: put the thing itself there, a picture as data:image/png;base64,…"
_ASKS = "A published page asks its reader for nothing; show what it is about as text or as a table."

REFUSED: Mapping[str, str] = {
    "script": _RUNS, "object": _RUNS, "embed": _RUNS, "applet": _RUNS, "canvas": _RUNS, "iframe": _RUNS,
    "frame": _RUNS, "frameset": _RUNS, "portal": _RUNS, "dialog": _RUNS, "marquee": _RUNS,
    "link": _FETCHES, "base": _FETCHES, "meta": _FETCHES, "audio": _FETCHES, "video": _FETCHES, "source": _FETCHES,
    "track": _FETCHES, "picture": _FETCHES, "area": _FETCHES, "map": _FETCHES,
    "mfenced": "Browsers do not show its brackets: write them as <mo>(</mo>.",
    "form": _ASKS, "select": _ASKS, "option": _ASKS, "textarea": _ASKS, "datalist": _ASKS,
}  # fmt: skip
"""Elements that reports are known to bring along, and what to do instead."""

FETCHING = frozenset({
    "src", "srcset", "srcdoc", "href", "xlink:href", "action", "formaction", "background", "poster", "data", "ping",
    "longdesc", "usemap", "manifest", "codebase", "archive", "classid", "dynsrc", "lowsrc", "imagesrcset",
    "attributionsrc", "http-equiv",
})  # fmt: skip
"""Attributes that make a browser load, send or go somewhere, where the table does not know better."""


def refusal(name: str) -> str:
    """What to do about an element that a report may not have."""
    return REFUSED.get(name, f"No report has such an element; if it is meant as text, write &lt;{name}&gt;.")
