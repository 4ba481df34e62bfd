"""One report: execute the notebook, export it, prove it whole. Whoever holds the output folder puts it in its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat
from nbformat import NotebookNode

from helpers.batch import manifest
from helpers.batch.execution import execute, keep
from helpers.batch.targets import Target
from helpers.batch.task import Result, Task
from helpers.errors import BuildError
from helpers.exporters.gate import Whole
from helpers.exporters.html import ReportHTMLExporter
from helpers.exporters.pdf import ReportPDFExporter
from helpers.faults import told
from helpers.limits import EXPORT
from helpers.saving import save
from helpers.workers import Overdue

NOTEBOOK = "report.ipynb"
"""The executed notebook of the published folder."""

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
        report, notes, files = artefacts(notebook, task.notebook, task.target)
        for name, content in files.items():
            save(task.work / name, content)
        if reason := manifest.changed(task, executed.inputs):
            raise BuildError(f"{task.target}: {reason} while the report was made. Build it again.")
        manifest.require_own(task, manifest.digests(executed.inputs), report.record)
        manifest.write(task, executed.inputs)
    except (KeyboardInterrupt, SystemExit, Overdue):
        raise
    except BaseException as problem:  # a panic in the typesetter is no Exception
        keep(notebook, task)
        return Result(task.target, "failed", perf_counter() - started, (), _told(problem, task))
    return Result(task.target, "built", perf_counter() - started, (*report.record["warnings"], *notes))


def artefacts(notebook: NotebookNode, source: Path, target: Target) -> tuple[Whole, list[str], dict[str, bytes]]:
    """The report that a notebook shows, notes for its author, every file of the published folder but the manifest.

    Raises BuildError unless it is the target's report and all of it; `source` is the notebook's file.
    """
    html, pdf = exporters()
    asked = {"metadata": {"name": source.stem, "path": str(source.parent)}, "target": (target.county, target.year)}
    page, found = html.from_notebook_node(notebook, asked)
    report: Whole = found["whole"]
    if strange := [name for name in report.charts if not _CHART.fullmatch(name) or name.startswith(".")]:
        raise BuildError(f"{source.name} shows a chart by the name {strange[0]!r}, which can be no file's.")
    texts = {NOTEBOOK: nbformat.writes(notebook) + "\n", "report.html": page}
    texts |= {name: report.record["files"][name] for name in manifest.DATA}
    texts |= {f"figures/{name}.svg": svg for name, svg in report.charts.items()}
    files = {name: text.encode("utf-8") for name, text in texts.items()}
    return report, found["notes"], {**files, "report.pdf": pdf.from_notebook_node(notebook, asked)[0]}


@cache
def exporters() -> tuple[Any, Any]:
    """The two exporters; making one costs more than using it."""
    return ReportHTMLExporter(), ReportPDFExporter()


def _told(problem: BaseException, task: Task) -> str:
    """One report that fails never stops the others, not even where the fault is ours."""
    return told(problem, EXPORT, task.work / "traceback.txt")
