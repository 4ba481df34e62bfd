"""Many calls in worker processes, none of which can take the others with it."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any, Generic, TypeVar

from pebble import ProcessExpired, ProcessPool

from helpers.batch.runner import REPORTS_PER_WORKER, become_worker
from helpers.errors import GongkaiError

T = TypeVar("T")

GRACE = 5.0
"""Seconds after the time limit before a worker that does not heed it is killed."""


@dataclass(frozen=True)
class Ended(Generic[T]):
    """How the call number `index` ended: with a value, or with the problem in one line."""

    index: int
    value: T | None
    problem: str | None = None


class _Overdue(BaseException):
    """Raised in the middle of a call; no `except Exception` on its way may take it for a defect of the file."""


@contextmanager
def workers(count: int) -> Iterator[ProcessPool]:
    """A pool of `count` fresh processes; left in any other way than by its end, it is stopped at once."""
    context = multiprocessing.get_context("spawn")
    with ProcessPool(count, max_tasks=REPORTS_PER_WORKER, initializer=become_worker, context=context) as pool:
        try:
            yield pool
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble is half typed
            raise


def each(
    pool: ProcessPool, ahead: int, function: Callable[..., T], calls: Iterable[tuple[Any, ...]], seconds: float
) -> Iterator[Ended[T]]:
    """Every call of `function` as it ends, in any order; `calls` is read as workers become free.

    At most `ahead` calls wait or run at a time, so that memory does not grow with their number. A call that takes
    longer than `seconds`, or crashes its process, ends with a problem.
    """
    running: dict[Future[T], int] = {}
    upcoming = enumerate(calls)
    while True:
        while len(running) < ahead and (call := next(upcoming, None)) is not None:
            index, arguments = call
            future: Future[T] = pool.schedule(_limited, args=[function, seconds, *arguments], timeout=seconds + GRACE)
            running[future] = index
        if not running:
            return
        ended, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in ended:
            yield _ended(running.pop(future), future, seconds)


def _limited(function: Callable[..., T], seconds: float, *arguments: Any) -> T:
    """Call in the worker, under an alarm: an exception also ends what the call itself has started (pandoc)."""
    if not hasattr(signal, "SIGALRM"):
        return function(*arguments)
    signal.signal(signal.SIGALRM, _overdue)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(*arguments)
    except _Overdue:
        raise TimeoutError from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _overdue(number: int, frame: FrameType | None) -> None:
    raise _Overdue


def _ended(index: int, future: Future[T], seconds: float) -> Ended[T]:
    try:
        return Ended(index, future.result())
    except GongkaiError as problem:
        return Ended(index, None, str(problem))
    except TimeoutError:
        return Ended(index, None, f"given up after {seconds:g} s. No report takes that long; the file is not trusted.")
    except ProcessExpired as problem:
        return Ended(index, None, f"the reader crashed on it (exit code {problem.exitcode}).")
    except Exception as problem:
        why = f"{type(problem).__name__}: {' '.join(str(problem).split())[:160]}"
        return Ended(index, None, f"the reader failed on it ({why}). Please report this file.")
