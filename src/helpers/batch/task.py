"""One report to build, and how that ended: the two messages between the runner and its workers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from helpers.batch.targets import Target

WORK = ".work"
"""Under the output folder: where reports grow before they are promoted, and failed notebooks stay."""


@dataclass(frozen=True)
class Task:
    """Everything a worker needs to know to build one report."""

    target: Target
    params: Path
    out: Path
    notebook: Path
    own_notebook: bool = False
    engine: str | None = None

    @property
    def work(self) -> Path:
        """Where the report grows."""
        return self.target.folder(self.out / WORK)

    @property
    def built(self) -> Path:
        """Where the finished report stands."""
        return self.target.folder(self.out)

    @property
    def aside(self) -> Path:
        """Where the former report steps while it is replaced."""
        return self.work.with_name(f"{self.target.year}.old")


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
