"""Many reports: built in parallel, each put in its place as it ends, and none stops the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from helpers.batch.editions import settle
from helpers.batch.interrupts import until_interrupted
from helpers.batch.planning import Planned
from helpers.batch.surroundings import temporary
from helpers.batch.targets import Target
from helpers.batch.task import Result, Task
from helpers.batch.traces import placeless
from helpers.faults import told
from helpers.limits import EXPORT, Limits, limit_memory
from helpers.opening import real
from helpers.workers import workers

if TYPE_CHECKING:
    from helpers.batch.build import Executed

WORTH_WARMING = 8
"""Reports from which the seconds of a full warm-up are earned back."""


@dataclass(frozen=True)
class Summary:
    """How a batch ended."""

    results: tuple[Result, ...]
    seconds: float
    interrupted: bool = False

    def count(self, status: str) -> int:
        """How many targets ended so."""
        return sum(result.status == status for result in self.results)

    @property
    def failed(self) -> tuple[Result, ...]:
        """The targets that failed, in order."""
        return tuple(result for result in self.results if result.status == "failed")

    def data(self, out: Path, params: Path) -> dict[str, Any]:
        """Every target with its status, seconds, warnings and error; folders by what they are, not where."""
        where = {real(out): "build", real(params): "params"}
        return {
            "built": self.count("built"),
            "unchanged": self.count("unchanged"),
            "failed": self.count("failed"),
            "interrupted": self.interrupted,
            "seconds": round(self.seconds, 3),
            "reports": [
                {**vars(result), "target": str(result.target), "error": result.error and placeless(result.error, where)}
                for result in self.results
            ],
        }


def run(planned: Sequence[Planned], jobs: int, done: Callable[[Result], None], cluster: str | None = None) -> Summary:
    """Build what must be built on `jobs` processes, or on the Dask scheduler at `cluster`.

    `done` is called as each target ends. Ctrl-C lets what is at hand finish and returns what was built, `interrupted`
    set; a second one stops the workers at once. A worker that dies or hangs takes one report with it.
    """
    started = perf_counter()
    results: dict[Target, Result] = {}

    def finish(result: Result) -> None:
        results[result.target] = result
        done(result)

    for item in planned:
        if item.error is not None:
            finish(Result(item.target, "failed", 0.0, (), item.error))
        elif item.reason is None:
            finish(Result(item.target, "unchanged", 0.0))
    tasks = [item.task for item in planned if item.task is not None and item.reason is not None]
    interrupted = False
    if tasks:
        try:
            with temporary(tasks[0].scratch / "tmp"), until_interrupted(tasks) as wanted:
                for task, result in _built(wanted, min(jobs, len(tasks)), len(tasks), tasks[0].limits, cluster):
                    finish(settle(task, result))
        except KeyboardInterrupt:
            interrupted = True
    return Summary(tuple(results[target] for target in sorted(results)), perf_counter() - started, interrupted)


def _built(
    tasks: Iterator[Task], jobs: int, count: int, limits: Limits, cluster: str | None
) -> Iterator[tuple[Task, Result]]:
    """Every task as its report has grown, or failed, in the work folder.

    With one job a worker exports a report while the notebook of the next runs in its own process; with more, each
    worker does both.
    """
    if cluster is not None:
        from helpers.batch.cluster import run_on

        yield from run_on(cluster, tasks)
        return
    begun: list[Task] = []

    def calls() -> Iterator[tuple[object, ...]]:
        for task in tasks:
            begun.append(task)
            yield (_executed(task, count),) if jobs == 1 else (task, count)

    seconds = EXPORT.seconds + (0 if jobs == 1 else limits.seconds)
    with workers(jobs) as pool:
        for ended in pool.each(_publish if jobs == 1 else grown, calls(), seconds):
            task = begun[ended.index]
            yield task, ended.value or Result(task.target, "failed", 0.0, (), told(ended.error, EXPORT))


# What makes a report is imported here: planning thousands of unchanged ones needs none of it.


def _executed(task: Task, count: int) -> Executed:
    if task.engine == "forked":
        _warm_engine(count >= WORTH_WARMING)
    from helpers.batch.build import run_notebook

    return run_notebook(task)


def _publish(executed: Executed) -> Result:
    limit_memory(EXPORT.memory)
    from helpers.batch.build import publish

    return publish(executed)


def grown(task: Task, count: int) -> Result:
    """One of `count` reports in its work folder; what its notebook asks for beyond the limits is refused."""
    return _publish(_executed(task, count))


@cache
def _warm_engine(many: bool) -> None:
    """Start the process that notebooks are forked from: it takes seconds, and we have as much to import meanwhile.

    For many reports it makes a few made-up ones first, so that no fork has to build what the next one builds again.
    """

    # Not in the thread: the libraries behind it import each other in circles, and so do those that we import.
    from helpers.engine.host import ZygoteError, configured, warm

    def start() -> None:
        with suppress(ZygoteError):  # the engine has said so, and uses the stock engine
            warm((*configured(), "helpers.warming") if many else configured())

    threading.Thread(target=start, daemon=True).start()
