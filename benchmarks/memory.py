"""What a process and all it started use of memory together, sampled from /proc while they run."""

from __future__ import annotations

import threading
from pathlib import Path

INTERVAL = 0.5
"""Seconds between samples: reading a tree of ten processes takes some 10 ms, and so stays below the noise."""


class Peak:
    """The largest sum of proportional set sizes (shared pages counted once) of a process tree, in MiB.

    None where the system does not tell (`smaps_rollup` is Linux's).
    """

    def __init__(self, root: int) -> None:
        self.mib: float | None = None
        self._root = root
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> Peak:
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._done.wait(INTERVAL):
            kib = sum(_pss(pid) for pid in tree(self._root))
            if kib:
                self.mib = max(self.mib or 0.0, kib / 1024)


def tree(root: int) -> list[int]:
    """`root` and everything below it."""
    below: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The command's name, in brackets, may hold anything: what follows the last bracket is state and parent.
            parent = int(entry.read_text(errors="replace").rpartition(")")[2].split()[1])
        except (OSError, IndexError):  # it ended just now
            continue
        below.setdefault(parent, []).append(int(entry.parent.name))
    found = [root]
    for pid in found:
        found += below.get(pid, [])
    return found


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
