"""Markup of an analyst → a tree of what the table of elements allows; the rest is refused by name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

from helpers.errors import RefusedError
from helpers.hypertext.elements import ELEMENTS, EVERYWHERE, FETCHING, refusal

DEEPEST = 100
"""Elements within each other. Notebooks' own tables stay below twenty; print gives up at some hundred."""

_EXCERPT = 80
_FRAME = {"class": "table-frame", "role": "group", "tabindex": "0", "aria-label": "表"}
_HARMLESS_META = ("charset", "name")

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
    kept = {href[1:] for element in body.iter("a") if (href := element.get("href", "")).startswith("#")}
    for element in list(body.iterdescendants()):
        allowed = _allowed(element)
        if allowed.standing == "dropped":
            element.drop_tree()
        elif allowed.standing == "unwrapped":
            _attributes(element, {}, frozenset())
            element.drop_tag()
        else:
            _attributes(element, allowed.attributes, kept)
    for said in body.iter("dt", "dd"):
        # libxml2 does not know that one ends the other.
        while said.getparent().tag in ("dt", "dd"):
            said.getparent().addnext(said)
    for table in body.iter("table"):
        _framed(table)
    return Tree(body)


def vet(markup: str) -> None:
    """Raise Refused where `parse` would; for a whole page, which has gone through it or was made by this package."""
    for element in _read(markup).iterdescendants():
        allowed = _allowed(element)
        for name, value in element.items():
            _value(element, name, value, allowed.attributes)


def _read(markup: str) -> Any:
    markup = _UNPRINTABLE.sub("", markup.replace("\f", " "))
    if unfinished := _UNFINISHED.search(markup):
        raise _refused("markup that ends within a tag", unfinished[0], "Close the tag, or write &lt; for a mere <.")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    # Within a body of our own nothing is wrapped in a paragraph that nobody wrote.
    root = html.document_fromstring(f"<html><body>{markup}".encode(), parser=parser)
    body = root.find("body")
    depth, element = 0, body
    for event, element in etree.iterwalk(body, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise _refused(f"more than {DEEPEST} elements within each other", _tag(element), "Show it flatter.")
    return body


def _allowed(element: Any) -> Any:
    allowed = ELEMENTS.get(element.tag)
    if allowed is None:
        if element.tag == "meta" and element.get("http-equiv", "content-type").lower() == "content-type":
            return ELEMENTS["head"]
        raise _refused(f"the element <{element.tag}>", _tag(element), refusal(element.tag))
    return allowed


def _attributes(element: Any, allowed: Any, kept: Any) -> None:
    """Leave only what is allowed, in an order of our own."""
    for name, value in element.items():
        clean = _value(element, name, value, allowed)
        if name == "id" and value in kept:
            continue
        if clean is None:
            del element.attrib[name]
        elif clean != value:
            element.set(name, clean)


def _value(element: Any, name: str, value: str, allowed: Any) -> str | None:
    """An attribute's value as it is kept, None for one that is left out."""
    rule = allowed.get(name) or EVERYWHERE.get(name)
    if rule is not None:
        try:
            return str(kept) if (kept := rule(value)) is not None else None
        except ValueError as problem:
            raise _refused(f"the attribute {name} with {problem}", _tag(element), _remedy(name)) from None
    if name.startswith("on"):
        raise _refused(
            f"the event handler {name}", _tag(element), "It would run in the reader's browser; leave it out."
        )
    if name in FETCHING or name.endswith(":href"):
        raise _refused(f"the attribute {name}", _tag(element), _remedy(name))
    return None


def _remedy(name: str) -> str:
    if name == "href":
        return "A link leads to http:, https:, mailto: or to a place in the page."
    return "A published page loads nothing: embed a picture as data:image/png;base64,…"


def _framed(table: Any) -> None:
    """A table that is wider than a telephone scrolls in a frame; one within another table moves with that."""
    if next(table.iterancestors("table"), None) is None:
        frame = table.makeelement("div", _FRAME)
        table.addprevious(frame)
        frame.tail, table.tail = table.tail, None
        frame.append(table)


def _tag(element: Any) -> str:
    """The opening tag, for a message."""
    return "<" + " ".join([str(element.tag), *(f'{name}="{value}"' for name, value in element.items())]) + ">"


def _refused(what: str, excerpt: str, remedy: str) -> RefusedError:
    return RefusedError(what, excerpt if len(excerpt) <= _EXCERPT else f"{excerpt[:_EXCERPT]}…", remedy)
