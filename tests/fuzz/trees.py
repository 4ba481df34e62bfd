"""What is built of parts, spoilt as such: elements of XML and HTML, values of JSON, columns of CSV."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any

from lxml import etree, html

LARGEST = 200_000
"""Elements, or characters of a value, that a damage may leave; more of them only take longer."""

Element = etree._Element


def spoilt_tree(data: bytes, random: Random, pieces: Sequence[bytes], markup: bool = False) -> bytes:
    """XML (or HTML, where it is `markup`) with one to three of its elements damaged; what is no tree stays as it is."""
    try:
        root = html.document_fromstring(data) if markup else etree.fromstring(data)
    except (etree.LxmlError, ValueError):
        return data
    for _ in range(random.choice((1, 1, 2, 3))):
        elements = [node for node in root.iter(etree.Element) if node.getparent() is not None]
        if elements:
            random.choice(_DAMAGES)(random.choice(elements), random, elements, pieces)
    return etree.tostring(root, encoding="utf-8", method="html" if markup else "xml")


def _removed(node: Element, *_: object) -> None:
    node.getparent().remove(node)


def _repeated(node: Element, random: Random, *_: object) -> None:
    size = sum(1 for _ in node.iter())
    for _ in range(min(random.choice((1, 1, 2, 50, 3000)), LARGEST // size)):
        node.addnext(copy.deepcopy(node))


def _moved(node: Element, random: Random, elements: list[Element], _: object) -> None:
    target = random.choice(elements)
    if node not in (target, *target.iterancestors()):
        target.insert(random.randint(0, len(target)), node)


def _exchanged(node: Element, random: Random, elements: list[Element], _: object) -> None:
    """Another kind of element in this one's place: a row where a cell was, a table in a run of text."""
    node.tag = random.choice(elements).tag


def _nested(node: Element, random: Random, *_: object) -> None:
    """The element within itself, as deep as a page of tables, or deeper than any parser goes."""
    for _ in range(random.choice((1, 1, 3, 40, 300, 5000))):
        outer = node.makeelement(node.tag, dict(node.attrib), nsmap=node.nsmap)
        node.addprevious(outer)
        outer.append(node)


def _unwrapped(node: Element, *_: object) -> None:
    for child in list(node):
        node.addprevious(child)
    node.getparent().remove(node)


def _attribute(node: Element, random: Random, elements: list[Element], pieces: Sequence[bytes]) -> None:
    """An attribute with a strange value, with the value of another one, or gone; often where there is one already."""
    node = random.choice([other for other in elements if other.attrib] or [node])
    donor = random.choice([other for other in elements if other.attrib] or [node])
    names = list(node.attrib) + list(donor.attrib)
    if not names:
        return
    name = random.choice(names)
    kind = random.random()
    if kind < 0.2:
        node.attrib.pop(name, None)
    else:
        values = list(donor.attrib.values()) or [""]
        _set(node, name, random.choice(values) if kind < 0.4 else _text_of(random.choice(pieces)))


def _text(node: Element, random: Random, elements: list[Element], pieces: Sequence[bytes]) -> None:
    text = _text_of(random.choice(pieces)) * random.choice((1, 1, 1, 200))
    node = random.choice([other for other in elements if other.text] or [node])
    for place in random.choice((("text",), ("tail",), ("text", "tail"))):
        try:
            setattr(node, place, text)
        except ValueError:  # XML has no place for it
            setattr(node, place, "\N{REPLACEMENT CHARACTER}")


def _set(node: Element, name: str, value: str) -> None:
    try:
        node.set(name, value)
    except ValueError:
        node.set(name, "")


def _text_of(piece: bytes) -> str:
    return piece.decode("utf-8", "replace")


_DAMAGES: tuple[Callable[..., None], ...] = (
    _removed, _repeated, _moved, _exchanged, _nested, _unwrapped, _attribute, _attribute, _attribute, _text, _text,
)  # fmt: skip

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, -0.0, 0.5, 1e17, 1e18, 10**18, 10**30, 1e308, "", " ", "0", "无", "\0", "\x1b[31m",
    "\ufeff", "\ud800", "\u202e", "9" * 5000, "长" * 5000, [], {}, [[]], {"": None}, ["a"], {"a": "b"},
    "{{ 7 * 7 }}", "# 一、总体情况", "=1+1", "../../x", "2019", "2021", 2019, 2024, 99999, "gongkai/1", "gongkai/9",
)  # fmt: skip


def spoilt_json(data: bytes, random: Random) -> bytes:
    """JSON with one to three of its values replaced, moved, renamed, doubled or gone."""
    content = json.loads(data)
    for _ in range(random.choice((1, 1, 2, 3))):
        holder, key = random.choice(list(_values(content)))
        kind = random.random()
        if kind < 0.5:
            holder[key] = copy.deepcopy(random.choice(ODD))
        elif kind < 0.65:
            other, place = random.choice(list(_values(content)))
            holder[key] = copy.deepcopy(other[place])
        elif kind < 0.8:
            del holder[key]
        elif isinstance(holder, dict):
            holder[random.choice(("", "x", " year", "cells", f"{key}.x", key.upper()))] = holder[key]
        else:
            holder.extend(holder[key : key + 1] * 1000)
    text = json.dumps(content, ensure_ascii=random.random() < 0.5)
    if random.random() < 0.1:
        deep = random.choice((10, 900, 100_000))
        text = text.replace("null", "[" * deep + "]" * deep, 1)
    return text.encode("utf-8", "surrogatepass")


def spoilt_rows(data: bytes, random: Random) -> bytes:
    """A CSV file with its columns exchanged, a column gone, rows cut short or doubled, or comments anywhere."""
    rows = [line.split(b",") for line in data.split(b"\n")]
    for _ in range(random.choice((1, 1, 2, 3))):
        kind, here, there = random.randrange(5), random.randrange(9), random.randrange(9)
        row = random.choice(rows)
        if kind == 0:
            rows = [[*(line[there : there + 1] or [b""]), *line] for line in rows]
        elif kind == 1:
            rows = [line[:here] + line[here + 1 :] for line in rows]
        elif kind == 2:
            del row[here:]
        elif kind == 3:
            rows.insert(random.randrange(len(rows)), list(row))
        else:
            rows.insert(random.randrange(3), [b"# 2024\xe5\xb9\xb4", *row])
    return b"\n".join(map(b",".join, rows))


def _values(content: Any) -> Iterator[tuple[Any, Any]]:
    """Every value by what holds it, and its key there."""
    for key, value in content.items() if isinstance(content, dict) else enumerate(content):
        yield content, key
        if isinstance(value, dict | list):
            yield from _values(value)
