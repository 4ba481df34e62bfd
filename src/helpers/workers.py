"""Many calls in worker processes, none of which can take the others with it."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from pebble import ProcessPool

T = TypeVar("T")

PR_SET_PDEATHSIG = 1

CALLS_PER_WORKER = 500
"""A worker is replaced after so many: whatever its libraries cache does not outgrow that."""

GRACE = 5.0
"""Seconds after the time limit before a worker that does not heed it is killed."""


@dataclass(frozen=True)
class Ended(Generic[T]):
    """How the call number `index` ended: with a value, or with an error.

    That is what the call raised, TimeoutError, or pebble's ProcessExpired where its process died with it.
    """

    index: int
    value: T | None = None
    error: Exception | None = None


class Overdue(BaseException):
    """Raised in the middle of a call; no `except Exception` on its way may take it for a defect of what it reads."""


@dataclass(frozen=True)
class Workers:
    """Processes that calls are spread over, `count` at a time."""

    pool: ProcessPool
    count: int

    def each(
        self, function: Callable[..., T], calls: Iterable[tuple[Any, ...]], seconds: float | None = None
    ) -> Iterator[Ended[T]]:
        """Every call of `function` as it ends, in any order; one that takes longer than `seconds` is given up.

        `calls` is read as workers become free: a handful ahead keeps them busy, more would only cost memory.
        """
        running: dict[Future[T], int] = {}
        upcoming = enumerate(calls)
        limit = None if seconds is None else seconds + GRACE
        while True:
            while len(running) < 2 * self.count and (call := next(upcoming, None)) is not None:
                index, arguments = call
                running[self.pool.schedule(_limited, args=[function, seconds, *arguments], timeout=limit)] = index
            if not running:
                return
            ended, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield _ended(running.pop(future), future)

    def in_order(
        self, function: Callable[..., T], calls: Iterable[tuple[Any, ...]], seconds: float | None = None
    ) -> Iterator[Ended[T]]:
        """As `each`, in the order of the calls: one that has ended waits for those before it."""
        waiting: dict[int, Ended[T]] = {}
        upcoming = 0
        for ended in self.each(function, calls, seconds):
            waiting[ended.index] = ended
            while upcoming in waiting:
                yield waiting.pop(upcoming)
                upcoming += 1


@contextmanager
def workers(count: int) -> Iterator[Workers]:
    """`count` fresh processes; left in any other way than by its end, they are stopped at once."""
    from pebble import ProcessPool  # a tenth of a second that a command with nothing to spread need not spend

    context = multiprocessing.get_context("spawn")
    with ProcessPool(count, max_tasks=CALLS_PER_WORKER, initializer=_become_worker, context=context) as pool:
        try:
            yield Workers(pool, count)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble is half typed
            raise


def apart(function: Callable[..., T], arguments: tuple[Any, ...], seconds: float) -> Ended[T]:
    """One call in a process of its own, forked where that is safe, so that nothing is imported a second time."""
    from pebble.concurrent import process  # as above

    context = multiprocessing.get_context("fork") if sys.platform == "linux" else multiprocessing.get_context("spawn")
    call = process(timeout=seconds + GRACE, mp_context=context)(_apart)
    return _ended(0, call(function, seconds, *arguments))


def _apart(function: Callable[..., T], seconds: float, *arguments: Any) -> T:
    _become_worker()
    return _limited(function, seconds, *arguments)


def _become_worker() -> None:
    """A worker ignores Ctrl-C, which its parent handles, and dies with its parent however that dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            os._exit(1)


def _limited(function: Callable[..., T], seconds: float | None, *arguments: Any) -> T:
    """Call in the worker, under an alarm: an exception also ends what the call itself has started (pandoc)."""
    if seconds is None or not hasattr(signal, "SIGALRM"):
        return function(*arguments)
    signal.signal(signal.SIGALRM, _overdue)
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        return function(*arguments)
    except Overdue:
        raise TimeoutError from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _overdue(number: int, frame: FrameType | None) -> None:
    raise Overdue


def _ended(index: int, future: Future[T]) -> Ended[T]:
    try:
        return Ended(index, future.result())
    except Overdue:  # the alarm fell between the call's end and its being told
        return Ended(index, error=TimeoutError())
    except Exception as problem:
        return Ended(index, error=problem)
