"""Words with a place on the page → paragraphs, and tables without rules; for PDF and for text laid out by columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from helpers.readers.pages.document import ITEM, Grid, PageBlock, Text, Tile, TileRow, is_figure, is_page_number

# A line torn off a label has at most this many characters; a line of prose that fills the page has more.
_FRAGMENT = 24

# Superscripts and figures of another face make a line's type differ a little.
_OTHER_SIZE = 1.3

# So many lines without a gap may stand between two lines of one table: a label of four lines beside its figures.
_REACH = 4


@dataclass(frozen=True, slots=True)
class PageLine:
    """One printed line: its words and how far it stands from the line above, in line heights.

    `end` is how far the line reaches in print, where that is not what its words' places say; `size` is its type's,
    where the format has one.
    """

    words: tuple[Tile, ...]
    distance: float = 1.0
    end: float | None = None
    size: float = 0.0

    @property
    def text(self) -> str:
        """The words joined as they are read."""
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        """Where the first word begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where the last word ends."""
        return self.words[-1].right if self.end is None else self.end


@dataclass(frozen=True, slots=True)
class Margins:
    """The body's left and right edge, and the width of one Chinese character."""

    left: float
    right: float
    em: float


def without_page_numbers(lines: Sequence[PageLine]) -> list[PageLine]:
    """The lines of one page but for its number: a bare figure counts as one only as the outermost line."""
    kept = [line for line in lines if not (len(line.words) == 1 and is_page_number(line.words[0].text))]
    for edge in (-1, 0):
        if len(kept) > 1 and len(kept[edge].words) == 1:
            text = kept[edge].words[0].text
            apart = kept[edge].distance if edge == -1 else kept[1].distance
            if text.isdigit() and len(text) <= 3 and apart >= 1.5:
                del kept[edge]
    return kept


def margins(pages: Iterable[Sequence[PageLine]], em: float) -> Margins:
    """Where the lines within paragraphs begin, left of the first ones, and where full lines end."""
    lines = [line for page in pages for line in page if len(line.words) == 1]
    if not lines:
        return Margins(0, 0, em)
    long = [line for line in lines if len(line.words[0].text) >= _FRAGMENT] or lines
    begins = Counter(round(line.left / em) for line in long)
    left = min(place for place, count in begins.items() if count * 25 >= len(long)) * em
    ends = sorted(line.right for line in long)
    return Margins(left, ends[int(len(ends) * 0.8)], em)


def blocks(lines: Sequence[PageLine], page: Margins) -> list[PageBlock]:
    """One page (or one run of lines between ruled tables) as paragraph pieces and placed grids, in order.

    A paragraph that runs over the page's end is two pieces: `join` puts them together.
    """
    marked = _tabular(lines)
    found: list[PageBlock] = []
    rows: list[TileRow] = []
    for line, tabular in zip(lines, marked, strict=True):
        if tabular:
            rows.append(line.words)
            continue
        if rows:
            found.append(Grid(tuple(rows), "placed"))
            rows = []
        found.append(Piece(line.text, left=line.left, right=line.right, distance=line.distance, size=line.size))
    if rows:
        found.append(Grid(tuple(rows), "placed"))
    return found


@dataclass(frozen=True, slots=True)
class Piece(Text):
    """A line of prose that still has its place, so that paragraphs can be put together over page breaks."""

    left: float = 0.0
    right: float = 0.0
    distance: float = 1.0
    size: float = 0.0


def join(found: Iterable[PageBlock], page: Margins) -> tuple[PageBlock, ...]:
    """Lines put together to paragraphs: one begins where a line is indented or the line before ended early."""
    joined: list[PageBlock] = []
    lines: list[Piece] = []
    for block in found:
        if lines and not (isinstance(block, Piece) and not _begins(block, lines[-1], page)):
            joined.append(_paragraph(lines))
            lines = []
        if isinstance(block, Piece):
            lines.append(block)
        else:
            joined.append(block)
    return (*joined, _paragraph(lines)) if lines else tuple(joined)


def _paragraph(lines: Sequence[Piece]) -> Text:
    item = "- " if lines[0].text.startswith(ITEM) else ""
    first = lines[0].text.lstrip(f"{ITEM} ") if item else lines[0].text
    pieces = [first]
    for line in lines[1:]:
        pieces.append(_between(pieces[-1], line.text) + line.text)
    return Text("".join(pieces), item=item)


def _begins(line: Piece, before: Piece, page: Margins) -> bool:
    if line.left > page.left + 1.1 * page.em or before.right < page.right - 2.6 * page.em:
        return True
    # Small print below the text is not its last sentence, even where a page's end hides the gap between them.
    small, large = sorted((line.size, before.size))
    return line.distance > 2.2 or bool(small and large > _OTHER_SIZE * small)


def _between(before: str, after: str) -> str:
    latin = all(letter.isascii() and letter.isalpha() for letter in (before[-1:], after[:1]))
    return " " if latin else ""


def _tabular(lines: Sequence[PageLine]) -> list[bool]:
    """Which lines belong to tables: those with figures in columns, and the torn labels and headers around them."""
    seeds = [_is_seed(line) for line in lines]
    loose = [len(line.words) > 1 for line in lines]
    short = [_is_fragment(line) for line in lines]
    marked = list(seeds)
    for start in (number for number, seed in enumerate(seeds) if seed):
        for step in (1, -1):
            reached, position = start, start + step
            while 0 <= position < len(lines) and abs(position - reached) <= _REACH:
                if seeds[position] or not (loose[position] or short[position]):
                    break
                if loose[position]:
                    reached = position
                position += step
            stop = position if 0 <= position < len(lines) and seeds[position] else reached
            tail = 0
            while stop == reached and tail < 3 and 0 <= stop + step * (tail + 1) < len(lines):
                if not short[stop + step * (tail + 1)]:
                    break
                tail += 1
            for number in range(start, stop + step * (tail + 1), step):
                marked[number] = marked[number] or loose[number] or short[number]
    certain = sum(seeds) >= 2 or any(sum(is_figure(word.text) for word in line.words) > 2 for line in lines)
    return marked if certain else [False] * len(lines)


def _is_seed(line: PageLine) -> bool:
    figures = sum(is_figure(word.text) for word in line.words)
    return figures >= 1 and (len(line.words) >= 2 or figures == len(line.words))


def _is_fragment(line: PageLine) -> bool:
    return len(line.words) > 1 or (len(line.text) <= _FRAGMENT and not line.text.endswith(("。", "；", "：", "，")))
