"""The same tasks on a running Dask scheduler: inputs travel with the task, the finished files come back.

Workers need this package in the same version and nothing else; no shared file system. A worker that dies takes
nothing with it: Dask gives its task to another.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from helpers.batch import manifest
from helpers.batch.build import build
from helpers.batch.notebooks import pictures
from helpers.batch.task import Result, Task
from helpers.errors import GongkaiError, ParameterError
from helpers.faults import told
from helpers.saving import save

Files = Mapping[str, bytes]

AHEAD = 4
"""Tasks in flight for every worker thread: enough to hide the network, too few to fill the scheduler's memory."""

WORKER_PATIENCE = 60
"""Seconds to wait for the first worker: a cluster is often started in one breath with the batch."""

_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Parcel:
    """One task as it travels: everything the report is made from, by path relative to the params folder."""

    task: Task
    inputs: Files
    notebook: Files
    package: Mapping[str, str]


def pack(task: Task) -> Parcel:
    """The task with the bytes it needs: the county's file, the year and the year before, the notebook."""
    county = task.params / task.target.county
    folders = [county / str(year) for year in (task.target.year - 1, task.target.year)]
    paths = [county / "county.yml", *(path for folder in folders for path in sorted(folder.rglob("*")))]
    inputs = {path.relative_to(task.params).as_posix(): path.read_bytes() for path in paths if path.is_file()}
    notebook = {task.notebook.name: task.notebook, **pictures(task.notebook)}
    beside = {name: path.read_bytes() for name, path in notebook.items()}
    return Parcel(task, inputs, beside, manifest.digests(manifest.package()))


def build_remotely(parcel: Parcel) -> tuple[Result, Files]:
    """On a worker: unpack, build, and send back every file of the finished (or failed) folder."""
    if parcel.package != manifest.digests(manifest.package()):
        message = "This worker runs another version of gongkai; install the same one on every worker."
        return Result(parcel.task.target, "failed", 0.0, (), message), {}
    # Building changes the process's environment and working directory: threads of one worker take turns.
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="gongkai-") as name:
        root = Path(name)
        _write(root / "params", parcel.inputs)
        _write(root / "notebooks", parcel.notebook)
        notebook = root / "notebooks" / parcel.task.notebook.name
        scratch, params, out = root / "work", root / "params", root / "out"
        task = replace(parcel.task, params=params, out=out, notebook=notebook, scratch=scratch)
        result = build(task)
        if result.error is not None:  # what is kept of a failure travels back, and its name with it
            result = replace(result, error=result.error.replace(str(task.work), str(parcel.task.work)))
        files = [path for path in task.work.rglob("*") if path.is_file()]
        return result, {path.relative_to(task.work).as_posix(): path.read_bytes() for path in files}


def run_on(address: str, tasks: Iterator[Task]) -> Iterator[tuple[Task, Result]]:
    """Every task as its files have come back from the scheduler at `address` into the work folder."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise ParameterError(
            f"--cluster {address}", "the extra `cluster`", "no Dask", "Install it: pip install 'gongkai[cluster]'."
        ) from None
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as problem:
        raise ParameterError(
            f"--cluster {address}", "a running Dask scheduler", str(problem) or type(problem).__name__,
            "Start one: dask scheduler --port 8786; then a worker: dask worker tcp://HOST:8786 --nthreads 1.",
        ) from None  # fmt: skip
    with client:
        try:
            client.wait_for_workers(1, timeout=WORKER_PATIENCE)
        except TimeoutError:
            raise ParameterError(
                f"--cluster {address}", "at least one worker", "none", f"Start one: dask worker {address} --nthreads 1."
            ) from None
        workers = sum(client.nthreads().values())
        waiting: dict[Any, Task] = {}
        futures = as_completed(loop=client.loop, with_results=False, raise_errors=False)

        def submit() -> Iterator[tuple[Task, Result]]:
            """Send the next task off; those that cannot even be packed have failed."""
            for task in tasks:
                try:
                    future = client.submit(build_remotely, pack(task), pure=False)
                except OSError as problem:
                    yield task, _failed(task, told(problem))
                    continue
                waiting[future.key] = task
                futures.add(future)
                return

        for _ in range(AHEAD * workers):
            yield from submit()
        for future in futures:
            task = waiting.pop(future.key)
            yield task, _received(task, future)
            yield from submit()


def _write(folder: Path, files: Files) -> None:
    for name, content in files.items():
        save(folder / name, content)


def _received(task: Task, future: Any) -> Result:
    try:
        result, files = future.result()
        assert isinstance(result, Result)
        _write(task.work, files)
    except (GongkaiError, OSError) as problem:
        return _failed(task, told(problem))
    except Exception as problem:
        return _failed(task, f"the cluster gave this task up: {type(problem).__name__}: {problem}")
    return result


def _failed(task: Task, message: str) -> Result:
    return Result(task.target, "failed", 0.0, (), message)
