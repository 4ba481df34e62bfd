"""One report: execute the notebook, export it, prove it whole, promote the finished folder by one rename."""

from __future__ import annotations

import shutil
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

from nbformat import NotebookNode

from helpers.batch import manifest
from helpers.batch.task import Result, Task
from helpers.errors import BuildError, GongkaiError, InputError, IntegrityError
from helpers.exporters.html import ReportHTMLExporter
from helpers.exporters.outputs import charts_of, ids_of, record_of
from helpers.exporters.pdf import ReportPDFExporter
from helpers.folder.settings import ParamsFile

OWN_ERRORS = frozenset(kind.__name__ for kind in (IntegrityError, InputError, *InputError.__subclasses__()))
"""What a notebook may raise that already says everything its reader needs to know."""


@dataclass(frozen=True)
class Executed:
    """A report half way: its notebook has run, or `error` says why not; `inputs` are what it was made from."""

    task: Task
    seconds: float
    inputs: Mapping[str, str] = field(default_factory=dict)
    notebook: NotebookNode | None = None
    error: str | None = None


def build(task: Task) -> Result:
    """Build one report; every failure becomes a Result, never an exception."""
    return publish(run_notebook(task))


def build_all(tasks: Iterable[Task], done: Callable[[Result], None]) -> None:
    """Build one report after the other, each exported while the notebook of the next runs in its own process.

    `done` is called with each result, also where `tasks` ends in an error: what has run by then is still exported.
    """
    sys.setswitchinterval(0.0001)  # or the exporting thread keeps the other from answering the notebook
    with ThreadPoolExecutor(1, "export") as exporting:
        exported: Future[Result] | None = None
        try:
            for task in tasks:
                before, exported = exported, exporting.submit(publish, run_notebook(task))
                if before is not None:
                    done(before.result())
        finally:
            if exported is not None:
                done(exported.result())


def run_notebook(task: Task) -> Executed:
    """The first half: an empty work folder and in it the executed notebook."""
    started = perf_counter()
    try:
        inputs = manifest.inputs(task.target, task.params, task.notebook)
        shutil.rmtree(task.work, ignore_errors=True)
        task.work.mkdir(parents=True)
        notebook = execute(task)
    except Exception as problem:
        return Executed(task, perf_counter() - started, error=_explained(problem, task))
    return Executed(task, perf_counter() - started, inputs, notebook)


def publish(executed: Executed) -> Result:
    """The second half: every file of the report, proved whole, promoted."""
    started, task, notebook = perf_counter() - executed.seconds, executed.task, executed.notebook
    if notebook is None:
        return Result(task.target, "failed", executed.seconds, (), executed.error)
    try:
        record = record_of(notebook)
        _complete(notebook, record, task)
        for name, content in artefacts(notebook, record):
            path = task.work / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
        outputs = manifest.outputs(task.work)
        manifest.Manifest(str(task.target), executed.inputs, manifest.libraries(), outputs).write(task.work)
        promote(task)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as problem:  # a panic in the typesetter is no Exception
        return Result(task.target, "failed", perf_counter() - started, (), _explained(problem, task))
    return Result(task.target, "built", perf_counter() - started, tuple(record["warnings"]))


def _explained(problem: BaseException, task: Task) -> str:
    """One report that fails never stops the others, not even where the fault is ours."""
    if isinstance(problem, GongkaiError):
        return str(problem)
    if isinstance(problem, OSError):
        return f"{problem.filename or task.work}: {problem.strerror or problem}"
    trace = task.work / "traceback.txt"
    try:
        trace.parent.mkdir(parents=True, exist_ok=True)
        trace.write_text("".join(traceback.format_exception(problem)), encoding="utf-8")
        kept = f"its traceback is kept at {trace}"
    except OSError as refused:
        kept = f"its traceback could not be kept: {refused.strerror}"
    return f"{type(problem).__name__}: {problem}\nThis is a fault of the program, not of the data; {kept}."


def execute(task: Task) -> NotebookNode:
    """Run the notebook through papermill into the work folder, where it stays if it fails."""
    import papermill
    from papermill.exceptions import PapermillException, PapermillExecutionError

    output = task.work / "report.ipynb"
    parameters = {"county": task.target.county, "year": task.target.year}
    known_parameters(task.notebook)
    try:
        with _environment(GONGKAI_PARAMS=str(task.params.resolve())):
            notebook: NotebookNode = papermill.execute_notebook(
                str(task.notebook), str(output), parameters, engine_name=task.engine, progress_bar=False,
                request_save_on_cell_execute=False, log_output=False,
            )  # fmt: skip
    except PapermillExecutionError as problem:
        if problem.ename in OWN_ERRORS:
            raise BuildError(problem.evalue) from None
        where = f"{task.notebook.name}, cell {problem.cell_index}"
        raise BuildError(
            f"{where}: {problem.ename}: {problem.evalue}\nThe notebook as far as it ran is kept at {output}."
        ) from None
    except PapermillException as problem:
        raise BuildError(f"{task.notebook.name}: {problem}") from None
    return notebook


@cache
def known_parameters(notebook: Path) -> None:
    """Refuse a notebook that does not take exactly our parameters: papermill only logs a misspelt one."""
    import papermill

    if not notebook.is_file():
        raise BuildError(f"{notebook}: no such notebook. Name one with --notebook, or in report.yml.")
    found = papermill.inspect_notebook(str(notebook))
    missing = [name for name in ParamsFile.model_fields if name not in found]
    if missing:
        raise BuildError(
            f"{notebook}: its cell tagged `parameters` has no {', '.join(missing)}, "
            f"it has {', '.join(found) or 'none'}. "
            "Add them there, e.g. `year: int = 2020`."
        )


def artefacts(notebook: NotebookNode, record: Mapping[str, Any]) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of every file of the published folder but the notebook and the manifest."""
    html, pdf = exporters()
    yield "report.html", html.from_notebook_node(notebook)[0].encode("utf-8")
    yield "report.pdf", pdf.from_notebook_node(notebook)[0]
    for name, text in record["files"].items():
        yield name, text.encode("utf-8")
    for name, svg in charts_of(notebook).items():
        yield f"figures/{name}.svg", svg.encode("utf-8")


@cache
def exporters() -> tuple[Any, Any]:
    """The two exporters; making one costs more than using it."""
    return ReportHTMLExporter(), ReportPDFExporter()


def _complete(notebook: NotebookNode, record: Mapping[str, Any], task: Task) -> None:
    """A chart or table that did not arrive is never left out in silence.

    A year's own notebook may choose its charts, but not its statutory tables.
    """
    missing = [f"table {name}" for name in record["tables"] if name not in ids_of(notebook, "table")]
    if not task.own_notebook:
        missing += [f"chart {name}" for name in record["charts"] if name not in charts_of(notebook)]
    if missing:
        raise BuildError(f"{task.notebook.name} ran, but its output lacks {', '.join(missing)}. Show them in a cell.")


def promote(task: Task) -> None:
    """Put the finished folder in its place by rename; a former one steps aside first and is restored on failure."""
    aside = task.aside
    shutil.rmtree(aside, ignore_errors=True)
    task.built.parent.mkdir(parents=True, exist_ok=True)
    if task.built.exists():
        task.built.rename(aside)
    try:
        task.work.rename(task.built)
    except OSError:
        if aside.exists():
            aside.rename(task.built)
        raise
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def _environment(**changes: str) -> Iterator[None]:
    """The kernel inherits our environment; ours is put back when it is done."""
    import os

    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
