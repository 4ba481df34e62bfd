"""What one case may take, and how many there are: for folders, documents, and whatever else strangers send."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager

SEED = int(os.environ.get("GONGKAI_FUZZ_SEED", "1"))
CASES = int(os.environ.get("GONGKAI_FUZZ_CASES", "200"))
"""Cases of each fuzzer: some hundred in `make test`, 20,000 in `make fuzz`."""

SHARDS = 4
SECONDS = 10
"""Of work; a case that only waits (for a FIFO that nobody writes) has as many times as a loaded machine may need."""

PATIENCE = 6
MEBIBYTES = 300


class TooSlow(BaseException):
    """A case ran into its deadline; no `except Exception` on the way can swallow it."""


def shard(number: int) -> range:
    """The cases of one of SHARDS parts, so that several processes may share the work."""
    return range(number, CASES, SHARDS)


@contextmanager
def limited(case: object) -> Iterator[None]:
    """Fail where the block takes more than SECONDS, or the process grows by more than MEBIBYTES in it."""

    def stop(*_: object) -> None:
        raise TooSlow(f"{case}: more than {SECONDS} s")

    clocks = {signal.ITIMER_PROF: (signal.SIGPROF, SECONDS), signal.ITIMER_REAL: (signal.SIGALRM, PATIENCE * SECONDS)}
    before = {number: signal.signal(number, stop) for number, _ in clocks.values()}
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for clock, (_, seconds) in clocks.items():
        signal.setitimer(clock, seconds)
    try:
        yield
    finally:
        for clock in clocks:
            signal.setitimer(clock, 0)
        for number, handler in before.items():
            signal.signal(number, handler)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) // 1024
    assert grown <= MEBIBYTES, f"{case}: {grown} MiB more"
