"""A stranger's document, read in a process that ends with its limits: a report or a DocumentError, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from helpers.errors import DocumentError, GongkaiError
from helpers.faults import kept, told
from helpers.limits import DOCUMENT, Limits, limit_memory
from helpers.readers import read_document
from helpers.report import AnnualReport
from helpers.workers import Ended, apart

T = TypeVar("T")


def read_apart(path: Path, body: str | None = None, year: int | None = None, limits: Limits = DOCUMENT) -> AnnualReport:
    """As `read_document`, in a process of its own, which costs hundredths of a second where it can be forked."""
    return within(limits, path, read_document, path, body, year)


def within(limits: Limits, path: Path | str, function: Callable[..., T], *arguments: Any) -> T:
    """What `function` gives, called in a process of its own that ends with its limits; `path` names the document."""
    ended: Ended[T] = apart(_within, (limits.memory, function, *arguments), limits.seconds)
    if ended.error is not None and _of_the_system(ended.error):
        raise ended.error  # what cannot be written is no fault of the document
    if ended.value is None:
        raise refusal(path, ended.error, limits)
    return ended.value


def _within(memory: int, function: Callable[..., T], *arguments: Any) -> T:
    limit_memory(memory)
    return function(*arguments)


def _of_the_system(problem: Exception) -> bool:
    """Whether the system refused something; to Python a deadline is such a refusal, and to pebble a crash."""
    return isinstance(problem, OSError) and not isinstance(problem, TimeoutError) and not hasattr(problem, "exitcode")


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
    if problem is not None and _of_the_system(problem):
        expected = "a computer that can read it and write what comes of it"
        return DocumentError(path, expected, told(problem), "Make room, or look at the permissions.")
    if (code := getattr(problem, "exitcode", None)) is not None:
        found, log = f"a file that its reader crashed on (exit code {code})", ""
    else:
        assert problem is not None
        found = f"a file that its reader failed on ({type(problem).__name__}: {' '.join(str(problem).split())[:160]})"
        log = f"; {kept(problem)}"
    return DocumentError(path, "an annual report", found, f"Please report this file{log}.")
