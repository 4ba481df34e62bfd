"""One report in a process that works on many: its limits, and what is got ready once for all of them."""

from __future__ import annotations

import threading
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from helpers.batch.task import Result, Task
from helpers.limits import EXPORT, limit_memory

if TYPE_CHECKING:
    from helpers.batch.build import Executed

WORTH_WARMING = 8
"""Reports from which the seconds of a full warm-up are earned back."""


# What makes a report is imported here: planning thousands of unchanged ones needs none of it.


def grown(task: Task, count: int) -> Result:
    """One of `count` reports in its work folder; what its notebook asks for beyond the limits is refused."""
    return published(executed(task, count))


def executed(task: Task, count: int) -> Executed:
    """The first half: its notebook has run, in a process of its own."""
    if task.engine == "forked":
        _warm_engine(count >= WORTH_WARMING)
    from helpers.batch.build import run_notebook

    return run_notebook(task)


def published(half: Executed) -> Result:
    """The second half: page, print and files, within the limits of an export."""
    limit_memory(EXPORT.memory)
    from helpers.batch.build import publish

    return publish(half)


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
