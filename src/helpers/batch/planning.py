"""What a command would do with each of its targets, and why; a target that cannot even be planned stops no other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.batch import manifest
from helpers.batch.notebooks import notebook_for
from helpers.batch.targets import Target
from helpers.batch.task import NO_RUN, Task
from helpers.faults import told
from helpers.folder import years
from helpers.limits import NOTEBOOK, Limits
from helpers.opening import real


@dataclass(frozen=True)
class Planned:
    """A target with its task and the reason to do it (None where the report stands), or why there can be none."""

    target: Target
    task: Task | None = None
    reason: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Order:
    """What a command says of all its targets alike."""

    params: Path
    out: Path
    notebook: Path | None = None
    engine: str | None = None
    limits: Limits = NOTEBOOK
    scratch: Path = NO_RUN

    def task(self, target: Target) -> Task:
        """The task for one target. Raises what is wrong with its folder or its notebook."""
        params, out = real(self.params), real(self.out)
        if not target.year:
            tuple(years(params, target.county))  # raises why they cannot be read
        notebook = notebook_for(target, params, self.notebook)
        return Task(target, params, out, notebook, self.engine, self.limits, self.scratch)


def plan(order: Order, targets: Iterable[Target], force: bool = False) -> Iterator[Planned]:
    """Each target with the reason to build it."""
    for target in targets:
        try:
            task = order.task(target)
            yield Planned(target, task, manifest.stale(task) or ("forced" if force else None))
        except Exception as problem:  # whatever it is, it is this target's
            yield Planned(target, error=told(problem))
