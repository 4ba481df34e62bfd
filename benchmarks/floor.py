"""The floor: a report as a plain function in a warm process, with no papermill, no kernel and no second process.

The notebook's own cells are run in a dictionary and what they show is collected into a notebook, so that both
exporters get what they would get from papermill, and the pages are the same to the byte.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from time import perf_counter
from types import CodeType
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_output

from helpers.batch.build import NOTEBOOK, artefacts
from helpers.batch.targets import Target


def build(target: Target, params: Path, notebook: Path, out: Path) -> float:
    """Write the report's HTML, PDF, figures and data to `out`; the seconds it took."""
    started = perf_counter()
    executed, _ = run(target, params, notebook)
    folder = target.folder(out)
    _, _, files = artefacts(executed, notebook, target)
    del files[NOTEBOOK]  # which a plain function has none of
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return perf_counter() - started


def run(target: Target, params: Path, notebook: Path) -> tuple[NotebookNode, dict[str, Any]]:
    """The executed notebook and the names its cells left behind."""
    os.environ["GONGKAI_PARAMS"] = str(params)
    executed = nbformat.from_dict(_source(notebook))
    names: dict[str, Any] = {}
    for cell, code in zip(executed.cells, _compiled(notebook), strict=True):
        if code is None:
            continue
        statements, expression = code
        exec(statements, names)
        if "parameters" in cell.metadata.get("tags", ()):
            names |= {"county": target.county, "year": target.year}
        cell.execution_count = 1
        cell.outputs = list(_outputs(eval(expression, names)))
    return executed, names


def _outputs(value: Any) -> Iterator[NotebookNode]:
    """What Jupyter would keep of a cell's value; several charts display themselves one by one."""
    if isinstance(value, tuple):
        for part in value:
            data, metadata = part._repr_mimebundle_()
            yield new_output("display_data", data, metadata=metadata)
    elif value is not None:
        data, metadata = value._repr_mimebundle_()
        yield new_output("execute_result", data, metadata=metadata, execution_count=1)


@cache
def _source(notebook: Path) -> NotebookNode:
    return nbformat.read(notebook, as_version=4)


@cache
def _compiled(notebook: Path) -> list[tuple[CodeType, CodeType] | None]:
    """Each code cell as its statements and the expression it ends in; None for a Markdown cell."""
    compiled: list[tuple[CodeType, CodeType] | None] = []
    for number, cell in enumerate(_source(notebook).cells):
        if cell.cell_type != "code":
            compiled.append(None)
            continue
        body = ast.parse(cell.source).body
        last = ast.Expression(body.pop().value) if isinstance(body[-1], ast.Expr) else ast.parse("None", mode="eval")
        name = f"<cell {number}>"
        compiled.append((compile(ast.Module(body, []), name, "exec"), compile(last, name, "eval")))
    return compiled
