"""The CSV files of a params folder ⇄ cells and indicators, strict, with file, line and cell in every error.

    # lines that begin with # are for people
    address,label,natural_person,…,total
    ,,自然人,…,总计
    requests.received,一、本年新收政府信息公开申请数量,46,…,46

The first header line is for machines, the second for people, and so are `address` and `label`: where the two
disagree nobody knows which row was meant, and the file is refused. `×` marks a place the form does not have.
"""

from __future__ import annotations

import csv
import difflib
import io
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from helpers.digits import BLANK, MAX_FRACTION
from helpers.errors import FolderError, Place
from helpers.folder.numbers import Unreadable, read_figure
from helpers.forms import Cell, Table, normalise
from helpers.opening import TABLE, read_text
from helpers.report import Indicator, Number
from helpers.saving import save
from helpers.spreadsheets import as_written, harmless

NumberOrBlank = TypeVar("NumberOrBlank", bound=Number | None)

ABSENT = "×"
INDICATOR_COLUMNS = ("id", "label", "value", "unit", "group")
MOST_INDICATORS, LONGEST_LABEL = 1000, 200


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Line number and fields of every line that is neither empty nor a comment."""
    reader = csv.reader(io.StringIO(read_text(path, FolderError, TABLE, path.parent.parent), newline=""), strict=True)
    try:
        for fields in reader:
            stripped = [field.strip().strip("\u3000\xa0") for field in fields]
            if any(stripped) and not stripped[0].startswith("#"):
                yield reader.line_num, stripped
    except csv.Error as problem:
        raise FolderError(
            Place(path, reader.line_num), "a CSV line", str(problem), "Check the quotation marks."
        ) from None


def read_table(path: Path, table: Table) -> tuple[dict[str, Number | None], dict[str, str]]:
    """The cells and notes of one statutory table; a row that is missing is an error, a blank cell is None."""
    lines = _lines(path)
    header = ["address", "label", *table.columns]
    _header(path, next(lines, (1, [])), header)
    _labels(path, next(lines, (2, [])), table)
    cells: dict[str, Number | None] = {}
    notes: dict[str, str] = {}
    seen: dict[str, int] = {}
    for number, fields in lines:
        address = fields[0]
        row = table.rows.get(address)
        if row is None:
            near = difflib.get_close_matches(address, table.rows, 1)
            remedy = f"Did you mean `{near[0]}`?" if near else "Remove the line or correct its address."
            raise FolderError(Place(path, number, address), "a row address of the form", f"`{address}`", remedy)
        if address in seen:
            raise FolderError(
                Place(path, number, address), "every row once", f"the row of line {seen[address]} again", "Remove one."
            )
        seen[address] = number
        _width(path, number, address, fields, len(header))
        if not _same_label(fields[1], row[0]):
            raise FolderError(
                Place(path, number, address), f"the label “{row[0].row_label}”", f"“{fields[1]}”",
                "Label and address name different rows: correct whichever is wrong.",
            )  # fmt: skip
        by_column = {cell.column: cell for cell in row}
        for column, text in zip(table.columns, fields[2:], strict=True):
            cell = by_column.get(column)
            if cell is None:
                if text not in ("", ABSENT):
                    raise FolderError(
                        Place(path, number, f"{address}.{column}"), f"{ABSENT}: the form has no such cell",
                        f"“{text}”", f"Move the figure to the right column, or write {ABSENT}.",
                    )  # fmt: skip
                continue
            cells[cell.address], note = _figure(Place(path, number, cell.address), text, cell)
            if note:
                notes[cell.address] = note
    missing = [row for row in table.rows if row not in seen]
    if missing:
        raise FolderError(path, f"{len(table.rows)} rows", f"no row {', '.join(missing)}", "Add the missing rows.")
    return cells, notes


def read_indicators(path: Path) -> dict[str, Indicator]:
    """The indicators by id; a folder without the file has none."""
    if not os.path.lexists(path):
        return {}
    lines = _lines(path)
    _header(path, next(lines, (1, [])), list(INDICATOR_COLUMNS))
    indicators: dict[str, Indicator] = {}
    for number, fields in lines:
        _width(path, number, fields[0], fields, len(INDICATOR_COLUMNS))
        name, text = fields[0], fields[2]
        label, unit, group = (as_written(fields[place]) for place in (1, 3, 4))
        place = Place(path, number, name)
        if not name.isidentifier() or not name.isascii():
            raise FolderError(place, "an id of ASCII letters, digits and _", f"`{name}`", "Rename the indicator.")
        if name in indicators:
            raise FolderError(place, "every indicator once", f"`{name}` again", "Remove or rename one.")
        if len(indicators) == MOST_INDICATORS or max(map(len, (name, label, unit, group))) > LONGEST_LABEL:
            most = f"at most {MOST_INDICATORS} indicators, and {LONGEST_LABEL} characters in a label"
            raise FolderError(place, most, "more", "Shorten it.")
        if not label or not group:
            raise FolderError(place, "a label and a group", "a blank", "Fill it in.")
        if text in BLANK:
            raise FolderError(place, "a figure", "a blank", "State it, 0 if it is none, or remove the line.")
        value = read_decimal(place, text)
        indicators[name] = Indicator(name, label, value, unit, group)
    return indicators


def read_decimal(place: Place, text: str) -> Number:
    """An indicator's value: whole where it is written whole, else Decimal."""
    try:
        value, _ = read_figure(text, "decimal")
    except Unreadable as problem:
        raise FolderError(place, "a figure", f"“{text}”", problem.remedy) from None
    assert isinstance(value, Decimal)
    return _printable(place, value, text) if "." in text else int(value)


