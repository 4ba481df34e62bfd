"""Whatever stands in the place of a part of a notebook: it is refused in words, or every piece is seen as it was."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any

import nbformat
from doors import shown

from helpers.batch.build import Executed, exporters
from helpers.errors import BuildError

JUNK: tuple[Any, ...] = (None, 0, -1, True, "x", "remove-cell", [], ["a"], [1], {}, {"kind": "table"})
TRIES = 150


def places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a tree of dicts and lists: what holds it, and by which key."""
    for key, below in list(node.items() if isinstance(node, dict) else enumerate(node)):
        yield node, key
        if isinstance(below, dict | list):
            yield from places(below)


def test_a_notebook_with_anything_anywhere(suqian_2024: Executed) -> None:
    chance, passed = random.Random(20241231), 0
    whole = [piece.data["text/html"] for piece in shown(suqian_2024.notebook)]
    for _ in range(TRIES):
        notebook = copy.deepcopy(suqian_2024.notebook)
        holder, key = chance.choice(list(places(chance.choice(notebook.cells))))
        holder[key] = nbformat.from_dict(copy.deepcopy(chance.choice(JUNK)))
        try:
            page = exporters()[0].from_notebook_node(notebook)[0]
        except BuildError:
            continue
        passed += 1
        assert all(text in page or text.startswith("<h2") for text in whole), (key, holder[key])
    assert 0 < passed < TRIES
