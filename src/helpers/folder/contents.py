"""What stands in a params folder, and what in it is misspelt: a file that nobody reads is reported, not left out."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.errors import FolderError
from helpers.opening import entries

COUNTY_FILE = "county.yml"
YEAR_FILES = ("params.yml", "report.yml", "narrative.md", "indicators.csv")
"""The files of a year beside its form's tables."""

_YEAR = re.compile(r"\d{4}", re.ASCII)
_DATA = {".csv", ".yml", ".yaml", ".md"}


def counties(root: Path) -> Iterator[str]:
    """The county folders under `root`, in order: also one whose county.yml is missing, misspelt or unreadable.

    Such a one is refused by name when it is read. Folders that hold neither a county.yml nor a year, and whose name
    does not begin with a figure, are somebody's own.
    """
    return (entry.name for entry in entries(root, FolderError) if _county(entry))


def years(root: Path, county: str) -> Iterator[int]:
    """The years a county has a folder for, in order; FolderError where its folder cannot be read."""
    names = (entry.name for entry in entries(root / county, FolderError))
    return (int(name) for name in names if _YEAR.fullmatch(name))


def sources(root: Path, county: str, year: int) -> dict[str, Path]:
    """What a county-year is read from, the year before included, by name: `county.yml`, `2020/review.csv`.

    Nothing else in these folders has a name of that kind: `refuse_strays` sees to it.
    """
    home = root / county
    folders = [name for name in (str(year - 1), str(year)) if (home / name).is_dir()]
    names = [f"{name}/{entry.name}" for name in folders for entry in entries(home / name, FolderError)]
    found = {name: home / name for name in (COUNTY_FILE, *names) if not Path(name).name.startswith("~")}
    return {name: path for name, path in found.items() if path.suffix in _DATA and path.is_file()}


def refuse_strays(folder: Path, tables: Iterable[str]) -> None:
    """Raise FolderError for what looks like a file or folder of a county-year and has another name."""
    for entry in entries(folder.parent, FolderError):
        name = entry.name
        if _folder(entry):
            wrong = any(letter.isdigit() for letter in name) and not _YEAR.fullmatch(name)
        else:
            wrong = Path(name).suffix.lower() in {".yml", ".yaml"} and name != COUNTY_FILE
        if wrong:
            raise _stray(folder.parent / name, (COUNTY_FILE, "a folder a year"))
    known = (*YEAR_FILES, *(f"{table}.csv" for table in tables))
    for entry in entries(folder, FolderError):
        path = folder / entry.name
        if path.suffix.lower() in _DATA and path.name not in known and not path.name.startswith("~"):
            raise _stray(path, known)


def _stray(path: Path, known: tuple[str, ...]) -> FolderError:
    near = difflib.get_close_matches(path.name.lower(), known, 1)
    remedy = f"Did you mean `{near[0]}`?" if near else "Rename it, or move it elsewhere."
    return FolderError(path, f"nothing but {', '.join(known)}", "another name", remedy)


def _county(entry: os.DirEntry[str]) -> bool:
    if entry.name[0].isdigit():
        return entry.is_symlink() or _folder(entry)
    if not _folder(entry):
        return False
    try:
        names = [path.name for path in Path(entry).iterdir()]
    except OSError:
        return True
    return any(_YEAR.fullmatch(name) or name.lower().startswith("county.y") for name in names)


def _folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return True
