"""Which figure of a row stands in which column of the form: by the header where it is legible, else by count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.forms import normalise
from helpers.readers.pages.document import Tile, is_figure
from helpers.readers.table.formlabels import ColumnLabel, FormLabels
from helpers.readers.table.labels import EXACT, UNNUMBERED, Key, similarity
from helpers.readers.table.lines import Line

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
class Leaf:
    """A lowest heading of a printed table: its text, those of the headings above it, and the stretch it covers."""

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
    return match_columns(leaves, known)


def match_columns(leaves: Sequence[Leaf], known: Sequence[ColumnLabel]) -> Slots | None:
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
        if wanted.cell not in ids and len(exact) == 1 and not is_total(leaves[exact[0]].text):
            ids[exact[0]] = wanted.cell
    found = sum(name is not None for name in ids)
    if found * 2 <= width and not (found and found == height):
        return None
    first = next(number for number, name in enumerate(ids) if name)
    corner = first if first and leaves[0].text and not is_total(leaves[0].text) else 0
    return Slots(
        tuple(ids[corner:]),
        tuple(leaf.edges for leaf in leaves[corner:]),
        tuple(leaf.text for leaf in leaves[corner:]),
    )


def is_total(text: str) -> bool:
    """Whether a heading is some sum: 总计, 合计, 小计."""
    return normalise(text).endswith("计")


def _agreement(leaf: Leaf, column: ColumnLabel, parents: tuple[Key, ...]) -> float:
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


def _stacked(head: Sequence[Line], stub: float) -> Iterator[Leaf]:
    """The lowest header cells, each with those above it."""
    tiles = [(line.index, tile) for line in head for tile in line.tiles if tile.text and not tile.above]
    for index, tile in sorted(tiles, key=lambda pair: (pair[1].left, pair[0])):
        if tile.left < stub or any(other > index and overlap(tile, below) for other, below in tiles):
            continue
        above = tuple(upper.text for other, upper in tiles if other < index and overlap(tile, upper))
        yield Leaf(tile.text, above, (tile.left, tile.right))


def overlap(one: Tile, other: Tile) -> bool:
    """Whether two tiles stand over each other, by a third of the narrower one at least."""
    return min(one.right, other.right) - max(one.left, other.left) > 0.3 * min(
        one.right - one.left, other.right - other.left
    )


def _in_sequence(head: Sequence[Line], known: Sequence[ColumnLabel], labels: FormLabels) -> list[Leaf]:
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
    wanted: list[Leaf | None] = [None] * len(known)
    if len(known) > len(set(cores(known))):
        # Table 四 repeats its five columns under three headings: nothing but the count tells them apart.
        expected = cores(known)
        if sorted(expected) != sorted(cores(known)[place] for place in places):
            return []
        return [Leaf(column.printed, tuple(p[0].core for p in column.parents), (0, 0)) for column in known]
    strangers: dict[int, list[Leaf]] = {}
    last: int | None = None
    twice = {place for place in places if places.count(place) > 1}
    for text, place in found:
        # 合计 may stand for 总计, but not beside it: then it is a subtotal of its neighbours.
        if place in twice and normalise(text) != normalise(known[place].printed):
            place = None
        if place is not None:
            wanted[place] = Leaf(text, tuple(parent[0].core for parent in known[place].parents), (0, 0))
            last = place
        elif last is not None:
            strangers.setdefault(last, []).append(Leaf(text, (), (0, 0)))
    leaves: list[Leaf] = []
    for place, leaf in enumerate(wanted):
        if leaf is not None:
            leaves.append(leaf)
        leaves.extend(strangers.get(place, []))
    return leaves


def cores(known: Sequence[ColumnLabel]) -> list[str]:
    """The columns' own labels; table 四 has the same five three times."""
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
