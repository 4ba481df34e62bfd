"""How a notebook was run: to its end or not, and with which parameters."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from helpers.exporters.positions import position
from helpers.exporters.visibility import hiding

PARAMETERS = {"parameters", "injected-parameters"}
"""Papermill's tags of the cell with the defaults and of the one with what it was called with."""


def never_run(notebook: NotebookNode) -> bool:
    """Whether no cell was ever executed."""
    return not any(cell.get("execution_count") or cell.outputs for cell in _code(notebook))


def unfinished(notebook: NotebookNode) -> Iterator[str]:
    """Cells that failed without the tag `raises-exception`, and those that were not executed."""
    waiting = []
    for number, cell in enumerate(notebook.cells):
        if cell.cell_type != "code":
            continue
        tags = cell.metadata.get("tags", ())
        for output in cell.outputs:
            if output.output_type == "error" and "raises-exception" not in tags:
                place, said = position(number, cell), f"{output.ename}: {output.evalue}".rstrip(": ")
                yield f"{place} ended in {said}. Mend it; tag a cell that is to fail `raises-exception`."
        done = cell.get("execution_count") or "skip-execution" in tags or not cell.source.strip()
        if not (done or ((hidden := hiding(cell, NotebookNode())) and hidden.removed)):
            waiting.append(position(number, cell))
    if waiting:
        first, more = waiting[0], len(waiting) - 1
        and_more = f" and {more} more were" if more else " was"
        yield f"{first}{and_more} not executed. Run the whole notebook; tag a cell not to be run `skip-execution`."


def parameters(notebook: NotebookNode) -> Mapping[str, Any]:
    """What the notebook was called with: of its parameter cells the last word, where that is a plain value."""
    called = notebook.metadata.get("papermill")
    found: dict[str, Any] = dict(called.get("parameters") or {}) if isinstance(called, Mapping) else {}
    for cell in _code(notebook):
        if PARAMETERS.intersection(cell.metadata.get("tags", ())):
            for name, value in _assigned(cell.source):
                found.pop(name, None)
                found |= {name: value.value} if isinstance(value, ast.Constant) else {}
    return found


def _code(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (cell for cell in notebook.cells if cell.cell_type == "code")


def _assigned(source: str) -> Iterator[tuple[str, ast.expr | None]]:
    """Every name that a cell binds, with its value where that is written there alone."""
    try:
        statements = ast.parse(source).body
    except SyntaxError:  # magics; such a cell says nothing that could be compared
        return
    for statement in statements:
        alone = isinstance(statement, ast.Assign | ast.AnnAssign)
        if isinstance(statement, ast.AnnAssign) and statement.value is None:
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id, getattr(statement, "value", None) if alone and node in targets else None
