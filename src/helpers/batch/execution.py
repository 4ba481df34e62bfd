"""Running a notebook: papermill's own steps on a notebook in memory.

`papermill.execute_notebook` reads braces in a path as parameters, writes paths into the notebook, and where it cannot
write the executed notebook, that error hides the notebook's own.
"""

from __future__ import annotations

import re
from typing import Any

import nbformat
from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.execute import raise_for_execution_errors
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from helpers.batch.source import KERNEL, read
from helpers.batch.surroundings import environment
from helpers.batch.task import Task
from helpers.batch.traces import forget
from helpers.engine.host import installed_kernels
from helpers.engine.stock import limited
from helpers.errors import BuildError, InputError, IntegrityError, NotebookError
from helpers.exporters.positions import position
from helpers.limits import Deadline
from helpers.opening import real

OWN_ERRORS = frozenset(kind.__name__ for kind in (IntegrityError, InputError, *InputError.__subclasses__()))
"""What a notebook may raise that already says everything its reader needs to know."""

STOCK = (None, "nbclient")
"""What papermill calls its own engine."""


def execute(task: Task) -> NotebookNode:
    """The executed notebook, with nothing in it of the machine; one that fails is kept in the work folder as it ran."""
    source, ids = read(task.notebook, task.notebook.read_bytes())
    parameters = {"county": task.target.county, "year": task.target.year}
    options: dict[str, Any] = {"progress_bar": False, "timeout_func": Deadline(task.limits.seconds)}
    if task.engine == "forked":
        options["memory_limit"] = task.limits.memory
    elif task.engine in STOCK:
        options["kernel_manager_class"] = limited(task.limits.memory)
    notebook: NotebookNode = parameterize_notebook(load_notebook_node(source), parameters, engine_name=task.engine)
    kernel = papermill_engines.nb_kernel_name(task.engine, notebook)
    try:
        with environment(GONGKAI_PARAMS=str(real(task.params))):
            papermill_engines.execute_notebook_with_engine(task.engine, notebook, kernel, **options)
        raise_for_execution_errors(notebook, None)
    except NoSuchKernel:
        expected = f"a kernel that is installed here ({installed_kernels()})"
        raise NotebookError(task.notebook, expected, repr(kernel), KERNEL) from None
    except (PapermillException, CellTimeoutError, DeadKernelError) as problem:
        if isinstance(problem, PapermillExecutionError) and problem.ename in OWN_ERRORS:
            keep(notebook, task)
            raise BuildError(problem.evalue) from None
        raise BuildError(f"{_why(notebook, problem, task)}\n{keep(notebook, task)}") from None
    except RuntimeError as problem:
        if not str(problem).startswith("Kernel"):
            raise
        expected = "a kernel that starts"  # jupyter_client has no better class for one that does not
        raise NotebookError(task.notebook, expected, f"{kernel!r}: {problem}", KERNEL) from None
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
    place = next((position(n, cell) for n, cell in enumerate(notebook.cells) if _unanswered(cell)), None)
    if isinstance(problem, PapermillExecutionError):  # which has put cells with its message into the notebook
        place = position(problem.cell_index, new_code_cell(problem.source))
    where = ", ".join(map(str, filter(None, (task.notebook.name, place))))
    limits = f"A notebook may take {task.limits.seconds:g} s and {task.limits.memory} MiB (--timeout, --memory)."
    if isinstance(problem, CellTimeoutError):
        return f"{where}: not finished in time. {limits}"
    if isinstance(problem, DeadKernelError):
        died = re.search(r"Kernel died(?: \((.+?)\) while)?", str(problem))
        return f"{where}: its process died{f' ({died[1]})' if died and died[1] else ''}. {limits}"
    if isinstance(problem, PapermillExecutionError):
        said = f"{problem.ename}: {problem.evalue}".rstrip(": ")
        return f"{where}: {said}{f'. {limits}' * (problem.ename == 'MemoryError')}"
    return f"{where}: {problem}"


def _unanswered(cell: NotebookNode) -> bool:
    """Whether a cell was to run and its kernel has never said that it did: of these, the first was at hand."""
    runs = cell.cell_type == "code" and cell.source.strip() and "skip-execution" not in cell.metadata.get("tags", ())
    return bool(runs) and "shell.execute_reply" not in cell.metadata.get("execution", {})
