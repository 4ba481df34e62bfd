"""Tables of MathML → Typst: matrices, cases, and formulas of several lines that are aligned with each other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from helpers.display import literal
from helpers.formulas.latex import NUMBER

SetRow = Callable[[Any], str]

_POINT = "#($&$.body);"
"""Where lines are aligned: what stands before it ends there, what comes behind it begins there."""


def matrix(table: Any, row: SetRow) -> str:
    """A table within a formula as a Typst expression; `row` makes one of what a cell holds."""
    rows = _rows(table)
    aligns = _aligns(rows)
    large = table.get("displaystyle") == "true"
    cells = [
        [_cell(cell, row, large) for cell in line] for line in rows if any(len(cell) or cell.text for cell in line)
    ]
    same, ruled = "", _ruled(table, rows)
    if not ruled and _in_pairs(aligns):
        cells = [[_POINT.join(map(_shown, line[at : at + 2])) for at in range(0, len(line), 2)] for line in cells]
        cells = [[f"[{pair}]" for pair in line] for line in cells]
    elif len(set(aligns)) == 1:
        same = f", align: {aligns[0]}"
    else:
        cells = [[_placed(cell, align) for cell, align in zip(line, aligns, strict=False)] for line in cells]
    set_ = "".join(f", ({''.join(f'{cell}, ' for cell in line)})" for line in cells)
    return f"math.mat(delim: none{same}{ruled}{set_})"


def lines(table: Any, row: SetRow) -> tuple[str, str]:
    """A table that is the whole formula: its lines, aligned with each other, and the number of a single one."""
    set_, numbers = [], []
    for line in _rows(table):
        cells = [cell for cell in line if NUMBER not in cell.get("style", "")]
        pieces = [f"{'#h(2em);' if at and not at % 2 else ''}{_shown(row(cell))}" for at, cell in enumerate(cells)]
        set_.append(_POINT.join(pieces))
        numbers.append("".join("".join(cell.itertext()) for cell in line if cell not in cells).strip())
    if len(set_) == 1:
        return f"[{set_[0]}]", numbers[0]
    return f"[{'#linebreak();'.join(_numbered(*pair) for pair in zip(set_, numbers, strict=True))}]", ""


def _numbered(line: str, number: str) -> str:
    return f"{line}#h(2em);#text({literal(number)});" if number else line


def _rows(table: Any) -> list[list[Any]]:
    return [[cell for cell in line if cell.tag == "mtd"] for line in table if line.tag in ("mtr", "mlabeledtr")]


def _cell(cell: Any, row: SetRow, large: bool) -> str:
    made = row(cell) or "[]"
    return f"math.display({made})" if large else made


def _shown(expression: str) -> str:
    return f"#{expression};"


def _aligns(rows: list[list[Any]]) -> list[str]:
    """How each column is aligned: as the first of its cells that says anything."""
    found: dict[int, str] = {}
    for line in rows:
        for column, cell in enumerate(line):
            said = re.search(r"text-align:\s*(left|right)", cell.get("style", "")) or [cell.get("columnalign", "")] * 2
            if said[1] in ("left", "right"):
                found.setdefault(column, said[1])
    return [found.get(column, "center") for column in range(max(map(len, rows), default=0))]


def _in_pairs(aligns: list[str]) -> bool:
    """Whether columns meet in twos, as the sides of equations do."""
    return len(aligns) > 1 and all(align == ("right", "left")[at % 2] for at, align in enumerate(aligns))


def _placed(cell: str, align: str) -> str:
    shown = _shown(cell)
    return {"left": f"[{_POINT}{shown}]", "right": f"[{shown}{_POINT}]"}.get(align, cell)


def _ruled(table: Any, rows: list[list[Any]]) -> str:
    """The lines drawn between columns and rows, and around them."""

    def drawn(element: Any, side: str) -> bool:
        return f"border-{side}:" in element.get("style", "")

    across = {at for at, line in enumerate(rows) if any(drawn(cell, "top") for cell in line)}
    down = {at + 1 for line in rows for at, cell in enumerate(line) if drawn(cell, "right")}
    across |= {0} if drawn(table, "top") else set()
    across |= {len(rows)} if drawn(table, "bottom") else set()
    down |= {0} if drawn(table, "left") else set()
    both = {name: sorted(found) for name, found in (("hline", across), ("vline", down)) if found}
    set_ = ", ".join(f"{name}: ({''.join(f'{at}, ' for at in found)})" for name, found in both.items())
    return f", augment: ({set_})" if set_ else ""
