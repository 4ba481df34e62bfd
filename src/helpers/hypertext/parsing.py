"""Markup of an analyst → a tree of what the table of elements allows; the rest is refused by name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import Any

from lxml import etree

from helpers.hypertext import drawings, mathml, rasters
from helpers.hypertext.cascade import vet_inline
from helpers.hypertext.elements import ELEMENTS, EVERYWHERE, FETCHING, Allowed, Value, refusal
from helpers.hypertext.refusals import refused
from helpers.hypertext.styles import resolve
from helpers.hypertext.tidying import drop, tidy, unwrap

DEEPEST = 100
"""Elements within each other. Notebooks' own stay below twenty."""

DEEPEST_PRINT = 52
"""What the elements take together of the typesetter's depth; the report's own rules take the rest of 64."""

_BELOW = etree.XPath("/".join(["*"] * (DEEPEST + 1)))

# Characters that no markup can hold; browsers show nothing, or a mark, in their place.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_OURS = frozenset({"class", "id", "role", "tabindex", "headers"})

# Where browsers read a page otherwise than the parser here: between these, one sees text and the other elements.
_READ_OTHERWISE = re.compile(r"<[!?]|<title\b[^>]*>[^<]*<(?!/title\b)", re.IGNORECASE)
_TAG = re.compile(r"<[a-z/!?].*", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True)
class Tree:
    """Allowed HTML: the children of `body`, which itself is not shown. Nobody changes it."""

    body: Any


def parse(markup: str, embedded: Callable[[str], str] | None = None) -> Tree:
    """What `markup` shows, as a tree of allowed elements; `embedded` gives the data that an address of a picture means.

    Raises Refused, naming the element or attribute and what to do, for what would run, fetch or send something, for
    an element that no report has, and for markup that ends within a tag.
    """
    body = _read(markup)
    if embedded:
        for image in body.iter("img"):
            image.set("src", embedded((image.get("src") or "").strip()))
    drawn = _drawings(body)
    aims = {href[1:] for link in body.iter("a") if (href := link.get("href", "")).startswith("#")}
    styles, hidden = resolve(body)
    depths = {body: 0}
    for element in list(body.iterdescendants()):
        if element in drawn:
            continue
        allowed = _allowed(element)
        if element.tag in mathml.ELEMENTS and element.tag != "math" and element.getparent().tag not in mathml.ELEMENTS:
            raise refused(f"<{element.tag}> outside of a formula", element, "Put it into <math>…</math>.")
        declarations = styles.get(element, "").count(":")
        depths[element] = depths[element.getparent()] + allowed.depth + declarations
        if depths[element] > DEEPEST_PRINT:
            raise refused("so many lists, quotations or tables within each other", element, "Show it flatter.")
        _clean(element, allowed.attributes, aims)
        if allowed.standing == "dropped" or element in hidden:
            drop(element)
        elif allowed.standing == "unwrapped":
            unwrap(element)
        elif "style" not in allowed.attributes and (style := styles.get(element)):
            element.set("style", style)
    rasters.settle(body)
    tidy(body)
    return Tree(body)


def _drawings(body: Any) -> set[Any]:
    """Put each drawing's cleaned copy in its place; all their elements."""
    for svg in list(body.iter("svg")):
        if next(svg.iterancestors("svg"), None) is None:
            drawing = drawings.cleaned(svg)
            drawing.tail, svg.tail = svg.tail, None
            svg.getparent().replace(svg, drawing)
    return {element for svg in body.iter("svg") for element in svg.iter()}


def vet(markup: str) -> None:
    """Raise Refused unless `markup` may be published as it is: nothing is left out, nothing unknown let through.

    For a whole page, of what `to_html` has written and of this package's own fragments.
    """
    if opened := _READ_OTHERWISE.search(markup):
        excerpt = markup[opened.start() : opened.start() + 80]
        raise refused("a comment, or a title that holds markup", excerpt, "Leave it out.")
    for element in _read(markup).iterdescendants():
        if element.tag in drawings.DRAWN:
            drawings.vet(element)
            continue
        allowed = _allowed(element)
        if allowed.standing not in ("block", "inline") or element.getparent().tag in drawings.DRAWN:
            raise refused(f"the element <{element.tag}>", element, "It has no place in a page, or not there.")
        for name, value in element.items():
            if name == "style":
                vet_inline(element)
            elif not (name in _OURS or name.startswith(("aria-", "data-"))) and (
                _value(element, name, value, allowed.attributes) is None
            ):
                raise refused(f"the attribute {name}", element, "A page has no use for it; leave it out.")


def _read(markup: str) -> Any:
    markup = _UNPRINTABLE.sub("", markup.replace("\f", " "))
    if unfinished := _TAG.search(markup, markup.rfind(">") + 1):
        raise refused("markup that ends within a tag", unfinished[0], "Close the tag, or write &lt; for a mere <.")
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    # Within a body of our own nothing is wrapped in a paragraph that nobody wrote.
    body: Any = etree.fromstring(f"<html><body>{markup}".encode(), parser).find("body")
    too_deep: Any = _BELOW(body)
    if too_deep:
        raise refused(f"more than {DEEPEST} elements within each other", too_deep[0], "Show it flatter.")
    return body


def _allowed(element: Any) -> Allowed:
    allowed = ELEMENTS.get(element.tag)
    if allowed is not None:
        return allowed
    if element.tag == "meta" and element.get("http-equiv", "content-type").lower() == "content-type":
        return ELEMENTS["head"]
    raise refused(f"the element <{element.tag}>", element, refusal(element.tag))


def _clean(element: Any, allowed: Mapping[str, Value], aims: Set[str]) -> None:
    """Leave only the attributes that are allowed, and ids that a link leads to."""
    for name, value in element.items():
        clean = _value(element, name, value, allowed)
        if name == "id" and value in aims:
            continue
        if clean is None:
            del element.attrib[name]
        elif clean != value:
            element.set(name, clean)


def _value(element: Any, name: str, value: str, allowed: Mapping[str, Value]) -> str | None:
    """An attribute's value as it is kept, None for one that is left out."""
    rule = allowed.get(name) or EVERYWHERE.get(name)
    if rule is not None:
        try:
            return rule(value)
        except ValueError as problem:
            raise refused(f"the attribute {name} with {problem}", element, _remedy(name)) from None
    if name.startswith("on"):
        raise refused(f"the event handler {name}", element, "It would run in the reader's browser; leave it out.")
    if name in FETCHING or name.endswith(":href"):
        raise refused(f"the attribute {name}", element, _remedy(name))
    return None


def _remedy(name: str) -> str:
    if name == "href":
        return "A link leads to http:, https:, mailto: or to a place in the page."
    return "A published page loads nothing: embed a picture as data:image/png;base64,…"
