"""What a run finds around it: the environment of its processes, and where libraries leave what they leave behind."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helpers.engine import leftout


def write(path: Path, content: bytes) -> None:
    """Write a file; where the disk is full, the error names it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as problem:
        raise OSError(problem.errno, problem.strerror, str(path)) from None


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

    A home that cannot be written to makes matplotlib and IPython do without, each process anew and with a complaint.
    """
    folder.mkdir()
    changes = {"TMPDIR": str(folder), leftout.FOLDER: str(folder / "left-out")}
    if not os.access(os.path.expanduser("~"), os.W_OK):  # noqa: PTH111  # Path.home() raises where there is none
        changes |= {"MPLCONFIGDIR": str(folder / "matplotlib"), "IPYTHONDIR": str(folder / "ipython")}
    with environment(**changes):
        tempfile.tempdir = None  # it remembers where it was
        try:
            yield
        finally:
            tempfile.tempdir = None
