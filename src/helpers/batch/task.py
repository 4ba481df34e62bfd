"""One report to build, and how that ended: the two messages between the runner and its workers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from helpers.batch.targets import Target
from helpers.limits import NOTEBOOK, Limits

WORK = ".work"
"""Under the output folder: where reports grow before they are promoted, and what is left of failed ones stays."""

NO_RUN = Path(os.devnull)
"""The folder of a task that is only looked at: nothing can grow there."""


@dataclass(frozen=True)
class Task:
    """Everything a worker needs to know to build one report; `scratch` is the folder of this run alone."""

    target: Target
    params: Path
    out: Path
    notebook: Path
    engine: str | None = None
    limits: Limits = NOTEBOOK
    scratch: Path = NO_RUN

    @property
    def work(self) -> Path:
        """Where the report grows."""
        return self.target.folder(self.scratch)

    @property
    def built(self) -> Path:
        """Where the finished report is put."""
        return self.target.folder(self.out)

    @property
    def kept(self) -> Path:
        """Where people find what is left of a report that failed."""
        return self.target.folder(self.out / WORK)

    @property
    def aside(self) -> Path:
        """Where the former report steps while it is replaced."""
        return self.kept.with_name(f"{self.target.year}.old")

    @property
    def standing(self) -> Path:
        """Where the finished report stands at this moment: in its place, unless it is just being replaced."""
        return next((path for path in (self.built, self.aside) if path.is_dir()), self.built)


@dataclass(frozen=True)
class Result:
    """How one build ended: `error` is its whole message, `warnings` are Chinese findings to look at."""

    target: Target
    status: str
    seconds: float
    warnings: tuple[str, ...] = ()
    error: str | None = None

    @property
    def first_line(self) -> str:
        """The first line of the error, for a summary."""
        return (self.error or "").strip().split("\n", 1)[0]
