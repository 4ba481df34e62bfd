"""The columns of a table without rules: where the words of its header stand, or the figures of its full rows."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from helpers.forms import normalise
from helpers.readers.pages.document import Tile
from helpers.readers.table.columns import Edges, Leaf, Slots, cores, is_total, match_columns, overlap
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.labels import EXACT, similarity, split
from helpers.readers.table.lines import Line


def placed_slots(
    head: Sequence[Line], rows: Iterable[Sequence[Tile]], known: Sequence[ColumnLabel], labels: FormLabels
) -> Slots | None:
    """The columns of a table without rules: where the header's words stand, else where the figures of full rows do.

    With as many figures in a row as the form has columns, and nothing strange in the header, their order decides;
    with more, the words above each figure must say which column is the form's and which is not.
    """
    rows = [tuple(row) for row in rows]
    widest = max((len(row) for row in rows), default=0)
    words = [word for line in head for word in line.tiles if word.text]
    if slots := _by_words(words, known, widest):
        over = ({n for n, edges in enumerate(slots.edges) if _covers(tile, edges)} for row in rows for tile in row)
        return replace(slots, used=tuple(sorted(set().union(*over))))
    if widest < len(known) or (len(known) == 1 and widest > 1):
        return None
    edges = _common_edges([row for row in rows if len(row) == widest])
    strange = [word for word in words if not labels.is_heading(word.text) and not labels.is_section(word.text)]
    if widest == len(known) and not strange:
        return Slots(tuple(column.cell for column in known), edges or ())
    if not edges:
        return Slots((), doubt="the figures do not stand in columns")
    slots = match_columns([_over(words, stretch, known) for stretch in edges], known)
    wanted = {*(column.cell for column in known), *((None,) if widest > len(known) else ())}
    if slots is None or set(slots.ids) != wanted:
        return Slots((), doubt="the header does not say which printed column is which")
    return slots


def continued_slots(before: Slots, rows: Iterable[Sequence[Tile]]) -> Slots:
    """The columns of a table that goes on without a header on the next page.

    Full rows show where they are now. Where no row is full, the places of the page before hold only if every figure
    stands in one of them and the same columns are in use: a page shifted by a column would use others.
    """
    rows = [tuple(row) for row in rows]
    widest = max((len(row) for row in rows), default=0)
    if widest > len(before.ids):
        return Slots((), doubt="there are more figures in a row than the header has columns")
    if widest == len(before.ids):
        return Slots(before.ids, _common_edges([row for row in rows if len(row) == widest]) or (), before.headers)
    used: set[int] = set()
    for tile in (tile for row in rows for tile in row):
        over = [number for number, edges in enumerate(before.edges) if _covers(tile, edges)]
        if len(over) != 1:
            return Slots(before.ids, (), before.headers)
        used.update(over)
    return Slots(before.ids, before.edges if used == set(before.used) else (), before.headers, used=before.used)


def _by_words(words: Sequence[Tile], known: Sequence[ColumnLabel], widest: int) -> Slots | None:
    """The columns by the header's lowest words, torn over lines as they are; None unless every one is legible."""
    labels = {key.core for column in known for key in column.keys}
    parents = {key.core for column in known for parent in column.parents for key in parent}
    pieces = [word for word in words if (text := normalise(word.text)) not in parents and _part(text, labels)]
    pieces += [word for word in words if is_total(word.text) and word not in pieces]
    columns: list[list[Tile]] = []
    for word in sorted(pieces, key=lambda word: word.left + word.right):
        beside = next((column for column in columns if any(overlap(word, other) for other in column)), None)
        columns.append([word]) if beside is None else beside.append(word)
    leaves = []
    for column in columns:
        edges = (min(word.left for word in column), max(word.right for word in column))
        in_order = [word for word in pieces if any(word is other for other in column)]
        over = tuple(word.text for word in words if normalise(word.text) in parents and _covers(word, edges))
        leaves.append(Leaf("".join(word.text for word in in_order), over, edges))
    leaves.sort(key=lambda leaf: leaf.edges)
    if any(left.edges[1] > right.edges[0] for left, right in pairwise(leaves)):
        return None
    if len(known) > len(set(cores(known))) and len(leaves) == len(known):
        # The groups' titles stand over the middle of their columns alone; five and five and five need no title.
        if [split(leaf.text).core for leaf in leaves] != cores(known):
            return None
        return Slots(tuple(column.cell for column in known), tuple(leaf.edges for leaf in leaves))
    slots = match_columns(leaves, known)
    complete = slots is not None and {column.cell for column in known} <= set(slots.ids)
    return slots if complete and slots is not None and widest <= len(slots.ids) else None


def _part(text: str, cores: Collection[str]) -> bool:
    return bool(text) and any(text in core for core in cores)


def _covers(word: Tile, edges: Edges) -> bool:
    return min(word.right, edges[1]) > max(word.left, edges[0])


def _over(words: Sequence[Tile], stretch: Edges, known: Sequence[ColumnLabel]) -> Leaf:
    """What is printed above a column: its own label, put together from the lowest words, and the headings over it."""
    above = [word.text for word in words if _covers(word, stretch)]
    for start in range(len(above)):
        text = "".join(above[start:])
        if any(similarity(text, column.keys) == EXACT for column in known):
            return Leaf(text, tuple(above[:start]), stretch)
    return Leaf("".join(above[-1:]), tuple(above[:-1]), stretch)


def _common_edges(rows: Sequence[Sequence[Tile]]) -> tuple[Edges, ...] | None:
    """The stretch each column's figures cover; None where the columns of different rows overlap."""
    edges = [
        (min(tile.left for tile in column), max(tile.right for tile in column)) for column in zip(*rows, strict=True)
    ]
    apart = all(left[1] <= right[0] for left, right in pairwise(edges))
    return tuple(edges) if apart else None
