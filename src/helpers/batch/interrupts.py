"""Ctrl-C between two reports: the one at hand is finished first."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")

_SAID = b"\nFinishing the report at hand; Ctrl-C again stops at once.\n"


@contextmanager
def until_interrupted(items: Iterable[Item]) -> Iterator[Iterator[Item]]:
    """The same items; after a Ctrl-C they end in KeyboardInterrupt, after a second one it is raised at once.

    Raised anywhere, it would tear down whatever library is at work, and each has its own complaints to make.
    """
    noted: list[int] = []

    def note(number: int, _frame: object) -> None:
        if noted:
            raise KeyboardInterrupt
        noted.append(number)
        os.write(2, _SAID)

    def wanted() -> Iterator[Item]:
        for item in items:
            if noted:
                raise KeyboardInterrupt
            yield item

    # Only the main thread may set what a signal does; and who started us deaf to it (`&` in a script) meant that.
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield iter(items)
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield wanted()
    finally:
        signal.signal(signal.SIGINT, before)
