"""Many reports: plan which are stale, build them in parallel, and let none stop the others."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from helpers.batch import manifest
from helpers.batch.interrupts import until_interrupted
from helpers.batch.targets import Target
from helpers.batch.task import WORK, Result, Task
from helpers.errors import GongkaiError
from helpers.workers import workers

WORTH_WARMING = 8
"""Reports from which the seconds of a full warm-up are earned back."""


@dataclass(frozen=True)
class Planned:
    """A task and why it must be done; None where the built report stands."""

    task: Task
    reason: str | None


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

    def write(self, out: Path) -> None:
        """`summary.json`: every target with its status, seconds, warnings and error."""
        data = {
            "built": self.count("built"),
            "unchanged": self.count("unchanged"),
            "failed": self.count("failed"),
            "interrupted": self.interrupted,
            "seconds": round(self.seconds, 3),
            "reports": [{**vars(result), "target": str(result.target)} for result in self.results],
        }
        aside = out / ".summary.json"
        aside.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        aside.replace(out / "summary.json")


def plan(tasks: Iterable[Task], force: bool = False) -> Iterator[Planned]:
    """Each task with the reason to do it."""
    for task in tasks:
        recover(task)
        try:
            reason = manifest.stale(task.target, task.params, task.notebook, task.built)
        except OSError as problem:
            reason = f"{problem.filename} cannot be read"
        yield Planned(task, reason or ("forced" if force else None))


def recover(task: Task) -> None:
    """Put back a finished report that a kill caught between stepping aside and being replaced."""
    if task.aside.exists() and not task.built.exists():
        task.aside.rename(task.built)


def run(planned: Sequence[Planned], jobs: int, done: Callable[[Result], None], cluster: str | None = None) -> Summary:
    """Build what must be built on `jobs` processes, or on the Dask scheduler at `cluster`.

    `done` is called as each target ends. Ctrl-C stops the workers and returns what was finished, `interrupted` set.
    A worker that dies takes one report with it, which is reported as failed.
    """
    started = perf_counter()
    results: dict[Target, Result] = {}

    def finish(result: Result) -> None:
        results[result.target] = result
        done(result)

    for item in planned:
        if item.reason is None:
            finish(Result(item.task.target, "unchanged", 0.0))
    tasks = [item.task for item in planned if item.reason is not None]
    interrupted = False
    try:
        if tasks:
            _build(tasks, min(jobs, len(tasks)), finish, cluster)
    except KeyboardInterrupt:
        interrupted = True
    if tasks:
        _clear(tasks[0].out / WORK)
    return Summary(tuple(results[target] for target in sorted(results)), perf_counter() - started, interrupted)


def _build(tasks: Sequence[Task], jobs: int, finish: Callable[[Result], None], cluster: str | None) -> None:
    if cluster is not None:
        from helpers.batch.cluster import run_on

        run_on(cluster, tasks, finish)
    elif jobs > 1:
        _parallel(tasks, jobs, finish)
    else:
        _prepare(tasks[0], len(tasks))
        from helpers.batch.build import build_all

        with until_interrupted(tasks) as wanted:
            build_all(wanted, finish)


def _clear(work: Path) -> None:
    """Remove the work folders that nothing was left in; those of failed reports stay."""
    for folder in (*work.glob("*"), work):
        with suppress(OSError):  # not empty
            folder.rmdir()


def _parallel(tasks: Sequence[Task], jobs: int, finish: Callable[[Result], None]) -> None:
    with workers(jobs) as pool:
        for ended in pool.each(_build_one, ((task, len(tasks)) for task in tasks)):
            finish(ended.value or _lost(tasks[ended.index], ended.error))


def _build_one(task: Task, count: int) -> Result:
    _prepare(task, count)
    # Imported here: planning thousands of unchanged reports needs none of the libraries that make one.
    from helpers.batch.build import build

    return build(task)


def _prepare(task: Task, count: int) -> None:
    if task.engine == "forked":
        _warm_engine(count >= WORTH_WARMING)


@cache
def _warm_engine(many: bool) -> None:
    """Start the process that notebooks are forked from: it takes seconds, and we have as much to import meanwhile.

    For many reports it makes a few made-up ones first, so that no fork has to build what the next one builds again.
    """

    def start() -> None:
        from helpers.engine.host import DEFAULT_MODULES, ZygoteError, warm

        with suppress(ZygoteError):  # the engine meets the same trouble, says so and uses the stock engine
            warm((*DEFAULT_MODULES, "helpers.warming") if many else DEFAULT_MODULES)

    threading.Thread(target=start, daemon=True).start()


def _lost(task: Task, problem: Exception | None) -> Result:
    known = isinstance(problem, GongkaiError)
    return Result(
        task.target, "failed", 0.0, (), str(problem) if known else f"worker died: {type(problem).__name__}: {problem}"
    )
