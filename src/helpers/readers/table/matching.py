"""Which rows of a document are which rows of the form: the one sequence of matches that agrees best, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.readers.pages.document import Tile
from helpers.readers.table.formlabels import FormLabels, RowLabel
from helpers.readers.table.grids import layout_of
from helpers.readers.table.lines import GridLine
from helpers.readers.table.similarity import MISNUMBERED

# Between the pieces of a label that a page's end tore stands a repeated header, of up to so many lines.
_HEADER = 20

# The longest label of a form has 34 characters; some reports explain it in brackets.
_LABEL = 400

# A row with figures counts for more than one without, so that a label found twice is taken where its figures are.
_HAS_FIGURES, _EACH_LINE = 0.3, 0.01


@dataclass(frozen=True, slots=True)
class Match:
    """A row of the form found on `lines`; `label` is where its label ends, None where it is torn over lines."""

    row: RowLabel
    lines: tuple[GridLine, ...]
    label: Tile | None
    score: float

    @property
    def first(self) -> int:
        """The index of its first line."""
        return self.lines[0].index

    @property
    def last(self) -> int:
        """The index of its last line."""
        return self.lines[-1].index


def find_rows(lines: Sequence[GridLine], labels: FormLabels) -> tuple[list[Match], list[Match]]:
    """The matches in the form's order, and every other line that bears the exact label of a row (printed twice).

    Exact labels come first; between them, runs of lines are put together for labels torn at page breaks or printed
    on several lines, and labels with dropped characters are taken where only one row is near.
    """
    headings = {line.index for line in lines if _is_heading(line, labels)}
    # “总计” and “其他” head columns too: without figures beside them they are no rows.
    single = {n: match for n, line in enumerate(lines) if n not in headings and (match := _exact(line, labels))}
    candidates = list(single.values())
    candidates += _with_figures_below(lines, single)
    candidates += _torn(lines, single, headings, labels)
    chain = _best_chain(candidates)
    used = {line.index for match in chain for line in match.lines}
    spare = [match for match in single.values() if match.first not in used and match.lines[0].figures]
    return chain, spare


def _exact(line: GridLine, labels: FormLabels) -> Match | None:
    """The row whose label the line's innermost texts spell; a text behind it may be an unreadable figure."""
    count = len(line.labels)
    for end in range(count, max(count - 4, 0), -1):
        for start in range(end - 1, max(end - 5, -1), -1):
            text = "".join(tile.text for tile in line.labels[start:end])
            found = labels.best_row(text) if len(text) <= _LABEL else None
            if found is None or found[1] < MISNUMBERED or (found[0].group and end < count):
                continue
            row, score = found
            return Match(row, (line,), line.labels[end - 1], score + (_HAS_FIGURES if line.figures else 0))
    return None


def _with_figures_below(lines: Sequence[GridLine], single: dict[int, Match]) -> Iterator[Match]:
    """A label whose figures drifted to the next line, which has no label of its own, as page breaks make them."""
    for line, below in pairwise(lines):
        match = single.get(line.index)
        if match and not line.figures and below.figures and not below.labels:
            yield Match(match.row, (line, below), match.label, match.score + _HAS_FIGURES - _EACH_LINE)


def _torn(
    lines: Sequence[GridLine], single: dict[int, Match], headings: set[int], labels: FormLabels
) -> Iterator[Match]:
    """Runs of lines without an exact label, read together from each column they have labels in."""
    settled = {match.row.order for match in single.values() if match.lines[0].figures}
    for start, line in enumerate(lines):
        if line.index in single or line.index in headings:
            continue
        layout = layout_of(line)
        run: list[GridLine] = []
        for other in lines[start : start + layout.label_lines + _HEADER]:
            if other.index in single:
                break
            if other.index in headings and not layout_of(other).scattered:
                continue
            if not other.labels and not other.figures:
                continue
            run.append(other)
            own = sum(member.index not in headings for member in run)
            if own > layout.label_lines or other.geometry != line.geometry:
                break
            if sum(bool(member.figures) for member in run) > layout.figure_lines:
                break
            yield from _read_together(tuple(run), labels, settled)


def _read_together(run: tuple[GridLine, ...], labels: FormLabels, settled: set[int]) -> Iterator[Match]:
    seen: set[int] = set()
    for edge in sorted({tile.left for line in run for tile in line.labels}, reverse=True):
        tiles = [tile for line in run for tile in line.labels if tile.left >= edge and _fresh(tile, line, run)]
        text = "".join(tile.text for tile in tiles)
        if len(text) > _LABEL:
            break
        found = labels.best_row(text)
        if (
            found is None
            or found[0].order in seen | settled
            or (found[0].group and len(run) > 1 and layout_of(run[0]).ruled)
        ):
            continue
        row, score = found
        seen.add(row.order)
        figures = any(line.figures for line in run)
        label = tiles[-1] if len(run) == 1 else None
        yield Match(row, run, label, score + (_HAS_FIGURES if figures else 0) - _EACH_LINE * (len(run) - 1))


def _fresh(tile: Tile, line: GridLine, run: tuple[GridLine, ...]) -> bool:
    """A label that spans the lines of one run is read once."""
    return not tile.above or line is run[0]


def _is_heading(line: GridLine, labels: FormLabels) -> bool:
    known = sum(labels.is_heading(tile.text) for tile in line.labels)
    # A column that the form does not have stands among those it has.
    return not line.figures and known * 2 > len(line.labels)


def _best_chain(candidates: list[Match]) -> list[Match]:
    """The matches with the highest sum of scores that take their lines and the form's rows in order."""
    ranked = sorted(candidates, key=lambda match: (match.last, match.first, match.row.order))
    best: dict[int, tuple[float, int]] = {}
    before: dict[int, int] = {}
    ended = _Highest(max((match.row.order for match in ranked), default=0))
    upcoming = 0
    for number in sorted(range(len(ranked)), key=lambda number: ranked[number].first):
        match = ranked[number]
        while ranked[upcoming].last < match.first:
            # Of equal sums the one that is ranked first counts.
            ended.add(ranked[upcoming].row.order, (best[upcoming][0], -upcoming))
            upcoming += 1
        total, earlier = ended.below(match.row.order)
        best[number] = (total + match.score, -number)
        before[number] = -earlier
    chain: list[Match] = []
    position = -max(best.values(), default=(0.0, 1))[1]
    while position >= 0:
        chain.append(ranked[position])
        position = before[position]
    return chain[::-1]


class _Highest:
    """The highest value added below a place, in few steps however many there are (a Fenwick tree of maxima)."""

    def __init__(self, places: int) -> None:
        self._tree = [(0.0, 1)] * (places + 1)

    def add(self, place: int, value: tuple[float, int]) -> None:
        """Add `value` at `place`, which is counted from 0."""
        place += 1
        while place < len(self._tree):
            self._tree[place] = max(self._tree[place], value)
            place += place & -place

    def below(self, place: int) -> tuple[float, int]:
        """The highest value added at a lower place."""
        found = (0.0, 1)
        while place > 0:
            found = max(found, self._tree[place])
            place -= place & -place
        return found
