"""What a run finds around it: the environment of its processes, and where libraries leave what they leave behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.engine import leftout

_ROOM = 2**20
"""Bytes: matplotlib's list of fonts and IPython's profile take half of it."""


@contextmanager
def environment(**changes: str) -> Iterator[None]:
    """Processes inherit our environment; ours is put back at the end."""
    before = {name: os.environ.get(name) for name in changes}
    os.environ.update(changes)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def temporary(folder: Path) -> Iterator[None]:
    """Keep temporary files in `folder`, also those of processes that are killed: it is cleared away with its run.

    There the engines of the run tell each other which modules none of them need try to warm.

    A home that cannot be written to, or is full, makes matplotlib and IPython do without, each process anew and with
    a complaint.
    """
    folder.mkdir()
    changes = {"TMPDIR": str(folder), leftout.FOLDER: str(folder / "left-out")}
    if not _has_room(os.path.expanduser("~")):  # noqa: PTH111  # Path.home() raises where there is none
        changes |= {"MPLCONFIGDIR": str(folder / "matplotlib"), "IPYTHONDIR": str(folder / "ipython")}
    with environment(**changes):
        tempfile.tempdir = None  # it remembers where it was
        try:
            yield
        finally:
            tempfile.tempdir = None


def _has_room(folder: str) -> bool:
    """Whether a file can be written there; permissions say nothing of a disk that is full."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(_ROOM))
    except OSError:
        return False
    return True
