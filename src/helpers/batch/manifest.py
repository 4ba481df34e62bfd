"""What went into a report and what came out, by content hash: `manifest.json`.

Nothing is rebuilt whose inputs hash to what the manifest says. Inputs are the county-year's files, those of the
year before (carry-over and charts read them), the notebook, the forms, this package and the libraries that draw and
typeset. Paths are relative, so that a manifest made here is true elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from helpers.batch.targets import Target

NAME = "manifest.json"

LIBRARIES = (
    "ipykernel", "jinja2", "matplotlib", "mistune", "nbclient", "nbconvert", "numpy", "pandas", "papermill",
    "pylopdf-fonts-zh-cn", "typst", "uharfbuzz",
)  # fmt: skip
"""What can change a byte of the output."""

NOT_REPRODUCIBLE = frozenset({"report.ipynb", NAME})
"""An executed notebook carries times and durations; everything else is identical for identical inputs."""


@dataclass(frozen=True)
class Manifest:
    """Content hashes of a report's inputs and outputs, and the versions it was made with."""

    target: str
    inputs: Mapping[str, str]
    libraries: Mapping[str, str]
    outputs: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Write `manifest.json` into `folder`."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"
        (folder / NAME).write_text(text, encoding="utf-8")


def read(folder: Path) -> Manifest | None:
    """The manifest of a built folder; None where there is none that can be read."""
    try:
        return Manifest(**json.loads((folder / NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def inputs(target: Target, params: Path, notebook: Path) -> dict[str, str]:
    """Relative name → SHA-256 of everything the report is made from."""
    files = {f"package/{name}": digest for name, digest in package().items()}
    files["notebook"] = _hash(notebook)
    county = params / target.county
    files["county.yml"] = _hash(county / "county.yml")
    for year in (target.year - 1, target.year):
        folder = county / str(year)
        files |= {f"{year}/{path.relative_to(folder).as_posix()}": _hash(path) for path in _files(folder)}
    if fonts := os.environ.get("GONGKAI_FONTS"):
        files |= {f"fonts/{path.name}": _hash(path) for path in _files(Path(fonts))}
    return files


@cache
def libraries() -> dict[str, str]:
    """Versions of Python and of the libraries that can change the output."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


@cache
def package() -> dict[str, str]:
    """Hashes of this package's own files and of any forms it is told to read besides its own."""
    root = Path(__file__).parent.parent
    files = {
        path.relative_to(root).as_posix(): _hash(path)
        for path in _files(root)
        if "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    if forms := os.environ.get("GONGKAI_FORMS"):
        files |= {f"forms/{path.name}": _hash(path) for path in _files(Path(forms))}
    return files


def outputs(folder: Path) -> dict[str, str]:
    """Relative name → SHA-256 of every reproducible file in a built folder."""
    return {
        path.relative_to(folder).as_posix(): _hash(path)
        for path in _files(folder)
        if path.relative_to(folder).as_posix() not in NOT_REPRODUCIBLE
    }


def stale(target: Target, params: Path, notebook: Path, built: Path) -> str | None:
    """Why the report must be built, in a few words; None where it stands."""
    manifest = read(built)
    if manifest is None:
        return "not built yet"
    for name in manifest.outputs:
        if not (built / name).is_file():
            return f"output {name} is missing"
    if reason := _difference(manifest.inputs, inputs(target, params, notebook)):
        return reason
    return _difference(manifest.libraries, libraries())


def _difference(before: Mapping[str, str], now: Mapping[str, str]) -> str | None:
    for name in sorted({*before, *now}):
        if name not in before:
            return f"{name} is new"
        if name not in now:
            return f"{name} is gone"
        if before[name] != now[name]:
            return f"{name} changed"
    return None


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
