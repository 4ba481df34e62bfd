"""How long a piece of work may take and how much memory it may hold, so that none can stop the others.

What runs here was written by others: an analyst's notebook, a stranger's document, a template. Each is given a
process of its own with these limits; what exceeds them ends alone, by name.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from math import ceil
from time import monotonic

MEBIBYTE = 2**20


@dataclass(frozen=True)
class Limits:
    """Seconds by the clock, and memory in MiB that a process may allocate for itself."""

    seconds: float
    memory: int


NOTEBOOK = Limits(seconds=600, memory=4096)
"""A report's notebook takes half a second and 180 MiB; an analyst's own may read a year of web logs."""

EXPORT = Limits(seconds=120, memory=4096)
"""Page, print and files of an executed notebook take a tenth of a second and 300 MiB; of a hostile one, anything."""

CHECK = Limits(seconds=60, memory=2048)
"""The rules on a county-year take hundredths of a second; its prose is a template, which may ask for anything."""

DOCUMENT = Limits(seconds=60, memory=2048)
"""The slowest report seen, a PDF of 60 pages, takes 9 s and 300 MiB."""


MOST_PROCESSES = 500
"""Processes that a notebook may have running: a pool for all cores of a large machine, far from all it can hold."""


class Deadline:
    """What is left of a limit that several steps share, counted from when the first one asks."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end: float | None = None

    def __call__(self, _step: object = None) -> int:
        """Whole seconds that are left, rounded up, at least one."""
        if self._end is None:
            self._end = monotonic() + self._seconds
        return max(ceil(self._end - monotonic()), 1)


def limit_memory(mebibytes: int, pid: int = 0) -> None:
    """Refuse this process, or process `pid`, and those it starts, more memory of its own; Python raises MemoryError.

    Not the address space: libraries reserve gigabytes of it that they never use. Systems without such a limit
    (Windows; macOS has it and ignores it) go without.
    """
    try:
        import resource
    except ImportError:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = mebibytes * MEBIBYTE
    limits = (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard)
    if not pid:
        resource.setrlimit(resource.RLIMIT_DATA, limits)
    elif sys.platform == "linux":
        resource.prlimit(pid, resource.RLIMIT_DATA, limits)
