"""One side of a comparison: a year folder, a published folder, or a published document."""

from __future__ import annotations

import os
import re
from pathlib import Path

from helpers import folder
from helpers.errors import ParameterError
from helpers.limits import DOCUMENT, Limits
from helpers.loading import whole_report
from helpers.opening import is_folder, real
from helpers.readers.limited import read_apart, within
from helpers.report import AnnualReport

_YEAR = re.compile(r"\d{4}")


def open_side(name: str, params: Path | None = None, limits: Limits = DOCUMENT) -> AnnualReport:
    """The report that `name` means: a file, a year folder, a published folder, or COUNTY/YEAR under `params`.

    Each is read within `limits`.

    Raises ParameterError for a name that means nothing, FolderError and DocumentError for what cannot be read.
    """
    path = Path(name)
    if is_folder(path):
        return _from_folder(real(path), limits)
    if os.path.lexists(path):
        return read_apart(path, limits=limits)
    county, slash, year = name.strip("/").partition("/")
    if slash and _YEAR.fullmatch(year):
        return within(limits, name, whole_report, county, int(year), folder.params_root(params))
    raise ParameterError(
        name, "a file, a year folder such as params/371524-donge/2020, or COUNTY/YEAR", "nothing of that name",
        "Look whether the path is right; `gongkai list` shows the county-years.",
    )  # fmt: skip


def _from_folder(path: Path, limits: Limits) -> AnnualReport:
    if (path / "data.json").is_file() and not (path / "params.yml").exists():
        return read_apart(path / "data.json", limits=limits)
    if not _YEAR.fullmatch(path.name):
        raise ParameterError(
            path, "the folder of one year", f"a folder called {path.name!r}", "Name the year's folder."
        )
    return within(limits, path, whole_report, path.parent.name, int(path.name), path.parents[1])
