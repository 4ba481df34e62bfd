"""The processes that notebooks start: how many there are, and how all of them are ended, also a fork bomb's."""

import os
import signal
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")


def below(pid: int) -> set[int]:
    """Numbers of all processes that descend from one; none where the system does not tell."""
    found: set[int] = set()
    todo = [pid]
    while todo:
        children = set().union(*(map(int, _read(task).split()) for task in PROC.glob(f"{todo.pop()}/task/*/children")))
        todo += children - found
        found |= children
    return found


def signal_group(pid: int, number: signal.Signals) -> None:
    """Send a notebook's process and those in its group a signal, also before it has made the group its own."""
    with suppress(ProcessLookupError):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            os.kill(pid, number)


def sweep(living: Collection[int]) -> None:
    """Kill all processes below this one but those in `living` and what is below these.

    They have lost the process that they descend from, and are ours as the nearest subreaper. Each is stopped before
    any is killed: what is stopped does not fork faster than it is found.
    """
    stopped: set[int] = set()
    while fresh := _strays(living) - stopped:
        _send(fresh, signal.SIGSTOP)
        stopped |= fresh
    _send(stopped, signal.SIGKILL)
    while stopped:
        for pid in list(stopped):
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:  # not ours yet: its own parent is about to go
                if (PROC / str(pid)).exists():
                    continue
            stopped.remove(pid)


def _strays(living: Collection[int]) -> set[int]:
    ours = _read(PROC / "self" / "task" / str(os.getpid()) / "children")
    lost = set(map(int, ours.split())) - set(living)
    return lost.union(*map(below, lost))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has ended meanwhile, or the system has no such file
        return ""


def _send(pids: Collection[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)
