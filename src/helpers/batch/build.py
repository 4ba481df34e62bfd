"""One report: execute the notebook, export it, prove it whole. Whoever holds the output folder puts it in its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from time import perf_counter
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.batch import manifest
from helpers.batch.execution import execute, keep
from helpers.batch.surroundings import write
from helpers.batch.task import Result, Task
from helpers.errors import BuildError
from helpers.exporters.html import ReportHTMLExporter
from helpers.exporters.outputs import charts_of, ids_of, record_of
from helpers.exporters.pdf import ReportPDFExporter
from helpers.faults import told
from helpers.limits import EXPORT
from helpers.workers import Overdue

_CHART = re.compile(r"[\w.-]+")


@dataclass(frozen=True)
class Executed:
    """A report half way: its notebook has run, or `error` says why not; `inputs` are what it was made from."""

    task: Task
    seconds: float
    inputs: Mapping[str, manifest.Seen] = field(default_factory=dict)
    notebook: NotebookNode | None = None
    error: str | None = None


def build(task: Task) -> Result:
    """Build one report in its work folder; every failure becomes a Result, never an exception."""
    return publish(run_notebook(task))


def run_notebook(task: Task) -> Executed:
    """The first half: an empty work folder and the executed notebook."""
    started = perf_counter()
    try:
        inputs = manifest.inputs(task)
        shutil.rmtree(task.work, ignore_errors=True)
        task.work.mkdir(parents=True)
        notebook = execute(task)
    except Exception as problem:
        return Executed(task, perf_counter() - started, error=_told(problem, task))
    return Executed(task, perf_counter() - started, inputs, notebook)


def publish(executed: Executed) -> Result:
    """The second half: every file of the report, proved whole and made from inputs that stood still meanwhile."""
    started, task, notebook = perf_counter() - executed.seconds, executed.task, executed.notebook
    if notebook is None:
        return Result(task.target, "failed", executed.seconds, (), executed.error)
    try:
        record = record_of(notebook)
        _complete(notebook, record, task)
        executed_notebook = ("report.ipynb", (nbformat.writes(notebook) + "\n").encode("utf-8"))
        for name, content in chain([executed_notebook], artefacts(notebook, record)):
            write(task.work / name, content)
        if reason := manifest.changed(task, executed.inputs):
            raise BuildError(f"{task.target}: {reason} while the report was made. Build it again.")
        manifest.write(task, executed.inputs)
    except (KeyboardInterrupt, SystemExit, Overdue):
        raise
    except BaseException as problem:  # a panic in the typesetter is no Exception
        keep(notebook, task)
        return Result(task.target, "failed", perf_counter() - started, (), _told(problem, task))
    return Result(task.target, "built", perf_counter() - started, tuple(record["warnings"]))


def artefacts(notebook: NotebookNode, record: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of the published folder but the notebook and the manifest."""
    html, pdf = exporters()
    yield "report.html", html.from_notebook_node(notebook)[0].encode("utf-8")
    yield "report.pdf", pdf.from_notebook_node(notebook)[0]
    for name in manifest.DATA:
        yield name, record["files"][name].encode("utf-8")
    for name, svg in charts_of(notebook).items():
        yield f"figures/{name}.svg", svg.encode("utf-8")


@cache
def exporters() -> tuple[Any, Any]:
    """The two exporters; making one costs more than using it."""
    return ReportHTMLExporter(), ReportPDFExporter()


def _told(problem: BaseException, task: Task) -> str:
    """One report that fails never stops the others, not even where the fault is ours."""
    return told(problem, EXPORT, task.work / "traceback.txt")


def _complete(notebook: NotebookNode, record: Mapping[str, Any], task: Task) -> None:
    """A chart or table that did not arrive is never left out in silence.

    A year's own notebook may choose its charts, but not its statutory tables.
    """
    missing = [f"table {name}" for name in record["tables"] if name not in ids_of(notebook, "table")]
    missing += [f"file {name}" for name in manifest.DATA if name not in record["files"]]
    if not task.own_notebook:
        missing += [f"chart {name}" for name in record["charts"] if name not in charts_of(notebook)]
    if missing:
        raise BuildError(f"{task.notebook.name} ran, but its output lacks {', '.join(missing)}. Show them in a cell.")
    if strange := [name for name in charts_of(notebook) if not _CHART.fullmatch(name) or name.startswith(".")]:
        raise BuildError(f"{task.notebook.name} shows a chart by the name {strange[0]!r}, which can be no file's.")
