"""Which county-years a command means: `371524-donge/2020`, `371524-donge`, `2020`, or nothing for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import GongkaiError, ParameterError
from helpers.folder import counties, year_folder, years

_YEAR = re.compile(r"[0-9]{4}")


@dataclass(frozen=True, order=True)
class Target:
    """One county-year; the year is 0 where a county's folder cannot be read, which is told when it is built."""

    county: str
    year: int

    def __str__(self) -> str:
        return f"{self.county}/{self.year}"

    def folder(self, root: Path) -> Path:
        """Its folder under a params or build root."""
        return root / self.county / str(self.year)


def select(root: Path, names: Iterable[str]) -> tuple[Target, ...]:
    """The targets that `names` mean under the params folder `root`, each once, in order.

    Raises ParameterError for a name that means nothing, so that a slip of the pen is not a silent success.
    """
    names = tuple(names)
    if not names:
        found = tuple(every(root))
        if not found:
            raise ParameterError(root, "at least one county-year", "none", "`gongkai new CODE-SLUG YEAR` starts one.")
        return found
    return tuple(sorted({target for name in names for target in _meant(root, name)}))


def every(root: Path) -> Iterator[Target]:
    """All county-years under `root`."""
    for county in counties(root):
        yield from _years(root, county)


def _meant(root: Path, name: str) -> list[Target]:
    county, slash, year = name.strip("/").partition("/")
    if county in ("", ".", ".."):
        raise ParameterError(f"target {name!r}", "COUNTY/YEAR, COUNTY or YEAR", "no name of a county", "Correct it.")
    if _YEAR.fullmatch(name):
        targets = [target for target in every(root) if target.year in (int(name), 0)]
        if not targets:
            raise ParameterError(
                f"target {name!r}", f"a year under {root}", "no county with that year", "See `gongkai list`."
            )
        return targets
    if slash:
        if not _YEAR.fullmatch(year):
            raise ParameterError(f"target {name!r}", "COUNTY/YEAR", f"the year {year!r}", "Write four digits.")
        year_folder(root, county, int(year))
        return [Target(county, int(year))]
    if not (root / county).is_dir():
        year_folder(root, county, 0)
    return _years(root, county)


def _years(root: Path, county: str) -> list[Target]:
    try:
        return [Target(county, year) for year in years(root, county)]
    except (OSError, GongkaiError):
        return [Target(county, 0)]
