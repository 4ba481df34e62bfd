"""XLSX → one grid a sheet, merged cells expanded."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from helpers.digits import digits
from helpers.errors import DocumentError
from helpers.readers.pages.document import Document, Grid, PageBlock, Text, Tile, TileRow, clean

# Beyond these no statutory table reaches; sheets formatted down to row 1,048,576 do exist.
_ROWS, _COLUMNS = 2000, 60

UNCOMPUTED = "＝？"
"""Stands for a formula whose result the file does not hold: no figure, so that the cell is listed as unread."""


def read_xlsx(path: Path, data: bytes) -> Document:
    """The visible sheets in order; raises DocumentError for a workbook openpyxl cannot read."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        values = load_workbook(io.BytesIO(data), data_only=True)
        formulas = load_workbook(io.BytesIO(data)) if _has_formulas(data) else values
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, OSError, TypeError) as problem:
        raise DocumentError(path, "an Excel workbook (.xlsx)", f"a damaged one ({problem})", "Save it again.") from None
    blocks: list[PageBlock] = []
    for sheet in values.worksheets:
        if sheet.sheet_state == "visible":
            blocks.extend(_sheet(sheet, formulas[sheet.title]))
    return Document(tuple(blocks), values.properties.title or None)


def _has_formulas(data: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
        return any(b"<f" in archive.read(name) for name in sheets)


def _sheet(sheet: Any, formulas: Any) -> list[PageBlock]:
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
            text = _text(sheet.cell(top, column).value, formulas.cell(top, column).value)
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


def _text(value: Any, formula: Any) -> str:
    if value is None:
        return UNCOMPUTED if isinstance(formula, str) and formula.startswith("=") else ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        # What Excel shows: binary noise in the 15th digit is not part of the figure.
        return digits(Decimal(repr(round(value, 10))))
    return clean(str(value))
