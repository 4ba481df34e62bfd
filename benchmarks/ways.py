"""The ways to make a report that are compared: from the shell, in one process, ours, and the floor."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter
from typing import Any, TypeVar

import drawing
import floor
from memory import Peak

from helpers.batch.targets import Target
from helpers.folder import read_report

Answer = TypeVar("Answer")
BIN = Path(sys.executable).parent


@dataclass(frozen=True)
class Ground:
    """Where the benchmark happens: the nation, the notebook, and a folder for what is made."""

    params: Path
    notebook: Path
    scratch: Path

    @property
    def environment(self) -> dict[str, str]:
        """For the commands: they must find the nation and, beside this interpreter, each other."""
        return {**os.environ, "GONGKAI_PARAMS": str(self.params), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}


@dataclass(frozen=True)
class Batch:
    """One run of `gongkai build`: its duration, peak memory, what summary.json says, when each report was finished."""

    seconds: float
    mib: float | None
    summary: dict[str, Any]
    finished: list[float]

    @property
    def steady(self) -> list[float]:
        """Seconds from one finished report to the next: without the start, and what overlaps counted once."""
        return [after - before for before, after in pairwise(self.finished)]


class Warm:
    """A process that stays, so that what is measured in it is not its start."""

    def __init__(self) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))

    def call(self, function: Callable[..., Answer], *arguments: Any) -> Answer:
        """What `function` gives in that process."""
        return self._pool.submit(function, *arguments).result()

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown()


def shell(ground: Ground, target: Target) -> float:
    """(a) What people do today: three commands a report."""
    out = ground.scratch / "shell"
    out.mkdir(exist_ok=True)
    executed = out / "report.ipynb"
    parameters = target.folder(ground.params) / "params.yml"
    started = perf_counter()
    _command(ground, "papermill", ground.notebook, executed, "-f", parameters, "--no-progress-bar")
    for exporter in ("report_html", "report_pdf"):
        _command(ground, "jupyter", "nbconvert", "--to", exporter, executed, "--output-dir", out)
    return perf_counter() - started


def stock(ground: Ground, target: Target) -> float:
    """(b) papermill's own engine and the exporters, as a script would call them in one process."""
    import nbformat
    import papermill

    os.environ["GONGKAI_PARAMS"] = str(ground.params)
    out = ground.scratch / "stock.ipynb"
    started = perf_counter()
    papermill.execute_notebook(
        str(ground.notebook), str(out), {"county": target.county, "year": target.year}, progress_bar=False
    )
    notebook = nbformat.read(out, as_version=4)
    html, pdf = _exporters()
    html.from_notebook_node(notebook)
    pdf.from_notebook_node(notebook)
    return perf_counter() - started


def ours(ground: Ground, targets: Sequence[Target], name: str, *options: str) -> Batch:
    """(c) `gongkai build` of `targets` into the folder `name`, its memory watched."""
    command = [BIN / "gongkai", "build", "--out", ground.scratch / name, "--json", *options, *map(str, targets)]
    started = perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], env=ground.environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with Peak(process.pid) as peak:
        output, _ = process.communicate()
        seconds = perf_counter() - started
    summary = json.loads(output)
    if process.returncode or summary["failed"]:
        raise SystemExit(f"gongkai build failed: {summary['reports'][0]['error']}")
    manifests = (target.folder(ground.scratch / name) / "manifest.json" for target in targets)
    return Batch(seconds, peak.mib, summary, sorted(path.stat().st_mtime_ns / 1e9 for path in manifests))


def plain(ground: Ground, target: Target) -> float:
    """(d) The floor: no papermill and no kernel."""
    return floor.build(target, ground.params, ground.notebook, ground.scratch / "floor")


def charts(ground: Ground, target: Target) -> tuple[int, float, float]:
    """The number of charts of a report, and the seconds of ours and of matplotlib's usual ones."""
    return drawing.costs(read_report(target.county, target.year, ground.params))


@cache
def _exporters() -> tuple[Any, Any]:
    from helpers.exporters.html import ReportHTMLExporter
    from helpers.exporters.pdf import ReportPDFExporter

    return ReportHTMLExporter(), ReportPDFExporter()


def _command(ground: Ground, *command: object) -> None:
    arguments = [str(part) for part in command]
    done = subprocess.run(arguments, env=ground.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments[:3])} failed:\n{done.stderr[-2000:]}")
