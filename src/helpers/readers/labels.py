"""A form's labels as they are looked for: numbering apart, variants known, dropped characters tolerated."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from helpers.forms import Form, normalise
from helpers.forms.spec import Column, Node, Row

_CHINESE = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}
_ORDINAL = re.compile(
    r"^\s*(?:[(\[]?\s*(?P<word>第?[一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:[)\]][、.,:]?|[、.,:])|(?P<bare>\d{1,2})(?=[^\d年月日.%件]))"
)
_BRACKETED = re.compile(r"[(][^()]*[)]")

# “其他法律行政止公开” lacks three of twelve characters; two different labels of a form are further apart than that.
_DROPPED = 0.3

EXACT, MISNUMBERED, UNNUMBERED, NEAR = 1.0, 0.85, 0.9, 0.7


class Key(NamedTuple):
    """A label without its numbering, and the number (1 for 一、（一）1. ①), if it has one."""

    core: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class RowLabel:
    """A row of the form, or (`group`) a heading over rows that some reports print as one row.

    `address` is the row's, `block` the run of rows under one header it belongs to, `order` its place in the form.
    """

    address: str
    table: str
    block: int
    order: int
    keys: tuple[Key, ...]
    group: bool = False


@dataclass(frozen=True, slots=True)
class ColumnLabel:
    """A leaf column: `cell` is its id below a row address; `parents` the keys of the headings over it."""

    cell: str
    keys: tuple[Key, ...]
    parents: tuple[tuple[Key, ...], ...]
    printed: str


@lru_cache(maxsize=20_000)
def split(label: str) -> Key:
    """Numbering and the rest: “（三）不予公开” is (不予公开, 3), as are 3.不予公开 and 三、不予公开."""
    folded = unicodedata.normalize("NFKC", label).replace("\n", "")
    match = _ORDINAL.match(folded)
    if not match:
        return Key(normalise(folded))
    word = (match["word"] or match["bare"]).removeprefix("第")
    core = normalise(folded[match.end() :])
    return Key(core, _number(word)) if core else Key(normalise(folded))


def _number(word: str) -> int | None:
    if word.isdigit():
        return int(word)
    tens, _, ones = word.rpartition("十")
    if "十" not in word:
        return _CHINESE.get(word)
    return _CHINESE.get(tens, 1) * 10 + _CHINESE.get(ones, 0)


def keys(node: Node) -> tuple[Key, ...]:
    """Every way a form file knows to print a node's label, also without what stands in brackets."""
    texts = [node.label, *([node.short] if node.short else []), *node.variants]
    bare = [_BRACKETED.sub("", unicodedata.normalize("NFKC", _unnumbered(text))) for text in texts]
    found = [split(text) for text in texts]
    number = found[0].number
    return tuple(dict.fromkeys([*found, *(Key(normalise(text), number) for text in bare if normalise(text))]))


def _unnumbered(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    match = _ORDINAL.match(folded)
    return folded[match.end() :] if match else folded


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
    folded = unicodedata.normalize("NFKC", text).replace("\n", "")
    match = _ORDINAL.match(folded)
    rest = _BRACKETED.sub("", folded[match.end() :] if match else folded)
    return Key(normalise(rest), split(text).number)


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


class FormLabels:
    """Every label of one form, ready to be looked for."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.rows: tuple[RowLabel, ...] = tuple(self._rows())
        self.columns: dict[tuple[str, int], tuple[ColumnLabel, ...]] = {
            (table.id, number): tuple(_leaves(block.columns, by_row=table.stub == 0))
            for table in form.spec.tables
            for number, block in enumerate(table.blocks)
        }
        self.unlabelled = tuple(table.id for table in form.spec.tables if table.stub == 0)

    def _rows(self) -> Iterator[RowLabel]:
        order = 0
        for table in self.form.spec.tables:
            if table.stub == 0:
                continue
            for number, block in enumerate(table.blocks):
                for path in _paths(block.rows):
                    ids = [node.id for node in path if node.id]
                    group = bool(path[-1].rows)
                    if group and not path[-1].id:
                        continue
                    yield RowLabel(".".join([table.id, *ids]), table.id, number, order, keys(path[-1]), group)
                    order += 1

    @cached_property
    def headers(self) -> frozenset[str]:
        """The normalised text of every heading above columns, of corners and of banners."""
        found: set[str] = set()
        for table in self.form.spec.tables:
            for block in table.blocks:
                found.update(normalise(text) for text in (block.banner, block.corner) if text)
                found.update(key.core for node in _nodes(block.columns) for key in keys(node))
        return frozenset(found)

    @cached_property
    def exact(self) -> dict[str, tuple[RowLabel, ...]]:
        """The rows by the text of their labels, numbering apart."""
        found: dict[str, list[RowLabel]] = {}
        for row in self.rows:
            for key in row.keys:
                found.setdefault(key.core, []).append(row)
        return {core: tuple(dict.fromkeys(rows)) for core, rows in found.items()}

    def is_heading(self, text: str) -> bool:
        """Whether a text is, or is torn off, a heading above columns."""
        folded = normalise(text)
        return bool(folded) and any(folded in header for header in self.headers)

    def is_section(self, text: str) -> bool:
        """Whether a text is the heading of a section, whatever its number."""
        core = split(text).core
        titles = (title for section in self.form.sections for title in (section.heading, *section.variants))
        return any(core == split(title).core for title in titles)

    @lru_cache(maxsize=20_000)  # noqa: B019  one instance a form, kept for good by labels_of
    def best_row(self, text: str) -> tuple[RowLabel, float] | None:
        """The one row whose label agrees best with `text`; None where none does, or two do equally well."""
        among = self.exact.get(split(text).core, self.rows)
        ranked = sorted(
            ((similarity(text, row.keys), row) for row in among), key=lambda pair: (-pair[0], pair[1].order)
        )
        if not ranked or not ranked[0][0]:
            return None
        score, row = ranked[0]
        # A near match must leave the next one clearly behind; equal exact ones are told apart by their place.
        if len(ranked) > 1 and score < MISNUMBERED and ranked[1][0] > score - 0.08:
            return None
        return row, score


_prepared: dict[int, FormLabels] = {}


def labels_of(form: Form) -> FormLabels:
    """The labels of `form`, prepared once. A form holds mappings and cannot be hashed; the entry keeps it alive."""
    if id(form) not in _prepared:
        _prepared[id(form)] = FormLabels(form)
    return _prepared[id(form)]


def _paths(rows: list[Row], path: tuple[Row, ...] = ()) -> Iterator[tuple[Row, ...]]:
    for row in rows:
        if row.label:
            yield (*path, row)
        yield from _paths(row.rows, (*path, row))


def _nodes(columns: list[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        yield from _nodes(column.columns)


def _leaves(columns: list[Column], by_row: bool, path: tuple[Column, ...] = ()) -> Iterator[ColumnLabel]:
    """The leaf columns; in a table without row labels the id takes in the headings above, which name the row."""
    for column in columns:
        here = (*path, column)
        if column.columns:
            yield from _leaves(column.columns, by_row, here)
        else:
            ids = [node.id for node in here if node.id] if by_row else [column.id]
            yield ColumnLabel(
                ".".join(str(part) for part in ids), keys(column), tuple(keys(node) for node in path), column.label
            )
