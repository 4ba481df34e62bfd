"""PDF with a text layer → texts and grids: ruled tables by their lines, everything else by place."""

from __future__ import annotations

import io
import logging
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any

from helpers.errors import DocumentError
from helpers.readers.pages.document import Document, Grid, PageBlock, Tile, printable
from helpers.readers.pages.layout import Margins, blocks, join, margins, without_page_numbers
from helpers.readers.pages.pdflimits import bound
from helpers.readers.pages.pdftags import Tags, read_tags
from helpers.readers.pages.pdftext import Box, Char, cell_text, lines_of_chars

# No report has more; a file of thousands of pages is something else and would take minutes.
_PAGES = 150

_LINE, _LINES = 2 * 2**20, 2_000_000

# A page of tables has some hundred; each that lies is compared with each that stands.
_RULES = 10_000

# In points: no type is larger than a sheet of A0, and rows are some twenty apart.
_BILLBOARD, _STEP = 3370, 20

# Scans carry a page number or a stamp at most.
_TEXT_LAYER = 40


def read_pdf(path: Path, data: bytes) -> Document:
    """The pages in order; raises DocumentError for an encrypted, damaged or scanned file."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfminer.pdfexceptions import PDFException
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        pages = _pages(path, data)
    except (DocumentError, MemoryError):
        raise
    except Exception as problem:  # pdfminer raises whatever a damaged file makes it stumble over
        cause = problem.args[0] if isinstance(problem, PdfminerException) and problem.args else problem
        if isinstance(cause, PDFPasswordIncorrect):
            raise DocumentError(path, "a PDF", "an encrypted one", "Save it without a password.") from None
        if isinstance(cause, MemoryError):
            raise MemoryError from None
        said = f": {str(cause)[:160]}" if isinstance(cause, PDFException) and str(cause) else ""
        why = f"a truncated or damaged one ({type(cause).__name__}{said})"
        raise DocumentError(path, "a PDF", why, "Download it again.") from None
    if not pages:
        raise DocumentError(path, "a PDF", "one without a page", "Download it again.")
    if sum(page.characters for page in pages) < _TEXT_LAYER * min(len(pages), 5):
        raise DocumentError(
            path, "a PDF with a text layer", "a scanned one: pictures without text",
            "Look for the web page or the Word file, or have its text recognised (OCR).",
        )  # fmt: skip
    em = sorted(page.em for page in pages)[len(pages) // 2]
    edges = margins((page.loose for page in pages), em)
    return Document(join((block for page in pages for block in page.blocks(edges)), edges))


def _pages(path: Path, data: bytes) -> list[_Page]:
    import pdfplumber
    from pdfminer.pdfpage import PDFPage

    for library in ("pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.CRITICAL)
    if strange := _strange_lines(data):
        raise DocumentError(path, "a PDF", f"one with {strange}", "Download it again.")
    bound()
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        if sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), _PAGES + 1)) > _PAGES:
            raise DocumentError(path, f"at most {_PAGES} pages", "more", "Name the report alone.")
        tags = read_tags(pdf)
        pages = []
        for page in pdf.pages:
            if len(page.edges) > _RULES:
                found = f"{len(page.edges):,} rules on page {page.page_number}"
                raise DocumentError(path, f"at most {_RULES:,} rules on a page", found, "Name the report alone.")
            pages.append(_Page(_without_pictures(page, tags), tags))
            page.close()
    return pages


def _strange_lines(data: bytes) -> str | None:
    """What no file has whose line ends are meant, or stand by chance in what is packed; pdfminer reads by lines."""
    parts = (data[start : start + _LINE] for start in range(0, len(data) - _LINE + 1, _LINE))
    if any(b"\n" not in part and b"\r" not in part for part in parts):
        return f"a line of more than {_LINE // 2**20} MB"
    return f"more than {_LINES:,} lines" if data.count(b"\n") + data.count(b"\r") > _LINES else None


def _without_pictures(page: Any, tags: Tags) -> Any:
    """The page as pdfplumber gives it, the words and lines of its pictures left out."""
    inside = {mcid for number, mcid in tags.pictures if number == page.page_number}
    return page.filter(lambda thing: thing.get("mcid") not in inside) if inside else page


class _Page:
    """One page's lines outside ruled tables and the tables, by height."""

    def __init__(self, page: Any, tags: Tags) -> None:
        chars = [{**char, "text": printable(char["text"])} for char in page.chars if _stands(char)]
        chars = [char for char in chars if char["text"].strip() or char["text"] == " "]
        chars = [char for char in chars if char["upright"] and char["x0"] >= 0 and char["x1"] <= page.width + 1]
        chars = tags.with_bullets(chars)
        self.characters = sum(1 for char in chars if char["text"].strip())
        sizes = sorted(char["size"] for char in chars) or [12.0]
        self.em = float(sizes[len(sizes) // 2])
        self.tables: list[tuple[float, Grid]] = []
        inside: set[int] = set()
        for table in page.find_tables():
            grid, used = _ruled(table.cells, chars)
            if grid is not None:
                inside |= used
                self.tables.append((table.bbox[1], grid))
        loose = [char for number, char in enumerate(chars) if number not in inside]
        self.lines = lines_of_chars(loose, self.em)
        self.loose = [line for _, line in self.lines]

    def blocks(self, edges: Margins) -> Iterable[PageBlock]:
        kept = {id(line) for line in without_page_numbers(self.loose)}
        lines = [(top, line) for top, line in self.lines if id(line) in kept]
        tables = sorted(self.tables, key=lambda entry: entry[0])
        for number, (top, grid) in enumerate([*tables, (float("inf"), None)]):
            floor = tables[number - 1][0] if number else float("-inf")
            yield from blocks([line for y, line in lines if floor <= y < top], edges)
            if grid is not None:
                yield grid


def _stands(char: Char) -> bool:
    """Whether a character has a place and a size; damaged fonts give some none."""
    return all(map(isfinite, (char["x0"], char["x1"], char["top"], char["bottom"]))) and 0 < char["size"] < _BILLBOARD


def _ruled(cells: Sequence[Box], chars: Sequence[Char]) -> tuple[Grid | None, set[int]]:
    """A ruled table's rows with spans by geometry, and which characters stand in it.

    A frame around prose has rules too: what has one column is no table.
    """
    tops = _borders(cell[1] for cell in cells)
    if len(_borders(cell[0] for cell in cells)) < 2:
        return None, set()
    contents: dict[Box, list[Char]] = {cell: [] for cell in cells}
    used: set[int] = set()
    order = sorted(contents, key=lambda cell: (cell[1], cell[0]))
    # By height, so that not every character is tried in every cell.
    level: dict[int, list[Box]] = defaultdict(list)
    for cell in order:
        for step in range(int(cell[1] // _STEP), int(cell[3] // _STEP) + 1):
            level[step].append(cell)
    for number, char in enumerate(chars):
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        for cell in level.get(int(y // _STEP), ()):
            if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]:
                contents[cell].append(char)
                used.add(number)
                break
    rows: list[list[Tile]] = [[] for _ in tops]
    for cell in order:
        text = cell_text(contents[cell], cell)
        first = _index(tops, cell[1])
        last = max(first, _index(tops, cell[3] - 2))
        for row in range(first, last + 1):
            rows[row].append(Tile(text, cell[0], cell[2], above=row > first))
    return Grid(tuple(tuple(sorted(row, key=lambda tile: tile.left)) for row in rows), "spanned"), used


def _borders(values: Iterable[float]) -> list[float]:
    """Rules of one border drawn twice lie within a point or two of each other."""
    borders: list[float] = []
    for value in sorted(values):
        if not borders or value - borders[-1] > 2:
            borders.append(value)
    return borders


def _index(borders: Sequence[float], value: float) -> int:
    return max(bisect_right(borders, value + 1) - 1, 0)
