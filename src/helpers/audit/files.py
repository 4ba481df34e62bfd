"""Which files an audit looks at, and where their pages go."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from helpers.errors import ParameterError
from helpers.opening import is_file, is_folder, real, reason
from helpers.readers.pages.formats import FORMATS

SUFFIXES = frozenset(suffix for kind in FORMATS.values() for suffix in kind.suffixes) | {
    ".doc", ".wps", ".rtf", ".ofd", ".xls", ".et"
}  # fmt: skip
"""What published reports are called. Those that no reader reads are among them: each is answered with what to do."""

# File systems take 255 bytes a name, of which a Chinese character takes three; `.html` is added to it.
_LONGEST = 240


Passed = Callable[[Path, str], None]
"""Told of what was passed over although its name is a report's or it may hold some, and why."""


def find_files(
    paths: Iterable[Path], besides: Path | None = None, passed: Passed = lambda path, why: None
) -> list[Path]:
    """The named files as they are, and of the named folders every file of a known suffix, in order of name.

    Nothing is listed twice, and no link to a folder is followed. Hidden files, Office's lock files (`~$…`) and
    whatever lies under `besides`, where an audit writes its own pages, are left out in silence. Raises ParameterError
    for a folder that holds nothing to audit.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        inside = list(_walk(path, real(besides) if besides else None, passed)) if is_folder(path) else [path]
        if not inside:
            known = " ".join(sorted(SUFFIXES))
            raise ParameterError(path, f"published reports ({known})", "no such file in it", "Name another folder.")
        for file in inside:
            found.setdefault(real(file), file)
    return list(found.values())


def shown(path: Path | str) -> str:
    """A path as text that can be printed: names unpacked from old archives may hold bytes that are no UTF-8."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def page_names(files: Sequence[Path]) -> dict[Path, str]:
    """File → its page below the folder of pages: where it lies below what all files share, with `.html` added."""
    absolute = {file: real(file) for file in files}
    shared = Path(os.path.commonpath([path.parent for path in absolute.values()]))
    return {
        file: "/".join(["pages", *map(_safe, path.relative_to(shared).parts)]) + ".html"
        for file, path in absolute.items()
    }


def _safe(name: str) -> str:
    """A name of a file system's length, without bytes that are no text; what was cut or replaced is told apart."""
    text = shown(name)
    if text == name and len(name.encode()) <= _LONGEST:
        return name
    short = text.replace("\ufffd", "").encode()[: _LONGEST - 10].decode("utf-8", "ignore")
    return f"{short}-{hashlib.sha256(os.fsencode(name)).hexdigest()[:8]}"


def _walk(folder: Path, besides: Path | None, passed: Passed) -> Iterator[Path]:
    def unreadable(problem: OSError) -> None:
        passed(Path(os.fsdecode(problem.filename)), reason(problem))

    for here, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if name[0] != "." and real(Path(here) / name) != besides)
        for link in (Path(here) / name for name in folders):
            if link.is_symlink():
                passed(link, "a link to a folder")
        for name in sorted(names):
            file = Path(here) / name
            if file.suffix.lower() not in SUFFIXES or name.startswith((".", "~$")):
                continue
            # A named pipe has no end: only what lies there whole is read.
            if is_file(file):
                yield file
            else:
                passed(file, "no regular file")
