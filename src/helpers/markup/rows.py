"""Tables of pipes, rows of any length: mistune shows a table as text where one row has a cell more or less."""

from __future__ import annotations

import re
from typing import Any

import mistune
from mistune.core import BlockState
from mistune.plugins.table import table

_HEAD = r"^ {0,3}(?=[^\n]*\|)\S[^\n]*\n(?= {0,3}[|:-][-:| \t]*(?:\n|$))"
_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"(:?)-+(:?)")
_SIDES = {("", ""): None, (":", ""): "left", ("", ":"): "right", (":", ":"): "center"}


def tables(md: mistune.Markdown) -> None:
    """The plugin; tables stand in lists and quotations, too."""
    table(md)
    block = md.block
    block.rules.remove("nptable")
    block.register("table", _HEAD, _parse)
    for rules in (block.list_rules, block.block_quote_rules):
        block.insert_rule(rules, "table", before="paragraph")


def _parse(block: mistune.BlockParser, match: re.Match[str], state: BlockState) -> int | None:
    head, at = _cells(match[0]), match.end()
    line = state.get_line(at)
    rules = [_RULE.fullmatch(cell) for cell in _cells(line)]
    if len(head) != len(rules) or "|" not in line or not all(rules):
        return None
    at += len(line)
    rows = []
    while at < state.cursor_max and _PIPE.search(line := state.get_line(at)):
        rows.append(_cells(line))
        at += len(line)
    width = max(map(len, (head, *rows)))
    sides = [_SIDES[rule[1], rule[2]] for rule in rules if rule] + [None] * (width - len(rules))
    body = [{"type": "table_row", "children": _row(cells, sides, head=False)} for cells in rows]
    children = [
        {"type": "table_head", "children": _row(head, sides, head=True)},
        {"type": "table_body", "children": body},
    ]
    state.append_token({"type": "table", "children": children})
    return at


def _cells(line: str) -> list[str]:
    """The texts between the pipes of a line; `\\|` is a pipe within a text."""
    cells = _PIPE.split(line.strip())
    first = 1 if not cells[0] else 0
    last = -1 if len(cells) > first + 1 and not cells[-1] else None
    return [cell.replace("\\|", "|").strip() for cell in cells[first:last]]


def _row(cells: list[str], sides: list[str | None], *, head: bool) -> list[dict[str, Any]]:
    """The cells of a row, empty ones where it is shorter than another."""
    filled = [*cells, *[""] * (len(sides) - len(cells))]
    attributes = ({"align": side, "head": head} for side in sides)
    return [{"type": "table_cell", "text": text, "attrs": each} for text, each in zip(filled, attributes, strict=True)]
