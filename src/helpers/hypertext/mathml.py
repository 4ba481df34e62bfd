"""A formula in MathML → an equation of Typst: sign by sign, so that nothing in it is markup or code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from helpers.display import literal
from helpers.errors import RefusedError
from helpers.hypertext.matrices import lines, matrix
from helpers.hypertext.scripts import above_below, around, beside, glyph
from helpers.hypertext.signs import BARS, CLOSING, LARGE, NO_FENCE, OPENING, SIZES, VARIANTS, length

_UNSEEN = re.compile("[\u2061-\u2064\u200b]")
_COLOR = re.compile(r"(?<!-)color:\s*(#[\da-f]{6}|#[\da-f]{3})(?![\da-f])", re.IGNORECASE)
_AS_TYPST = {"-": "−", "'": "′"}
_MARKS = {"b": "#strong", "strong": "#strong", "i": "#emph", "em": "#emph", "u": "#underline", "s": "#strike"}
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}


def equation(math: Any) -> str:
    """A `<math>` element as Typst markup, its `alttext` (or else its text) being what a screen reader says."""
    says = (math.get("alttext") or "".join(math.itertext())).strip()
    if not says:
        return ""
    if math.get("display") != "block":
        return f"#math.equation(alt: {literal(says)}, {_row(math)});"
    content, number = _row(math), ""
    if len(math) == 1 and math[0].tag == "mtable" and math[0].get("displaystyle") == "true":
        content, number = lines(math[0], _row)
    # What is too wide goes on in the next line, unless it is a table or has lines already.
    breaks = "" if next(math.iter("mtable"), None) is None else "breaks: false, "
    numbered = f"number: {literal(number)}, " if number else ""
    return f"#formula({breaks}{numbered}alt: {literal(says)}, {content});"


def _row(element: Any) -> str:
    """What an element holds, as one expression: fences grow with what they enclose."""
    opened: list[list[str]] = [list(_loose(element.text))]
    for index, child in enumerate(element):
        first, last = index == 0, index == len(element) - 1
        fence = _fence(child)
        between = fence and fence in BARS and not first and not last and len(opened) > 1
        if fence and (fence in OPENING or (first and fence in CLOSING + BARS + NO_FENCE)):
            opened.append([])
        made = _expression(child)
        opened[-1] += [f"math.mid({made})" if between else made] if made else []
        opened[-1] += _loose(child.tail)
        if fence and len(opened) > 1 and (fence in CLOSING or last):
            _close(opened)
    while len(opened) > 1:
        _close(opened)
    return _joined(opened[0])


def _close(opened: list[list[str]]) -> None:
    enclosed = opened.pop()
    opened[-1].append(f"math.lr({_joined(enclosed)})")


def _fence(element: Any) -> str:
    """The sign of a fence that grows, empty for anything else."""
    sign = glyph(element)
    grows = element.get("stretchy") != "false" and element.get("minsize") is None
    return sign if grows and len(sign) == 1 and sign in OPENING + CLOSING + BARS + NO_FENCE else ""


def _joined(expressions: list[str]) -> str:
    """Expressions side by side. As content: signs in a row would be joined to a word."""
    return expressions[0] if len(expressions) == 1 else f"[{''.join(f'#{each};' for each in expressions)}]"


def _loose(text: str | None) -> Iterator[str]:
    if text and text.strip():
        yield f"text({literal(text.strip())})"


def _expression(element: Any) -> str:
    """An element as a Typst expression, empty for one that shows nothing."""
    parts = _PARTS.get(element.tag, len(element))
    if len(element) != parts:
        raise RefusedError(
            f"a formula whose <{element.tag}> has {len(element)} parts", " ".join("".join(element.itertext()).split()),
            f"It takes {parts}; put what belongs together into an <mrow>.",
        )  # fmt: skip
    made = _WAYS.get(element.tag, _row)(element)
    return _styled(element, made) if made else ""


def _styled(element: Any, made: str) -> str:
    if element.tag != "mtable":
        large = element.get("displaystyle")
        size = SIZES.get(element.get("scriptlevel", "0" if large else ""))
        style = "display" if large == "true" else size
        made = f"math.{style}({made})" if style else made
    for part in element.get("mathvariant", "").split("-"):
        made = f"math.{VARIANTS[part]}({made})" if part in VARIANTS else made
    color = _COLOR.search(f"{element.get('style', '')};color:{element.get('mathcolor', '')}")
    return f"text(fill: rgb({literal(color[1])}), {made})" if color else made


def _identifier(element: Any) -> str:
    text = _text(element)
    return f"symbol({literal(_AS_TYPST.get(text, text))})" if len(text) == 1 else _word(text)


def _word(text: str) -> str:
    return f"text({literal(text)})" if text else ""


def _operator(element: Any) -> str:
    sign = _UNSEEN.sub("", _text(element))
    if len(sign) != 1:
        word = f"math.op({literal(sign)})" if sign[:1].isalpha() else f'math.class("relation", {_word(sign)})'
        return word if sign else _space(element.get("lspace"))
    made = f"symbol({literal(_AS_TYPST.get(sign, sign))})"
    if size := length(element.get("minsize")):
        return f"math.stretch({made}, size: {size})"
    tight = element.get("rspace") == "0" and (element.get("lspace") == "0" or sign in ",;")
    return f'math.class("normal", {made})' if tight and sign not in LARGE and not _fence(element) else made


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _words(element: Any) -> str:
    """Text within a formula; HTML in it keeps its marks."""
    parts = [f"#{literal(element.text)};"] if element.text else []
    for child in element:
        inner = _words(child)
        parts += [f"{_MARKS[child.tag]}({inner});" if child.tag in _MARKS else f"#{inner};"] if inner else []
        parts += [f"#{literal(child.tail)};"] if child.tail else []
    return f"[{''.join(parts)}]" if parts else ""


def _fraction(element: Any) -> str:
    over, under = (_expression(part) or "[]" for part in element)
    if re.fullmatch(r"0[a-z%]*", element.get("linethickness", "")):
        return f"math.mat(delim: none, row-gap: 0.3em, ({over},), ({under},))"
    return f"math.frac({over}, {under})"


def _root(element: Any) -> str:
    radicand, index = (_expression(part) or "[]" for part in element)
    return f"math.root({index}, {radicand})"


def _padded(element: Any) -> str:
    sides = dict(re.findall(r"padding-(left|right):\s*([\d.]+em)", element.get("style", "")))
    parts = (_space(sides.get("left")), _row(element), _space(sides.get("right")))
    return _joined([part for part in parts if part])


def _enclosed(element: Any) -> str:
    notation, inner = element.get("notation", ""), _row(element)
    if "strike" in notation:
        across = ", cross: true" if "updiag" in notation and "downdiag" in notation else ""
        return f"math.cancel({inner}{across or (', inverted: true' if 'downdiag' in notation else '')})"
    # The formula in a box is one of its own to the typesetter.
    says = literal(_text(element) or "□")
    return f"box(stroke: 0.5pt, inset: 3pt, baseline: 3pt, math.equation(alt: {says}, {inner}))"


def _blank(element: Any) -> str:
    if element.get("linebreak") == "newline":
        return "linebreak()"
    backward = re.search(r"margin-left:\s*(-[\d.]+em)", element.get("style", ""))
    return _space(backward[1] if backward else element.get("width"))


def _space(width: str | None) -> str:
    return f"h({wide})" if (wide := length(width)) else ""


def _nothing(element: Any) -> str:
    return ""


_WAYS: Mapping[str, Callable[[Any], str]] = {
    "mi": _identifier, "mo": _operator, "mn": lambda element: _word(_text(element)), "mtext": _words, "ms": _words,
    "mspace": _blank, "mpadded": _padded, "mphantom": lambda element: f"hide({_row(element)})", "menclose": _enclosed,
    "mfrac": _fraction, "mroot": _root, "msqrt": lambda element: f"math.sqrt({_row(element)})",
    "msub": lambda element: beside(element, "b", _expression),
    "msup": lambda element: beside(element, "t", _expression),
    "msubsup": lambda element: beside(element, "bt", _expression),
    "mmultiscripts": lambda element: around(element, _expression), "mprescripts": _nothing, "none": _nothing,
    "munder": lambda element: above_below(element, "b", _expression),
    "mover": lambda element: above_below(element, "t", _expression),
    "munderover": lambda element: above_below(element, "bt", _expression),
    "mtable": lambda element: matrix(element, _row),
}  # fmt: skip

ELEMENTS = frozenset(_WAYS) | {"math", "mrow", "mstyle", "mtr", "mlabeledtr", "mtd"}
"""What a formula may consist of."""
