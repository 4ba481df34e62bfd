"""Running a notebook: papermill's own steps on a notebook in memory.

`papermill.execute_notebook` reads braces in a path as parameters, writes paths into the notebook, and where it cannot
write the executed notebook, that error hides the notebook's own.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from helpers.batch.surroundings import environment
from helpers.batch.task import Task
from helpers.batch.traces import forget
from helpers.errors import BuildError, InputError, IntegrityError
from helpers.folder.settings import ParamsFile
from helpers.limits import Deadline

OWN_ERRORS = frozenset(kind.__name__ for kind in (IntegrityError, InputError, *InputError.__subclasses__()))
"""What a notebook may raise that already says everything its reader needs to know."""

_STOPPED = {"running", "failed"}


def execute(task: Task) -> NotebookNode:
    """The executed notebook, with nothing in it of the machine; one that fails is kept in the work folder as it ran."""
    source, ids = _source(task.notebook, task.notebook.read_bytes())
    parameters = {"county": task.target.county, "year": task.target.year}
    options: dict[str, Any] = {"progress_bar": False, "timeout_func": Deadline(task.limits.seconds)}
    if task.engine == "forked":
        options["memory_limit"] = task.limits.memory
    notebook: NotebookNode = parameterize_notebook(load_notebook_node(source), parameters, engine_name=task.engine)
    kernel = papermill_engines.nb_kernel_name(task.engine, notebook)
    try:
        with environment(GONGKAI_PARAMS=str(task.params.resolve())):
            papermill_engines.execute_notebook_with_engine(task.engine, notebook, kernel, **options)
        raise_for_execution_errors(notebook, None)
    except (PapermillException, CellTimeoutError, DeadKernelError) as problem:
        if isinstance(problem, PapermillExecutionError) and problem.ename in OWN_ERRORS:
            keep(notebook, task)
            raise BuildError(problem.evalue) from None
        raise BuildError(f"{_why(notebook, problem, task)}\n{keep(notebook, task)}") from None
    forget(notebook, ids, {task.params: "params", task.out: "build", task.scratch: "…", task.notebook.parent: "…"})
    return notebook


def keep(notebook: NotebookNode, task: Task) -> str:
    """Write the notebook into the work folder; say where, or why it cannot be."""
    path = task.work / "report.ipynb"
    try:
        path.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8", errors="backslashreplace")
    except OSError as refused:
        return f"The notebook could not be kept at {path}: {refused.strerror}."
    return f"The notebook as far as it ran is kept at {path}."


def _why(notebook: NotebookNode, problem: Exception, task: Task) -> str:
    """What stopped a notebook, in which cell, and the limits where it may have been they."""
    cells = [cell.metadata.get("papermill", {}).get("status") for cell in notebook.cells]
    place = getattr(problem, "cell_index", next((n for n, status in enumerate(cells) if status in _STOPPED), None))
    where = task.notebook.name if place is None else f"{task.notebook.name}, cell {place}"
    limits = f"A notebook may take {task.limits.seconds:g} s and {task.limits.memory} MiB (--timeout, --memory)."
    if isinstance(problem, CellTimeoutError):
        return f"{where}: not finished in time. {limits}"
    if isinstance(problem, DeadKernelError):
        died = re.search(r"Kernel died(?: \((.+?)\) while)?", str(problem))
        return f"{where}: its process died{f' ({died[1]})' if died and died[1] else ''}. {limits}"
    if isinstance(problem, PapermillExecutionError):
        return f"{where}: {problem.ename}: {problem.evalue}{f' {limits}' * (problem.ename == 'MemoryError')}"
    return f"{where}: {problem}"


@lru_cache(maxsize=8)
def _source(path: Path, content: bytes) -> tuple[NotebookNode, frozenset[str]]:
    """A notebook that takes exactly our parameters, and its cells' ids; papermill only logs a misspelt parameter."""
    try:
        notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
        ids = frozenset(str(cell.get("id")) for cell in json.loads(content)["cells"])
        found = papermill.inspect_notebook(notebook)
    except Exception as problem:  # whatever nbformat and papermill meet in a file that is none
        said = " ".join(str(problem).split())[:200]
        raise BuildError(f"{path}: not a Jupyter notebook of version 4: {type(problem).__name__}: {said}") from None
    missing = [name for name in ParamsFile.model_fields if name not in found]
    if missing:
        raise BuildError(
            f"{path}: its cell tagged `parameters` has no {', '.join(missing)}, "
            f"it has {', '.join(found) or 'none'}. "
            "Add them there, e.g. `year: int = 2020`."
        )
    return notebook, ids
