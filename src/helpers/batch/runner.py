"""Many reports: built in parallel, each put in its place as it ends, and none stops the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from helpers.batch.editions import settle
from helpers.batch.growing import executed, grown, published
from helpers.batch.interrupts import until_interrupted
from helpers.batch.planning import Planned
from helpers.batch.surroundings import temporary
from helpers.batch.targets import Target
from helpers.batch.task import Result, Task
from helpers.batch.traces import placeless
from helpers.faults import told
from helpers.limits import EXPORT, Limits
from helpers.opening import real
from helpers.workers import workers


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

        yield from run_on(cluster, tasks, count)
        return
    begun: list[Task] = []

    def calls() -> Iterator[tuple[object, ...]]:
        for task in tasks:
            begun.append(task)
            yield (executed(task, count),) if jobs == 1 else (task, count)

    seconds = EXPORT.seconds + (0 if jobs == 1 else limits.seconds)
    with workers(jobs) as pool:
        for ended in pool.each(published if jobs == 1 else grown, calls(), seconds):
            task = begun[ended.index]
            yield task, ended.value or Result(task.target, "failed", 0.0, (), told(ended.error, EXPORT))