def too_fine(value: Number | None) -> bool:
    """Whether a figure has more decimals than prose and charts print."""
    return isinstance(value, Decimal) and -int(value.as_tuple().exponent) > MAX_FRACTION


def _printable(place: Place, value: NumberOrBlank, text: str) -> NumberOrBlank:
    if too_fine(value):
        raise FolderError(place, f"at most {MAX_FRACTION} decimals", f"“{text}”", "Round the figure.")
    return value


def write_table(
    path: Path,
    table: Table,
    cells: Mapping[str, Number | None],
    notes: Mapping[str, str],
    comments: tuple[str, ...] = (),
) -> None:
    """`cells` in the layout that `read_table` reads; blank stays blank."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    _comment(buffer, comments)
    writer.writerow(["address", "label", *table.columns])
    writer.writerow(["", "", *table.columns.values()])
    for address, row in table.rows.items():
        by_column = {cell.column: cell for cell in row}
        figures = [
            ABSENT if column not in by_column else write_figure(by_column[column], cells, notes)
            for column in table.columns
        ]
        writer.writerow([address, row[0].row_label, *figures])
    save(path, buffer.getvalue())


def write_indicators(path: Path, indicators: Mapping[str, Indicator], comments: tuple[str, ...] = ()) -> None:
    """The indicators in the layout that `read_indicators` reads."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    _comment(buffer, comments)
    writer.writerow(INDICATOR_COLUMNS)
    for item in indicators.values():
        value = f"{item.value:f}" if isinstance(item.value, Decimal) else item.value
        writer.writerow([item.id, harmless(item.label), value, harmless(item.unit), harmless(item.group)])
    save(path, buffer.getvalue())


def _comment(file: io.StringIO, comments: Iterable[str]) -> None:
    """Lines for people; quoted where what follows a comma in them would begin a quotation or a formula."""
    for comment in comments:
        line = f"# {' '.join(comment.split())}"
        apart = line.replace('"', '""')
        file.write(f'"{apart}"\n' if re.search(r"[,;\t]\s*[\"=+\-@']", line) else f"{line}\n")


def write_figure(cell: Cell, cells: Mapping[str, Number | None], notes: Mapping[str, str]) -> str:
    """One cell as a data file holds it: digits, the sign of a change, the note in brackets."""
    value = cells.get(cell.address)
    if value is None:
        return ""
    text = (
        f"{value:+d}" if cell.kind == "signed" and value else f"{value:f}" if isinstance(value, Decimal) else str(value)
    )
    note = notes.get(cell.address, "").replace("\r\n", "\n").replace("\r", "\n")
    return f"{text}（{note}）" if note else text


def _header(path: Path, line: tuple[int, list[str]], expected: list[str]) -> None:
    number, found = line
    if found != expected:
        difference = next(
            (
                f"`{there}` where `{want}` belongs"
                for want, there in zip(expected, found, strict=False)
                if want != there
            ),
            f"{len(found)} columns instead of {len(expected)}",
        )
        raise FolderError(
            Place(path, number), "the header " + ",".join(expected), difference, "Restore the header line."
        )


def _labels(path: Path, line: tuple[int, list[str]], table: Table) -> None:
    number, found = line
    expected = ["", "", *table.columns.values()]
    if [normalise(text) for text in found] != [normalise(text) for text in expected]:
        raise FolderError(
            Place(path, number), "the line of Chinese column labels " + ",".join(expected), ",".join(found),
            "Restore the second header line.",
        )  # fmt: skip


def _width(path: Path, number: int, address: str, fields: list[str], expected: int) -> None:
    if len(fields) != expected:
        raise FolderError(
            Place(path, number, address), f"{expected} columns", f"{len(fields)}",
            "Look for a comma too many or too few; a figure with thousands separators needs quotation marks.",
        )  # fmt: skip


def _same_label(text: str, cell: Cell) -> bool:
    return normalise(text) == normalise(cell.row_label)


def _figure(place: Place, text: str, cell: Cell) -> tuple[Number | None, str | None]:
    try:
        value, note = read_figure(text, cell.kind)
        return _printable(place, value, text), note
    except Unreadable as problem:
        raise FolderError(place, f"{problem.expected} for {cell.name}", f"“{text}”", problem.remedy) from None
