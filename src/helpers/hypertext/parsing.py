"""Markup of an analyst → a tree of what the table of elements allows; the rest is refused by name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from helpers.hypertext.cascade import vet_inline
from helpers.hypertext.elements import ELEMENTS, EVERYWHERE, FETCHING, Allowed, Value, refusal
from helpers.hypertext.refusals import refused
from helpers.hypertext.styles import resolve
from helpers.hypertext.tidying import tidy

DEEPEST = 100
"""Elements within each other. Notebooks' own tables stay below twenty; print gives up at some hundred."""

_BELOW = etree.XPath("/".join(["*"] * (DEEPEST + 1)))

# Characters that no markup can hold; browsers show nothing, or a mark, in their place.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNFINISHED = re.compile(r"<[a-z/!?][^>]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Tree:
    """Allowed HTML: the children of `body`, which itself is not shown. Nobody changes it."""

    body: Any


def parse(markup: str) -> Tree:
    """What `markup` shows, as a tree of allowed elements.

    Raises Refused, naming the element or attribute and what to do, for what would run, fetch or send something, for
    an element that no report has, and for markup that ends within a tag.
    """
    body = _read(markup)
    aims = {href[1:] for link in body.iter("a") if (href := link.get("href", "")).startswith("#")}
    styles, hidden = resolve(body)
    for element in list(body.iterdescendants()):
        allowed = _allowed(element)
        _clean(element, allowed.attributes, aims)
        if allowed.standing == "dropped" or element in hidden:
            element.drop_tree()
        elif allowed.standing == "unwrapped":
            element.drop_tag()
        elif style := styles.get(element):
            element.set("style", style)
    tidy(body)
    return Tree(body)


def vet(markup: str) -> None:
    """Raise Refused where `parse` would; for a whole page, which has gone through it or was made by this package."""
    for element in _read(markup).iterdescendants():
        allowed = _allowed(element)
        for name, value in element.items():
            _value(element, name, value, allowed.attributes)
            if name == "style":
                vet_inline(element)


def _read(markup: str) -> Any:
    markup = _UNPRINTABLE.sub("", markup.replace("\f", " "))
    if unfinished := _UNFINISHED.search(markup):
        raise refused("markup that ends within a tag", unfinished[0], "Close the tag, or write &lt; for a mere <.")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    # Within a body of our own nothing is wrapped in a paragraph that nobody wrote.
    body: Any = html.document_fromstring(f"<html><body>{markup}".encode(), parser=parser).find("body")
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
