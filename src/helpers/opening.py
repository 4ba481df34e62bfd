"""Files of strangers: regular ones only, from where they belong, and none larger than its kind may be.

Everything under a params folder is opened here. What a name leads to is looked at before it is opened: a FIFO would
hang the reader, a device could act, and a file of gigabytes would fill the memory.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from helpers.errors import InputError, Place

SETTINGS = 1 << 16
"""Bytes of a YAML file; one with a hundred acknowledged warnings has 15,000."""

TABLE = 1 << 20
"""Bytes of a CSV file; the statutory tables have 2,500, with a note in every cell some 50,000."""

PROSE = 1 << 18
"""Bytes of a narrative; the longest published reports have 60,000."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_KINDS = {
    stat.S_IFDIR: "a directory", stat.S_IFIFO: "a FIFO", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}  # fmt: skip
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")
"""What neither a page nor a print can hold; broken exports bring it, and the escapes of YAML and JSON."""


def read_bytes(path: Path, error: type[InputError], limit: int, within: Path | None = None) -> bytes:
    """The content of a regular file of at most `limit` bytes, else `error`, told by the file's kind and not read.

    A link may lead to another file below `within`, and nowhere else. A missing file is an error that says what to do.
    """
    try:
        real = os.path.realpath(path, strict=True)
        if within is not None:
            home = os.path.realpath(within, strict=True)
            if os.path.commonpath([home, real]) != home:
                raise error(path, f"a file within {within.name}", "a link that leads out of it", "Put the file there.")
        _regular(path, Path(real).stat(), error, limit)
        with open(os.open(real, _FLAGS), "rb") as file:  # noqa: PTH123  # a Path opens without our flags
            _regular(path, os.fstat(file.fileno()), error, limit)
            data = file.read(limit + 1)
    except FileNotFoundError:
        found = "a link that leads nowhere" if path.is_symlink() else "nothing"
        raise error(path, "this file", found, "Create it, or run `gongkai new` for a complete folder.") from None
    except (OSError, ValueError) as problem:
        raise error(path, "a readable file", reason(problem), "Check its name and permissions.") from None
    if len(data) > limit:
        raise _too_large(path, error, limit)
    return data


def read_text(path: Path, error: type[InputError], limit: int, within: Path | None = None) -> str:
    """The text of a UTF-8 file, byte-order marks dropped; any other encoding is refused by name. See `read_bytes`.

    GBK is what Chinese Excel writes by default. Its bytes are not decoded by guess: a wrong guess turns
    labels into other labels. A mark within the text is what joining two files leaves; it is nothing to read or print.
    """
    data = read_bytes(path, error, limit, within)
    try:
        text = data.decode("utf-8").replace("\ufeff", "")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        try:
            data.decode("gb18030")
            found = "bytes of another encoding, probably GBK (what Chinese Excel saves as “CSV”)"
        except UnicodeDecodeError:
            found = f"byte 0x{data[problem.start]:02x}, which no Chinese encoding explains"
        raise error(
            Place(path, line), "UTF-8 text", found, "Save it as “CSV UTF-8” or convert it: iconv -f GB18030 -t UTF-8."
        ) from None
    if bad := unprintable(text):
        place = Place(path, text.count("\n", 0, text.index(bad)) + 1)
        raise error(place, "printable text", f"the control character {bad!r}", "Delete it.")
    return text


def unprintable(text: str) -> str | None:
    """The first character of `text` that neither a page nor a print can hold, if there is one."""
    found = _UNPRINTABLE.search(text)
    return found[0] if found else None


def real(path: Path) -> Path:
    """Where a path leads, all links followed; one in a circle is left as it is, where Path.resolve would fail."""
    return Path(os.path.realpath(path))


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder; a name that no file system has, or that nobody may look at, is none."""
    return _kind(path) == stat.S_IFDIR


def is_file(path: Path) -> bool:
    """Whether `path` is a regular file, to which a link may lead."""
    return _kind(path) == stat.S_IFREG


def _kind(path: Path) -> int | None:
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except (OSError, ValueError):
        return None


def entries(folder: Path, error: type[InputError]) -> list[os.DirEntry[str]]:
    """What stands in a folder, in order, hidden files left out; `error` where it cannot be read."""
    try:
        with os.scandir(folder) as found:
            return sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except (OSError, ValueError) as problem:
        raise error(folder, "a readable folder", reason(problem), "Check its name and permissions.") from None


def reason(problem: OSError | ValueError) -> str:
    """Why the system refused a file, without the path that the message names anyway."""
    return problem.strerror or str(problem) if isinstance(problem, OSError) else str(problem)


def _regular(path: Path, about: os.stat_result, error: type[InputError], limit: int) -> None:
    if not stat.S_ISREG(about.st_mode):
        found = _KINDS.get(stat.S_IFMT(about.st_mode), "something else")
        raise error(path, "a readable file", found, "Put a file in its place, or check its permissions.")
    if about.st_size > limit:
        raise _too_large(path, error, limit)


def _too_large(path: Path, error: type[InputError], limit: int) -> InputError:
    return error(path, f"at most {limit:,} bytes", "more", "Look whether this is the right file.")
