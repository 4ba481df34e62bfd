"""What went wrong, said to people in a line or as the errors say it; the unforeseen with a place for its traceback."""

from __future__ import annotations

import os
import tempfile
import traceback
from contextlib import suppress
from functools import cache
from pathlib import Path

from helpers.errors import GongkaiError
from helpers.limits import Limits

_LOGS: str | None = None
"""Read when the program starts: a run's own temporary folder is gone when somebody comes to read. None where there
is no folder to write to; then no traceback is kept, and it is said."""
with suppress(OSError):
    _LOGS = tempfile.gettempdir()


def told(problem: BaseException | None, limits: Limits | None = None, log: Path | None = None) -> str:
    """The message of any exception, also of a call in a worker that ended by its `limits` or with its process.

    The traceback of what nobody foresaw goes to `log`, else to a file of this process among the temporary ones.
    """
    if isinstance(problem, GongkaiError):
        return str(problem)
    if isinstance(problem, MemoryError):
        return f"It needs more memory than {f'the {limits.memory} MiB allowed' if limits else 'there is'}."
    if isinstance(problem, TimeoutError) and limits:
        return f"Given up after {limits.seconds:g} s."
    if (code := getattr(problem, "exitcode", None)) is not None:
        return f"The process that worked on it died (exit code {code})."
    if isinstance(problem, OSError):
        where = f"{os.fsdecode(problem.filename)}: " if problem.filename else ""
        return where + str(problem.strerror or problem)
    assert problem is not None
    said = " ".join(str(problem).split())[:500]
    return f"{type(problem).__name__}: {said}\nThis is a fault of the program, not of the data; {kept(problem, log)}."


def kept(problem: BaseException, log: Path | None = None) -> str:
    """Where the traceback of `problem` is kept from now on, as the end of a sentence; see `told`."""
    try:
        path = log or _log()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write("".join(traceback.format_exception(problem)))
    except OSError as refused:
        return f"its traceback could not be kept: {refused.strerror}"
    return f"its traceback is kept at {path}"


@cache
def _log() -> Path:
    """One file a process, with a name that nobody could lay a link at."""
    handle, name = tempfile.mkstemp(".log", "gongkai-", _LOGS)
    os.close(handle)
    return Path(name)
