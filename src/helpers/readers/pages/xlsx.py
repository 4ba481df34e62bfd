"""XLSX → one grid a sheet, merged cells expanded."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from lxml import etree

from helpers.digits import digits
from helpers.errors import DocumentError
from helpers.readers.pages.archive import pack, parse, unpack_all, written
from helpers.readers.pages.document import Document, Grid, PageBlock, Text, Tile, TileRow, clean, printable

# Beyond these no statutory table reaches; sheets formatted down to row 1,048,576 do exist.
_ROWS, _COLUMNS = 2000, 60

# One table over the whole of what is looked at, and a workbook with a sheet a month for some years.
_PLACES, _SHEETS = 2 * _ROWS * _COLUMNS, 100

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?", re.ASCII)
_PART = re.compile(r".*\.(xml|rels)", re.DOTALL)

_KEPT: dict[str, frozenset[str]] = {
    "Types": frozenset(), "Relationships": frozenset(), "sst": frozenset(), "styleSheet": frozenset(),
    "coreProperties": frozenset(), "workbook": frozenset({"workbookPr", "sheets"}),
    "worksheet": frozenset({"sheetData", "mergeCells"}),
}  # fmt: skip
"""Root element of the files that are read → what of its children is, where not all are."""

UNCOMPUTED = "＝？"
"""Stands for a formula whose result the file does not hold: no figure, so that the cell is listed as unread."""


def read_xlsx(path: Path, data: bytes) -> Document:
    """The visible sheets in order; raises DocumentError for a workbook openpyxl cannot read."""
    from openpyxl import load_workbook

    plain = pack(_plain(path, unpack_all(path, data)))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl says on standard error what it does not know
            book = load_workbook(io.BytesIO(plain), data_only=True)
    except MemoryError:
        raise
    except Exception as problem:  # openpyxl raises whatever a damaged file makes it stumble over
        raise DocumentError(path, "an Excel workbook (.xlsx)", f"a damaged one ({problem})", "Save it again.") from None
    blocks: list[PageBlock] = []
    for sheet in book.worksheets:
        if sheet.sheet_state == "visible":
            blocks.extend(_sheet(sheet))
    return Document(tuple(blocks), book.properties.title or None)


def _plain(path: Path, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What of a workbook's files says which text stands in which cell, as far as a statutory table may reach.

    openpyxl makes an object of every cell of a merged range, a hyperlink, a table: none of it is handed to it.
    """
    roots = {name: parse(path, name, files[name]) for name in files if _PART.fullmatch(name)}
    kinds = {name: etree.QName(root).localname for name, root in roots.items()}
    of_sheets = {re.sub(r"([^/]+)$", r"_rels/\1.rels", name) for name, kind in kinds.items() if kind == "worksheet"}
    plain: dict[str, bytes] = {}
    for name, root in roots.items():
        if kinds[name] not in _KEPT or name in of_sheets:
            continue
        if own := _KEPT[kinds[name]]:
            for child in root:
                if etree.QName(child).localname not in own:
                    root.remove(child)
        if kinds[name] == "worksheet":
            _clip(path, root)
        elif kinds[name] == "workbook" and (count := len(root.findall(f"{_MAIN}sheets/*"))) > _SHEETS:
            raise DocumentError(path, f"at most {_SHEETS} sheets", str(count), "Name the report alone.")
        plain[name] = written(path, name, root)
    return plain


def _clip(path: Path, sheet: etree._Element) -> None:
    """Leave of a sheet the rows, cells and merged ranges that a table may have, with values in place of formulas."""
    for data in sheet.iterchildren(f"{_MAIN}sheetData"):
        del data[_ROWS:]
        for row in data:
            del row[_COLUMNS:]
            for cell in row:
                _value_of(cell)
    places = 0
    for merged in sheet.findall(f"{_MAIN}mergeCells/{_MAIN}mergeCell"):
        match = _RANGE.fullmatch(merged.get("ref", ""))
        if match is None:
            raise DocumentError(path, "ranges such as A1:C3", f"{merged.get('ref')!r} merged", "Save it again.")
        left, right = (min(_column(letters), _COLUMNS) for letters in (match[1], match[3] or match[1]))
        top, bottom = (min(int(digits), _ROWS) for digits in (match[2], match[4] or match[2]))
        places += (right - left + 1) * (bottom - top + 1)
        if places > _PLACES:
            raise DocumentError(path, f"at most {_PLACES:,} merged cells", "more", "No report has; do not trust it.")
        merged.set("ref", f"{_letters(left)}{top}:{_letters(right)}{bottom}")


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _letters(column: int) -> str:
    tens, ones = divmod(column - 1, 26)
    return (chr(ord("A") + tens - 1) if tens else "") + chr(ord("A") + ones)


def _value_of(cell: etree._Element) -> None:
    """Take a cell's formula away; where the file does not hold its result, the cell says so."""
    if (formula := cell.find(f"{_MAIN}f")) is None:
        return
    cell.remove(formula)
    if not cell.findtext(f"{_MAIN}v") and cell.find(f"{_MAIN}is") is None:
        cell.set("t", "inlineStr")
        etree.SubElement(etree.SubElement(cell, f"{_MAIN}is"), f"{_MAIN}t").text = UNCOMPUTED


def _sheet(sheet: Any) -> list[PageBlock]:
    """A row with one text in it stands for itself: a heading or a paragraph; runs of other rows are grids."""
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for merged in sheet.merged_cells.ranges:
        first, last = max(merged.min_row, 1), min(merged.max_row, _ROWS)
        for row in range(first, last + 1):
            spans[row, merged.min_col] = (merged.max_col, merged.min_row)
            covered.update((row, column) for column in range(merged.min_col + 1, min(merged.max_col, _COLUMNS) + 1))
    height, width = min(sheet.max_row, _ROWS), min(sheet.max_column, _COLUMNS)
    blocks: list[PageBlock] = []
    rows: list[TileRow] = []
    for row in range(1, height + 1):
        tiles: list[Tile] = []
        for column in range(1, width + 1):
            if (row, column) in covered:
                continue
            right, top = spans.get((row, column), (column, row))
            text = _text(sheet.cell(top, column).value)
            tiles.append(Tile(text, column - 1, right, above=row > top))
        filled = [tile for tile in tiles if tile.text]
        if not rows and not filled:
            continue
        if len(filled) == 1 and not filled[0].above and len(filled[0].text) > 1 and _alone(filled[0], tiles):
            if rows:
                blocks.append(_grid(rows))
                rows = []
            blocks.extend(Text(line) for tile in filled for line in tile.text.split("\n"))
        else:
            rows.append(tuple(tiles))
    if rows:
        blocks.append(_grid(rows))
    return blocks


def _grid(rows: list[TileRow]) -> Grid:
    """A run of rows without the columns right of it, which only other tables of the sheet reach."""
    edge = max((tile.right for row in rows for tile in row if tile.text), default=0)
    return Grid(tuple(tuple(tile for tile in row if tile.left < edge) for row in rows), "spanned")


def _alone(filled: Tile, tiles: list[Tile]) -> bool:
    """A label whose figures are all blank is still a row; a heading is merged over the sheet or stands outside it."""
    return filled.right - filled.left >= tiles[-1].right - 1 or "。" in filled.text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        # What Excel shows: binary noise in the 15th digit is not part of the figure.
        return digits(Decimal(repr(round(value, 10))))
    return clean(printable(str(value)))
