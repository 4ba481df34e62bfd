"""A task as it travels to another machine, and what is done with it there: it is built and its files sent back.

A report that hangs or crashes does so in a process that the machine's worker keeps for reports: it costs neither the
worker nor a try on the next one.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from helpers.batch import manifest
from helpers.batch.growing import grown
from helpers.batch.notebooks import pictures
from helpers.batch.task import Result, Task
from helpers.faults import told
from helpers.limits import EXPORT
from helpers.saving import save
from helpers.workers import Workers, workers

Files = Mapping[str, bytes]

_starting = threading.Lock()
_running = ExitStack()


@dataclass(frozen=True)
class Parcel:
    """One of `count` tasks: everything the report is made from, by path relative to the params folder."""

    task: Task
    count: int
    inputs: Files
    notebook: Files
    package: Mapping[str, str]


def pack(task: Task, count: int) -> Parcel:
    """The task with the bytes it needs: the county's file, the year and the year before, the notebook."""
    county = task.params / task.target.county
    folders = [county / str(year) for year in (task.target.year - 1, task.target.year)]
    paths = [county / "county.yml", *(path for folder in folders for path in sorted(folder.rglob("*")))]
    inputs = {path.relative_to(task.params).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    notebook = {task.notebook.name: task.notebook, **pictures(task.notebook)}
    beside = {name: path.read_bytes() for name, path in notebook.items()}
    return Parcel(task, count, inputs, beside, manifest.digests(manifest.package()))


def build_remotely(parcel: Parcel) -> tuple[Result, Files]:
    """On a worker: have it built apart, and send back every file of the finished (or failed) folder."""
    target = parcel.task.target
    if parcel.package != manifest.digests(manifest.package()):
        message = "This worker runs another version of gongkai; install the same one on every worker."
        return Result(target, "failed", 0.0, (), message), {}
    seconds = parcel.task.limits.seconds + EXPORT.seconds
    (ended,) = _processes().each(_unpacked, [(parcel,)], seconds)
    return ended.value or (Result(target, "failed", 0.0, (), told(ended.error, EXPORT)), {})


def unpack(folder: Path, files: Files) -> None:
    """Write files below a folder."""
    for name, content in files.items():
        save(folder / name, content)


def _unpacked(parcel: Parcel) -> tuple[Result, Files]:
    with tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        root = Path(name)
        unpack(root / "params", parcel.inputs)
        unpack(root / "notebooks", parcel.notebook)
        notebook = root / "notebooks" / parcel.task.notebook.name
        scratch, params, out = root / "work", root / "params", root / "out"
        task = replace(parcel.task, params=params, out=out, notebook=notebook, scratch=scratch)
        result = grown(task, parcel.count)
        if result.error is not None:  # what is kept of a failure travels back, and its name with it
            result = replace(result, error=result.error.replace(str(task.work), str(parcel.task.work)))
        files = [path for path in task.work.rglob("*") if path.is_file()]
        return result, {path.relative_to(task.work).as_posix(): path.read_bytes() for path in files}


def _processes() -> Workers:
    """This worker's processes for reports, one for each of its threads; they end with it."""
    from distributed import get_worker

    with _starting:
        return _started(get_worker().state.nthreads)


@cache
def _started(count: int) -> Workers:
    # Dask's nanny starts a worker as a daemon, which multiprocessing lets have no children.
    multiprocessing.current_process().daemon = False
    return _running.enter_context(workers(count))
