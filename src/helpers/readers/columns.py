"""Which figure of a row stands in which column of the form: by the header where it is legible, else by count."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from helpers.forms import normalise
from helpers.readers.document import Tile, is_figure
from helpers.readers.labels import EXACT, UNNUMBERED, ColumnLabel, FormLabels, Key, similarity, split
from helpers.readers.lines import Line

Edges = tuple[float, float]


@dataclass(frozen=True)
class Slots:
    """The printed columns of figures, in order: the form's id of each, None for one the form does not have.

    `edges` are the stretches they cover, where known; `headers` what is printed above each; `doubt` says why no
    figure below can be placed. `used` are the columns that hold any figure where some are blank throughout.
    """

    ids: tuple[str | None, ...]
    edges: tuple[Edges, ...] = ()
    headers: tuple[str, ...] = ()
    doubt: str | None = None
    used: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Leaf:
    text: str
    above: tuple[str, ...]
    edges: Edges


def read_header(head: Sequence[Line], known: Sequence[ColumnLabel], stub: float, labels: FormLabels) -> Slots | None:
    """The columns that the header lines `head` announce; None where they announce nothing legible.

    `stub` is where the row labels end: what stands left of it is the corner. A printed column without a counterpart
    in the form is kept as None, so that the figures below it are counted and passed over.
    """
    if not head:
        return None
    if head[0].kind == "placed":
        return None
    leaves = _in_sequence(head, known, labels) if head[0].kind == "ordered" else list(_stacked(head, stub))
    return _match(leaves, known)


def _match(leaves: Sequence[_Leaf], known: Sequence[ColumnLabel]) -> Slots | None:
    """Leaves and columns aligned in order for the highest agreement; each leaf is one column or none."""
    parents = tuple({key: None for column in known for parent in column.parents for key in parent})
    scores = [[_agreement(leaf, column, parents) for column in known] for leaf in leaves]
    height, width = len(leaves), len(known)
    best = [[0.0] * (width + 1) for _ in range(height + 1)]
    for row in range(height - 1, -1, -1):
        for column in range(width - 1, -1, -1):
            taken = scores[row][column] + best[row + 1][column + 1] if scores[row][column] else 0.0
            best[row][column] = max(taken, best[row + 1][column], best[row][column + 1])
    ids: list[str | None] = [None] * height
    row = column = 0
    while row < height and column < width:
        score = scores[row][column]
        if score and abs(best[row][column] - score - best[row + 1][column + 1]) < 1e-9:
            ids[row] = known[column].cell
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            row += 1
        else:
            column += 1
    for place, wanted in enumerate(known):
        # A column printed out of the form's order is still the column its heading says it is.
        exact = [n for n in range(height) if ids[n] is None and scores[n][place] >= EXACT]
        if wanted.cell not in ids and len(exact) == 1 and not _is_total(leaves[exact[0]].text):
            ids[exact[0]] = wanted.cell
    found = sum(name is not None for name in ids)
    if found * 2 <= width and not (found and found == height):
        return None
    first = next(number for number, name in enumerate(ids) if name)
    corner = first if first and leaves[0].text and not _is_total(leaves[0].text) else 0
    return Slots(
        tuple(ids[corner:]),
        tuple(leaf.edges for leaf in leaves[corner:]),
        tuple(leaf.text for leaf in leaves[corner:]),
    )


def _is_total(text: str) -> bool:
    return normalise(text).endswith("计")


def _agreement(leaf: _Leaf, column: ColumnLabel, parents: tuple[Key, ...]) -> float:
    score = similarity(leaf.text, column.keys)
    if not score:
        return 0.0
    # The heading above tells the total of all from a subtotal of some, and 复议后起诉 from 未经复议直接起诉.
    for parent in column.parents:
        if any(similarity(text, parent) >= UNNUMBERED for text in leaf.above):
            score += 0.4
    foreign = [text for text in leaf.above if not any(similarity(text, parent) for parent in column.parents)]
    if any(similarity(text, parents) >= UNNUMBERED for text in foreign):
        return 0.0
    strangers = len(foreign)
    return max(score - 0.3 * strangers, 0.05) + (0.2 if normalise(leaf.text) == normalise(column.printed) else 0)


def _stacked(head: Sequence[Line], stub: float) -> Iterator[_Leaf]:
    """The lowest header cells, each with those above it."""
    tiles = [(line.index, tile) for line in head for tile in line.tiles if tile.text and not tile.above]
    for index, tile in sorted(tiles, key=lambda pair: (pair[1].left, pair[0])):
        if tile.left < stub or any(other > index and _overlap(tile, below) for other, below in tiles):
            continue
        above = tuple(upper.text for other, upper in tiles if other < index and _overlap(tile, upper))
        yield _Leaf(tile.text, above, (tile.left, tile.right))


def _overlap(one: Tile, other: Tile) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > 0.3 * min(
        one.right - one.left, other.right - other.left
    )


def _in_sequence(head: Sequence[Line], known: Sequence[ColumnLabel], labels: FormLabels) -> list[_Leaf]:
    """Header cells known only by their order: the form's own order holds, and strangers stand behind their neighbour.

    Cells torn in two are one again where only together they are a label. A group that is printed before its columns
    on a line of its own would come too late in reading order; the form's tree says where it belongs.
    """
    tokens = [tile.text for line in head for tile in line.labels if not is_figure(tile.text)]
    parents = {key.core for column in known for parent in column.parents for key in parent}
    found: list[tuple[str, int | None]] = []
    position = 0
    while position < len(tokens):
        length, column = _longest(tokens[position : position + 3], known)
        text = "".join(tokens[position : position + length])
        if column is not None or not (normalise(text) in parents or labels.is_heading(text)):
            found.append((text, column))
        position += length
    places = [place for _, place in found if place is not None]
    wanted: list[_Leaf | None] = [None] * len(known)
    if len(known) > len(set(_cores(known))):
        # Table 四 repeats its five columns under three headings: nothing but the count tells them apart.
        expected = _cores(known)
        if sorted(expected) != sorted(_cores(known)[place] for place in places):
            return []
        return [_Leaf(column.printed, tuple(p[0].core for p in column.parents), (0, 0)) for column in known]
    strangers: dict[int, list[_Leaf]] = {}
    last: int | None = None
    twice = {place for place in places if places.count(place) > 1}
    for text, place in found:
        # 合计 may stand for 总计, but not beside it: then it is a subtotal of its neighbours.
        if place in twice and normalise(text) != normalise(known[place].printed):
            place = None
        if place is not None:
            wanted[place] = _Leaf(text, tuple(parent[0].core for parent in known[place].parents), (0, 0))
            last = place
        elif last is not None:
            strangers.setdefault(last, []).append(_Leaf(text, (), (0, 0)))
    leaves: list[_Leaf] = []
    for place, leaf in enumerate(wanted):
        if leaf is not None:
            leaves.append(leaf)
        leaves.extend(strangers.get(place, []))
    return leaves


def _cores(known: Sequence[ColumnLabel]) -> list[str]:
    return [column.keys[0].core for column in known]


def _longest(tokens: Sequence[str], known: Sequence[ColumnLabel]) -> tuple[int, int | None]:
    """How many of the next cells are one column's label, and which column; (1, None) where they are none."""
    for length in range(1, len(tokens) + 1):
        text = "".join(tokens[:length])
        for number, column in enumerate(known):
            if similarity(text, column.keys) >= (UNNUMBERED if length == 1 else EXACT):
                return length, number
    ranked = [(similarity(tokens[0], column.keys), number) for number, column in enumerate(known)]
    score, number = max(ranked)
    return (1, number) if score else (1, None)


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
    slots = _match([_over(words, stretch, known) for stretch in edges], known)
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
    cores = {key.core for column in known for key in column.keys}
    parents = {key.core for column in known for parent in column.parents for key in parent}
    pieces = [word for word in words if (text := normalise(word.text)) not in parents and _part(text, cores)]
    pieces += [word for word in words if _is_total(word.text) and word not in pieces]
    columns: list[list[Tile]] = []
    for word in sorted(pieces, key=lambda word: word.left + word.right):
        beside = next((column for column in columns if any(_overlap(word, other) for other in column)), None)
        columns.append([word]) if beside is None else beside.append(word)
    leaves = []
    for column in columns:
        edges = (min(word.left for word in column), max(word.right for word in column))
        in_order = [word for word in pieces if any(word is other for other in column)]
        over = tuple(word.text for word in words if normalise(word.text) in parents and _covers(word, edges))
        leaves.append(_Leaf("".join(word.text for word in in_order), over, edges))
    leaves.sort(key=lambda leaf: leaf.edges)
    if any(left.edges[1] > right.edges[0] for left, right in pairwise(leaves)):
        return None
    if len(known) > len(set(_cores(known))) and len(leaves) == len(known):
        # The groups' titles stand over the middle of their columns alone; five and five and five need no title.
        if [split(leaf.text).core for leaf in leaves] != _cores(known):
            return None
        return Slots(tuple(column.cell for column in known), tuple(leaf.edges for leaf in leaves))
    slots = _match(leaves, known)
    complete = slots is not None and {column.cell for column in known} <= set(slots.ids)
    return slots if complete and slots is not None and widest <= len(slots.ids) else None


def _part(text: str, cores: Collection[str]) -> bool:
    return bool(text) and any(text in core for core in cores)


def _covers(word: Tile, edges: Edges) -> bool:
    return min(word.right, edges[1]) > max(word.left, edges[0])


def _over(words: Sequence[Tile], stretch: Edges, known: Sequence[ColumnLabel]) -> _Leaf:
    """What is printed above a column: its own label, put together from the lowest words, and the headings over it."""
    above = [word.text for word in words if _covers(word, stretch)]
    for start in range(len(above)):
        text = "".join(above[start:])
        if any(similarity(text, column.keys) == EXACT for column in known):
            return _Leaf(text, tuple(above[:start]), stretch)
    return _Leaf("".join(above[-1:]), tuple(above[:-1]), stretch)


def _common_edges(rows: Sequence[Sequence[Tile]]) -> tuple[Edges, ...] | None:
    """The stretch each column's figures cover; None where the columns of different rows overlap."""
    edges = [
        (min(tile.left for tile in column), max(tile.right for tile in column)) for column in zip(*rows, strict=True)
    ]
    apart = all(left[1] <= right[0] for left, right in pairwise(edges))
    return tuple(edges) if apart else None
