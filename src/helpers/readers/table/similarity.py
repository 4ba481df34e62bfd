"""A form's labels as they are looked for: numbering apart, variants known, dropped characters tolerated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from helpers.chinese import split_numbering
from helpers.forms import normalise

_BRACKETED = re.compile(r"[(][^()]*[)]")

# “其他法律行政止公开” lacks three of twelve characters; two different labels of a form are further apart than that.
_DROPPED = 0.3

EXACT, MISNUMBERED, UNNUMBERED, NEAR = 1.0, 0.85, 0.9, 0.7


class Key(NamedTuple):
    """A label without its numbering, and the number (1 for 一、（一）1. ①), if it has one."""

    core: str
    number: int | None = None


@lru_cache(maxsize=20_000)
def split(label: str) -> Key:
    """Numbering and the rest: “（三）不予公开” is (不予公开, 3), as are 3.不予公开 and 三、不予公开."""
    number, rest = _numbered(label)
    core = normalise(rest)
    return Key(core, number) if core else Key(normalise(label))


def keys(labels: Sequence[str]) -> tuple[Key, ...]:
    """Every way to print a heading of the form, also without what stands in brackets; its own number is the first's."""
    found = [split(label) for label in labels]
    bare = [normalise(_BRACKETED.sub("", _numbered(label)[1])) for label in labels]
    return tuple(dict.fromkeys([*found, *(Key(core, found[0].number) for core in bare if core)]))


def _numbered(label: str) -> tuple[int | None, str]:
    return split_numbering(unicodedata.normalize("NFKC", label).replace("\n", ""), bare_digits=True)


@lru_cache(maxsize=50_000)
def similarity(text: str, known: tuple[Key, ...]) -> float:
    """How well a printed label agrees with a known one: 0, or from NEAR (characters dropped) to EXACT.

    A short label with another number, or without one, is not enough: “其他” is a row, a column and part of both.
    """
    if not text:
        return 0.0
    found = split(text)
    bare = _without_brackets(text)
    return max((max(_agreement(found, key), _agreement(bare, key)) for key in known), default=0.0)


@lru_cache(maxsize=20_000)
def _without_brackets(text: str) -> Key:
    return Key(normalise(_BRACKETED.sub("", _numbered(text)[1])), split(text).number)


@lru_cache(maxsize=200_000)
def _agreement(found: Key, key: Key) -> float:
    if found.core == key.core:
        if found.number == key.number or key.number is None:
            return EXACT
        if found.number is None:
            return UNNUMBERED
        return MISNUMBERED if len(key.core) > 3 else 0.0
    allowed = max(1, int(len(key.core) * _DROPPED))
    if len(key.core) < 4 or abs(len(found.core) - len(key.core)) > allowed:
        return 0.0
    distance = edit_distance(found.core, key.core, allowed)
    if distance > allowed:
        return 0.0
    agrees = 0.05 if found.number == key.number and key.number is not None else 0.0
    return NEAR + agrees - 0.4 * distance / len(key.core)


def edit_distance(left: str, right: str, limit: int) -> int:
    """Levenshtein's distance, or limit + 1 as soon as it must be larger."""
    if sum(character not in right for character in left) > limit:
        return limit + 1
    if sum(character not in left for character in right) > limit:
        return limit + 1
    previous = list(range(len(right) + 1))
    for row, character in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            current.append(min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (character != other)))
        if min(current) > limit:
            return limit + 1
        previous = current
    return previous[-1]
