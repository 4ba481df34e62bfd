"""Which notebook a report is made with."""

from __future__ import annotations

import json
import os
import re
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from helpers.batch.targets import Target
from helpers.errors import ParameterError
from helpers.folder import notebook_of
from helpers.opening import is_file, real

MASTER = "annual_report.ipynb"

_PICTURE = re.compile(r"""!\[[^\]]*\]\(\s*<?([^)\s>]+)|<img\b[^>]*?\bsrc\s*=\s*["']([^"']+)""")


def notebook_for(target: Target, params: Path, named: Path | None = None) -> Path:
    """The notebook for `target`: the one `named`, else the year's own by its report.yml, else the master."""
    if named is not None:
        if not is_file(named):
            raise ParameterError(named, "a notebook", "no such file", "Correct --notebook.")
        return real(named)
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
    places = [real(params).parent / "notebooks", package / "notebooks", package.parents[1] / "notebooks"]
    for folder in places:
        if (folder / MASTER).is_file():
            return folder / MASTER
    raise ParameterError(params, f"notebooks/{MASTER} beside it", "none", "Name one with --notebook.")


def pictures(notebook: Path) -> dict[str, Path]:
    """The files that a notebook's Markdown shows, by their names below its folder: they are part of it."""
    files = {name: notebook.parent / name for name in _named(notebook.read_bytes())}
    return {name: path for name, path in files.items() if is_file(path)}


@lru_cache(maxsize=8)
def _named(content: bytes) -> tuple[str, ...]:
    try:
        cells = json.loads(content)["cells"]
        texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    except (ValueError, KeyError, TypeError, RecursionError):  # whoever executes it says what is wrong
        return ()
    addresses = (urlsplit(found[1] or found[2]) for text in texts for found in _PICTURE.finditer(text))
    names = (PurePosixPath(unquote(address.path)) for address in addresses if not (address.scheme or address.netloc))
    return tuple({str(name): None for name in names if not name.is_absolute() and ".." not in name.parts})
