"""Plain text → texts and grids: one cell a line, cells between tabs or bars, or laid out by columns."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from helpers.errors import DocumentError
from helpers.readers.pages.document import (
    Document,
    Grid,
    PageBlock,
    Text,
    Tile,
    TileRow,
    clean,
    is_figure,
    is_page_number,
    printable,
)
from helpers.readers.pages.encoding import decode
from helpers.readers.pages.layout import PageLine, blocks, join, margins, without_page_numbers

_GAP = re.compile(r"[ \u3000\xa0]{2,}")
_RULE = re.compile(r"\s*[-=+|_\u2500-\u257f][-=+|_\s\u2500-\u257f]{2,}")
_BARS = re.compile("[|│┃]")

# Ten times the longest text of a report.
_BYTES = 2 * 2**20

# The longest label of a form has some 40 characters.
_LABEL = 60


def read_txt(path: Path, data: bytes) -> Document:
    """The text by its own layout; raises DocumentError for one that is far too large or in no known encoding."""
    if len(data) > _BYTES:
        size = f"{len(data) / 2**20:.1f} MB"
        raise DocumentError(path, f"at most {_BYTES // 2**20} MB of text", size, "Name the report alone.")
    text = printable(decode(path, data).replace("\r\n", "\n").replace("\r", "\n"))
    lines = text.split("\n")
    if sum("\t" in line or len(_BARS.findall(line)) > 2 for line in lines) >= 5:
        found: Iterable[PageBlock] = _celled(lines)
    elif sum(bool(_GAP.search(line.strip())) for line in lines) >= 5:
        found = _laid_out(text.split("\f"))
    else:
        found = _one_a_line(lines)
    return Document(tuple(found))


def _ordered(texts: Iterable[str]) -> TileRow:
    return tuple(Tile(text, place, place + 1) for place, text in enumerate(texts))


def _celled(lines: Sequence[str]) -> list[PageBlock]:
    """Tabs mark cells: a line that begins with one is a cell, or several; a blank line before it begins a row.

    A line without a tab that touches a cell's line continues that cell; one that touches none stands alone.
    """
    found: list[PageBlock] = []
    rows: list[TileRow] = []
    cells: list[list[str]] = []
    blanks = 0

    def end_row() -> None:
        if cells:
            rows.append(_ordered(clean("\n".join(lines)) for lines in cells))
            cells.clear()

    def end_grid() -> None:
        end_row()
        if rows:
            found.append(Grid(tuple(rows), "ordered"))
            rows.clear()

    for number, line in enumerate(lines):
        if not line.strip() and "\t" not in line:
            blanks += 1
            continue
        if is_page_number(line) or _RULE.fullmatch(line):
            continue
        if "\t" not in line and len(_BARS.findall(line)) > 2:
            line = "\t" + "\t".join(_BARS.split(line.strip().strip("|│┃")))
        if "\t" in line:
            inner = line.removeprefix("\t").split("\t")
            if blanks or len(inner) > 1 or not line.startswith("\t"):
                end_row()
            cells.extend([text] for text in inner)
            if len(inner) > 1:
                end_row()
        elif cells and (not blanks or (number + 1 < len(lines) and lines[number + 1].startswith("\t"))):
            cells[-1].append(line)
        elif rows and blanks == 1 and len(line) <= _LABEL and _tab_follows(lines, number):
            end_row()
            rows.append(_ordered([clean(line)]))
        else:
            end_grid()
            found.append(Text(clean(line)))
        blanks = 0
    end_grid()
    return found


def _tab_follows(lines: Sequence[str], number: int) -> bool:
    return any(line.startswith("\t") for line in lines[number + 1 : number + 3])


def _one_a_line(lines: Sequence[str]) -> list[PageBlock]:
    """Every label is a row, and the figures below it are its cells; blank lines say nothing certain."""
    found: list[PageBlock] = []
    run: list[str] = []

    def end_run() -> None:
        figures = sum(map(is_figure, run))
        if figures < 3:
            found.extend(Text(text) for text in run)
        else:
            rows: list[list[str]] = []
            for text in run:
                if rows and is_figure(text):
                    rows[-1].append(text)
                else:
                    rows.append([text])
            found.append(Grid(tuple(map(_ordered, rows)), "ordered"))
        run.clear()

    for line in lines:
        text = clean(line.replace("\f", ""))
        if not text or is_page_number(text):
            continue
        if len(text) <= _LABEL and "。" not in text:
            run.append(text)
        else:
            end_run()
            found.append(Text(text))
    end_run()
    return found


def _laid_out(pages: Sequence[str]) -> Iterable[PageBlock]:
    """Columns by position; some programs count a Chinese character as two columns, some as one."""
    measure = min((_wide, _narrow), key=lambda width: _spread(pages, width))
    read = [without_page_numbers(_lines(page, measure)) for page in pages]
    edges = margins(read, 2.0)
    return join((block for lines in read for block in blocks(lines, edges)), edges)


def _wide(text: str) -> float:
    # By kind of character, of which even a line of a megabyte has few.
    return len(text) + sum(n for letter, n in Counter(text).items() if unicodedata.east_asian_width(letter) in "WF")


def _narrow(text: str) -> float:
    return len(text)


def _lines(page: str, width: Callable[[str], float]) -> list[PageLine]:
    lines: list[PageLine] = []
    distance = 1.0
    for raw in page.split("\n"):
        if not raw.strip() or _RULE.fullmatch(raw) or is_page_number(raw):
            distance += 1
            continue
        words: list[Tile] = []
        position, left = 0, 0.0
        for gap in [*_GAP.finditer(raw), None]:
            end = gap.start() if gap else len(raw)
            words.extend(_split(raw[position:end], left, width))
            after = gap.end() if gap else end
            left += width(raw[position:after])
            position = after
        if words:
            # A line is full when it is wide in print, whichever way its columns were counted.
            lines.append(PageLine(tuple(words), distance, _wide(raw.rstrip())))
        distance = 1.0
    return lines


def _split(text: str, left: float, width: Callable[[str], float]) -> Iterable[Tile]:
    """A word; figures that only one blank parts are words of their own."""
    pieces = text.split(" ")
    if len(pieces) > 1 and all(is_figure(piece) for piece in pieces if piece):
        for piece in pieces:
            if piece:
                yield Tile(piece, left, left + width(piece))
            left += width(piece) + 1
    elif stripped := text.strip():
        left += width(text[: text.index(stripped[0])])
        yield Tile(clean(stripped), left, left + width(stripped))


def _spread(pages: Sequence[str], width: Callable[[str], float]) -> int:
    """How many different columns figures end in: fewer, where the measure is the one the text was laid out by."""
    ends = 0
    for page in pages:
        columns: set[int] = set()
        for line in _lines(page, width):
            columns.update(round(word.left + word.right) // 4 for word in line.words if is_figure(word.text))
        ends += len(columns)
    return ends
