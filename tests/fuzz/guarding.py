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

    before = signal.signal(signal.SIGALRM, stop)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held) // 1024
    assert grown <= MEBIBYTES, f"{case}: {grown} MiB more"
