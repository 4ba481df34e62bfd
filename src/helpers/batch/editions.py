"""Editions in an output folder: one build at a time replaces them, each whole or not at all.

Reports grow in a folder of the run under `.work`, and only the process that holds the folder moves them to their
place. So whatever a lost run has left can be told from what is growing, and is cleared away by the next one.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import IO

from helpers.batch import manifest
from helpers.batch.task import WORK, Result, Task
from helpers.errors import BuildError
from helpers.faults import told

LOCK, RUN = "lock", "run-"
PATIENCE = 0.1
"""Seconds between two looks at a lock that another build holds."""
BEYOND = 2**30
"""The byte that is locked on Windows, where nobody else can read what is: far behind what says whose it is."""
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def held(out: Path, wait: bool, say: Callable[[str], None]) -> Iterator[Path]:
    """The output folder for this process alone; gives the folder of this run, which is gone at the end.

    Where another build has it, `say` is told which, and this one waits, or raises BuildError if it shall not `wait`.
    """
    out.mkdir(parents=True, exist_ok=True)
    work = out / WORK
    lock = _locked(work, wait, say)
    try:
        _tidy(out)
        scratch = Path(tempfile.mkdtemp(prefix=RUN, dir=work))
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    finally:
        for folder in work.glob("*/"):
            _remove_empty(folder)
        with suppress(PermissionError):  # Windows removes nothing that is open: then the next build finds it, unlocked
            (work / LOCK).unlink(missing_ok=True)
        _remove_empty(work)  # unless the next build is there already
        lock.close()


def settle(task: Task, result: Result) -> Result:
    """Put a finished report in its place, or what is left of a failed one where people find it."""
    if result.error is None:
        try:
            _promote(task)
        except Exception as problem:
            return replace(result, status="failed", error=told(problem))
        return result
    _remove_empty(task.work)
    try:
        _remove(task.kept)
        task.kept.parent.mkdir(parents=True, exist_ok=True)
        task.work.rename(task.kept)
    except OSError:  # nothing was left, or nothing can be moved: the report's own reason is what counts
        return result
    return replace(result, error=result.error.replace(str(task.work), str(task.kept)))


def _promote(task: Task) -> None:
    """Replace by rename; the former report steps aside first and is put back on failure."""
    if flaw := manifest.flaw(task.work, manifest.read(task.work)):
        raise BuildError(f"{task.target}: {flaw}; it is not published.")
    task.aside.parent.mkdir(parents=True, exist_ok=True)
    task.built.parent.mkdir(parents=True, exist_ok=True)
    _remove(task.aside)
    if os.path.lexists(task.built):
        task.built.rename(task.aside)
    try:
        task.work.rename(task.built)
    except OSError:
        if task.aside.exists():
            task.aside.rename(task.built)
        raise
    for former in (task.aside, task.kept):
        shutil.rmtree(former, ignore_errors=True)


def _locked(work: Path, wait: bool, say: Callable[[str], None]) -> IO[bytes]:
    """The lock file, open and locked: the system unlocks it when its process ends, however that ends.

    It is removed when it is unlocked, so what was locked may be a file that is gone: then there is a new one.
    """
    while True:
        with suppress(FileExistsError):
            work.mkdir()
        if work.is_symlink() and not work.exists():
            raise BuildError(f"{work}: expected a folder, found a link that leads nowhere. Move it away.")
        try:
            file = _opened(work / LOCK)
        except FileNotFoundError:  # the other build has just cleared its work folder away
            continue
        try:
            _lock(file, work, wait, say)
            if os.path.samestat(os.fstat(file.fileno()), (work / LOCK).stat()):
                with suppress(OSError):  # it is locked, which is what counts; a full disk has no room for whose it is
                    file.truncate(0)
                    file.write(f"process {os.getpid()} on {socket.gethostname()}".encode())
                return file
        except FileNotFoundError:
            pass
        except BaseException:
            file.close()
            raise
        file.close()


def _opened(path: Path) -> IO[bytes]:
    """The file to lock; what else may stand there is refused, for a FIFO would never open."""
    file = os.fdopen(os.open(path, _FLAGS, 0o666), "r+b", buffering=0)
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise BuildError(f"{path}: expected a file, found something else. Move it away.")
    return file


def _lock(file: IO[bytes], work: Path, wait: bool, say: Callable[[str], None]) -> None:
    if _taken(file):
        return
    file.seek(0)
    whose = file.read(200).decode(errors="replace") or "another process"
    busy = f"{work.parent}: {whose} is building into this folder"
    if not wait:
        raise BuildError(f"{busy}.")
    say(f"{busy}; waiting for it to end (Ctrl-C to give up).")
    while not _taken(file):
        time.sleep(PATIENCE)


def _taken(file: IO[bytes]) -> bool:
    """Whether the file could be locked."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(BEYOND)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # as the two systems say that somebody has it
        return False
    return True


def _tidy(out: Path) -> None:
    """Clear away what lost runs have left; a report caught between stepping aside and being replaced is put back."""
    for aside in out.glob(f"{WORK}/*/*.old"):
        built = out / aside.parent.name / aside.stem
        if built.exists():
            _remove(aside)
        else:
            built.parent.mkdir(exist_ok=True)
            aside.rename(built)
    for lost in out.glob(f"{WORK}/{RUN}*"):
        _remove(lost)


def _remove_empty(folder: Path) -> None:
    """What is left of failed reports stays."""
    with suppress(OSError):
        folder.rmdir()


def _remove(path: Path) -> None:
    """A folder, or whatever stands in its place."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
