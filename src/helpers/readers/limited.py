"""A stranger's document, read in a process that ends with its limits: a report or a DocumentError, nothing else."""

from __future__ import annotations

from pathlib import Path

from helpers.errors import DocumentError, GongkaiError
from helpers.limits import DOCUMENT, Limits, limit_memory
from helpers.readers import read_document
from helpers.report import AnnualReport
from helpers.workers import apart


def read_apart(path: Path, body: str | None = None, year: int | None = None, limits: Limits = DOCUMENT) -> AnnualReport:
    """As `read_document`, in a process of its own, which costs hundredths of a second where it can be forked."""
    ended = apart(read_within, (limits.memory, path, body, year), limits.seconds)
    if ended.value is None:
        raise refusal(path, ended.error, limits)
    return ended.value


def read_within(memory: int, path: Path, body: str | None = None, year: int | None = None) -> AnnualReport:
    """As `read_document`, with at most so many MiB for this process from now on, and for those it starts."""
    limit_memory(memory)
    return read_document(path, body, year)


def refusal(path: Path | str, problem: Exception | None, limits: Limits) -> GongkaiError:
    """What became of a file that was not read, by what the process ended with that was to read it."""
    if isinstance(problem, GongkaiError):
        return problem
    if isinstance(problem, TimeoutError):
        expected, found = f"a report that is read within {limits.seconds:g} s", "one that takes longer"
        return DocumentError(path, expected, found, "No report does; do not trust the file, or raise --timeout.")
    if isinstance(problem, MemoryError):
        expected, found = f"a report that is read in {limits.memory} MiB", "one that needs more"
        return DocumentError(path, expected, found, "No report does; do not trust the file, or raise --memory.")
    if (code := getattr(problem, "exitcode", None)) is not None:
        found = f"a file that its reader crashed on (exit code {code})"
    else:
        found = f"a file that its reader failed on ({type(problem).__name__}: {' '.join(str(problem).split())[:160]})"
    return DocumentError(path, "an annual report", found, "Please report this file.")
