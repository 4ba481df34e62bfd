"""Ctrl-C between two reports: the one at hand is finished first."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

Item = TypeVar("Item")

_SAID = b"\nFinishing what is at hand; Ctrl-C again stops at once.\n"


@contextmanager
def until_interrupted(items: Iterable[Item]) -> Iterator[Iterator[Item]]:
    """The same items; after a Ctrl-C they end, and the block in KeyboardInterrupt; a second one raises it at once.

    Raised anywhere, it tears down whatever library is at work, and each has its own complaints to make.
    """
    noted: list[int] = []
    left = False

    def note(number: int, _frame: object) -> None:
        if noted:
            signal.signal(signal.SIGINT, signal.SIG_IGN)  # nor may a third one tear down the tearing down
            logging.disable()
            raise KeyboardInterrupt
        noted.append(number)
        os.write(2, _SAID)

    def wanted() -> Iterator[Item]:
        nonlocal left
        for item in items:
            if noted:
                left = True
                return
            yield item

    # Only the main thread may set what a signal does; and who started us deaf to it (`&` in a script) meant that.
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield iter(items)
        return
    before = signal.signal(signal.SIGINT, note)
    try:
        yield wanted()
        if left:
            raise KeyboardInterrupt
    finally:
        signal.signal(signal.SIGINT, before)
