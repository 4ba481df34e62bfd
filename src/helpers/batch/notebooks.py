"""Which notebook a report is made with."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from helpers.batch.targets import Target
from helpers.errors import ParameterError
from helpers.folder import notebook_of
from helpers.opening import is_file

MASTER = "annual_report.ipynb"


def notebook_for(target: Target, params: Path, named: Path | None = None) -> Path:
    """The notebook for `target`: the one `named`, else the year's own by its report.yml, else the master."""
    if named is not None:
        if not is_file(named):
            raise ParameterError(named, "a notebook", "no such file", "Correct --notebook.")
        return named.resolve()
    own = notebook_of(target.folder(params))
    if own is None:
        return master(params)
    home = master(params).parent
    path = Path(os.path.realpath(home / own))
    if path.suffix != ".ipynb" or not path.is_relative_to(os.path.realpath(home)) or not is_file(path):
        raise ParameterError(
            target.folder(params) / "report.yml", f"a notebook below {home}", f"notebook: {own}, which is none",
            "Name it relative to the folder of the master notebook.",
        )  # fmt: skip
    return path


@cache
def master(params: Path) -> Path:
    """The master notebook: beside the params folder, else the one that came with the package."""
    package = Path(__file__).resolve().parent.parent
    places = [params.resolve().parent / "notebooks", package / "notebooks", package.parents[1] / "notebooks"]
    for folder in places:
        if (folder / MASTER).is_file():
            return folder / MASTER
    raise ParameterError(params, f"notebooks/{MASTER} beside it", "none", "Name one with --notebook.")
