"""The guard itself: what hangs, what works on and what fills the memory is stopped, and the clocks are off again."""

from __future__ import annotations

import os
import resource
import signal
from pathlib import Path

import pytest

from fuzz import guarding
from fuzz.guarding import TooSlow, limited


def endless() -> None:
    while True:
        pass


def test_what_hangs_and_what_never_ends_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "SECONDS", 0.1)
    os.mkfifo(tmp_path / "fifo")
    with pytest.raises(TooSlow), limited("a FIFO"):
        (tmp_path / "fifo").read_bytes()
    with pytest.raises(TooSlow), limited("a loop"):
        endless()
    assert signal.getitimer(signal.ITIMER_REAL) == signal.getitimer(signal.ITIMER_PROF) == (0, 0)


def test_what_fills_the_memory_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "MEBIBYTES", 20)
    # More than whatever other tests of this process have held at their height, which is what the guard looks at.
    more = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 + (200 << 20)
    with pytest.raises(AssertionError, match="MiB more"), limited("a bomb"):
        bytearray(b"x") * more
