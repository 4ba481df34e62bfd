"""An independent reader of published tables: places cells as a browser does and knows nothing of this package.

It reads headings and figures by their position alone; ids, `headers` and data attributes are for others to check.
"""

from __future__ import annotations

from dataclasses import dataclass

import lxml.html
from lxml.html import HtmlElement


@dataclass(frozen=True)
class Figure:
    """A figure with the headings to its left and those above it, from the outermost to the innermost."""

    text: str
    row: tuple[str, ...]
    column: tuple[str, ...]
    banner: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, str]:
        """Innermost row and column heading; a table without row headings takes its rows from above its columns."""
        return (self.row[-1] if self.row else self.column[-2]), self.column[-1]


def read(markup: str) -> list[tuple[HtmlElement, Figure]]:
    """Every data cell of the one table in `markup` with what a reader sees around it."""
    (table,) = lxml.html.fromstring(f"<div>{markup}</div>").iter("table")
    grid = _grid(table)
    width = max(column for _, column in grid) + 1
    heads = {row for row, _ in grid} - {row for (row, _), cell in grid.items() if cell.tag == "td"}
    found = []
    for (row, column), cell in grid.items():
        if cell.tag != "td" or grid.get((row, column - 1)) is cell or grid.get((row - 1, column)) is cell:
            continue
        left = [grid[row, here] for here in range(column) if grid[row, here].tag == "th"]
        above = []
        for up in range(row - 1, -1, -1):
            if up in heads:
                above.insert(0, grid[up, column])
            elif above:
                break
        banners = [head for head in above if all(grid.get((_row_of(grid, head), c)) is head for c in range(width))]
        columns = [head for head in above if head not in banners]
        found.append((cell, Figure(_text(cell), _texts(left), _texts(columns), _texts(banners))))
    return found


def _grid(table: HtmlElement) -> dict[tuple[int, int], HtmlElement]:
    grid: dict[tuple[int, int], HtmlElement] = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line:
            while (row, column) in grid:
                column += 1
            for down in range(int(cell.get("rowspan", "1"))):
                for right in range(int(cell.get("colspan", "1"))):
                    assert (row + down, column + right) not in grid, "two cells lie on top of each other"
                    grid[row + down, column + right] = cell
    return grid


def _row_of(grid: dict[tuple[int, int], HtmlElement], wanted: HtmlElement) -> int:
    return next(row for (row, _), cell in grid.items() if cell is wanted)


def _texts(cells: list[HtmlElement]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(_text, cells)))


def _text(cell: HtmlElement) -> str:
    return str(cell.text_content())
