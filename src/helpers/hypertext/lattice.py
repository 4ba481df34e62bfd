"""An HTML table → cells at their places: rows and columns counted, spans cut where they would meet a neighbour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

_GROUPS = {"thead": 0, "tbody": 1, "tfoot": 2}


class Laid(NamedTuple):
    """A cell, its text, and the rectangle it takes."""

    element: Any
    text: str
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True)
class Lattice:
    """A table: its cells row by row. The first `head` rows are repeated on every page, the first `stub` columns on
    every part of a table that is too wide."""

    columns: int
    head: int
    stub: int
    cells: tuple[Laid, ...]
    caption: Any


def lattice(table: Any) -> Lattice:
    """`table` (an element) as browsers lay it out; rows of headings alone that come first are its head."""
    cells: list[Laid] = []
    head = row = 0
    for name, rows in _sections(table):
        placed = list(_placed(rows, row))
        cells += placed
        if name == "thead" or (name == "tbody" and row == 0 == head):
            head = row + (len(rows) if name == "thead" else _leading_heads(rows, placed))
        row += len(rows)
    # Columns in which no cell begins are none: a band over "all columns" is often written as over a hundred.
    columns = max((cell.x for cell in cells), default=-1) + 1
    cells = [cell if cell.x + cell.width <= columns else cell._replace(width=columns - cell.x) for cell in cells]
    head = head if head < row else 0
    return Lattice(columns, head, _stub(cells, head, columns), tuple(cells), table.find("caption"))


def _stub(cells: list[Laid], head: int, columns: int) -> int:
    """How many columns at the left name their rows: in none of these is there anything but headings."""
    data = [cell.x for cell in cells if cell.y >= head and cell.element.tag == "td" and cell.width < columns]
    return min(data, default=0)


def _sections(table: Any) -> list[tuple[str, list[Any]]]:
    """The groups of rows from head to foot; rows that stand in none are a body of their own."""
    groups: list[tuple[str, list[Any]]] = []
    for child in table:
        if child.tag in _GROUPS:
            groups.append((child.tag, [row for row in child if row.tag == "tr"]))
        elif child.tag == "tr":
            if not groups or groups[-1][0] != "":
                groups.append(("", []))
            groups[-1][1].append(child)
    named = [(name or "tbody", rows) for name, rows in groups if rows]
    return sorted(named, key=lambda group: _GROUPS[group[0]])


def _placed(rows: list[Any], first: int) -> Iterator[Laid]:
    """The cells of one group of rows; none reaches out of it."""
    taken: dict[int, set[int]] = {y: set() for y in range(len(rows))}
    for y, row in enumerate(rows):
        x = 0
        for cell in row:
            if cell.tag not in ("td", "th"):
                continue
            while x in taken[y]:
                x += 1
            height = width = 1
            if len(cell.attrib):
                room = len(rows) - y
                height = min(int(cell.get("rowspan", 1)) or room, room)
                while width < int(cell.get("colspan", 1)) and x + width not in taken[y]:
                    width += 1
                for line in range(y + 1, y + height):
                    taken[line].update(range(x, x + width))
            yield Laid(cell, "".join(cell.itertext()), x, first + y, width, height)
            x += width


def _leading_heads(rows: list[Any], placed: list[Laid]) -> int:
    """How many rows at the top hold headings alone."""
    for number, row in enumerate(rows):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if not cells or any(cell.tag == "td" for cell in cells):
            # A heading that spans further rows down takes them into the head, or the head would be cut.
            return 0 if any(cell.y < number < cell.y + cell.height for cell in placed) else number
    return 0
