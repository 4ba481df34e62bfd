"""Which county-years a command means: `371524-donge/2020`, `371524-donge`, `2020`, or nothing for all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import ParameterError
from helpers.folder import counties, year_folder, years

_YEAR = re.compile(r"^\d{4}$")


@dataclass(frozen=True, order=True)
class Target:
    """One county-year."""

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
        for year in years(root, county):
            yield Target(county, year)


def _meant(root: Path, name: str) -> list[Target]:
    county, slash, year = name.strip("/").partition("/")
    if _YEAR.match(name):
        targets = [target for target in every(root) if target.year == int(name)]
        if not targets:
            raise ParameterError(
                f"target {name}", f"a year under {root}", "no county with that year", "See `gongkai list`."
            )
        return targets
    if slash:
        if not _YEAR.match(year):
            raise ParameterError(f"target {name}", "COUNTY/YEAR", f"the year {year!r}", "Write four digits.")
        year_folder(root, county, int(year))
        return [Target(county, int(year))]
    if not (root / county).is_dir():
        year_folder(root, county, 0)
    return [Target(county, number) for number in years(root, county)]
