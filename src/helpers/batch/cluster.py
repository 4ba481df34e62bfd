"""The same tasks on a running Dask scheduler: inputs travel with the task, the finished files come back.

Workers need this package in the same version and nothing else; no shared file system. A worker that dies takes
nothing with it: Dask gives its task to another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from helpers.batch.parcel import build_remotely, pack, unpack
from helpers.batch.task import Result, Task
from helpers.errors import GongkaiError, ParameterError
from helpers.faults import told

AHEAD = 4
"""Tasks in flight for every worker thread: enough to hide the network, too few to fill the scheduler's memory."""

WORKER_PATIENCE = 60
"""Seconds to wait for the first worker: a cluster is often started in one breath with the batch."""


def run_on(address: str, tasks: Iterator[Task], count: int) -> Iterator[tuple[Task, Result]]:
    """Each of `count` tasks as its files have come back from the scheduler at `address` into the work folder."""
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
                    future = client.submit(build_remotely, pack(task, count), pure=False)
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


def _received(task: Task, future: Any) -> Result:
    try:
        result, files = future.result()
        assert isinstance(result, Result)
        unpack(task.work, files)
    except (GongkaiError, OSError) as problem:
        return _failed(task, told(problem))
    except Exception as problem:
        return _failed(task, f"the cluster gave this task up: {type(problem).__name__}: {problem}")
    return result


def _failed(task: Task, message: str) -> Result:
    return Result(task.target, "failed", 0.0, (), message)
