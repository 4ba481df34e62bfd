"""Where in a notebook something stands, as an analyst finds it again."""

from __future__ import annotations

from typing import NamedTuple

from nbformat import NotebookNode

from helpers.visible import visible

_LONGEST = 40
_NUMBER = "gongkai_number"


class Position(NamedTuple):
    """A cell by its number, counted from 0 as papermill counts, and by its first line."""

    number: int
    first_line: str

    def __str__(self) -> str:
        return f"cell {self.number} ({self.first_line})" if self.first_line else f"cell {self.number}"

    @property
    def chinese(self) -> str:
        """The same for findings."""
        return f"第 {self.number} 单元" + (f"（{self.first_line}）" if self.first_line else "")


def number_cells(notebook: NotebookNode) -> None:
    """Have every cell know its number, before any of them is removed."""
    for number, cell in enumerate(notebook.cells):
        cell.metadata[_NUMBER] = number


def position(number: int, cell: NotebookNode) -> Position:
    """The position of a cell, the `number`th where it knows no better; a long first line is cut."""
    line = next((line.strip() for line in str(cell.get("source", "")).splitlines() if line.strip()), "")
    shown = line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
    return Position(int(cell.metadata.get(_NUMBER, number)), visible(shown))
