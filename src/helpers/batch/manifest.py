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
import stat
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from helpers.batch.notebooks import pictures
from helpers.batch.task import Task
from helpers.errors import BuildError
from helpers.folder import sources
from helpers.saving import save

NAME = "manifest.json"

DATA = ("data.json", "data.csv", "checks.json")
FILES = ("report.html", "report.pdf", "report.ipynb", *DATA)
"""What every edition has, beside the figures that its manifest names."""

LIBRARIES = (
    "cssselect2", "ipykernel", "jinja2", "lxml", "math-core", "matplotlib", "mistune", "nbclient", "nbconvert", "numpy",
    "pandas", "papermill", "pillow", "pylopdf-fonts-zh-cn", "rich", "tinycss2", "typst", "uharfbuzz", "weblate-fonts",
    "ziamath",
)  # fmt: skip
"""What can change a byte of the output."""


class Seen(NamedTuple):
    """A file as it was read: its content's hash, and what tells of a change that was undone again."""

    digest: str
    number: int
    changed: int


@dataclass(frozen=True)
class Manifest:
    """Content hashes of a report's inputs and outputs, the outputs' sizes, and the versions it was made with."""

    target: str
    inputs: Mapping[str, str]
    libraries: Mapping[str, str]
    outputs: Mapping[str, str]
    sizes: Mapping[str, int]


def write(task: Task, inputs: Mapping[str, Seen]) -> None:
    """Write `manifest.json` beside the finished files of the work folder."""
    files = {name: path for name, path in _files(task.work) if name != NAME}
    manifest = Manifest(
        str(task.target),
        digests(inputs),
        libraries(),
        {name: _digest(path) for name, path in files.items()},
        {name: path.stat().st_size for name, path in files.items()},
    )
    save(task.work / NAME, (json.dumps(asdict(manifest), indent=1) + "\n").encode())


def read(folder: Path) -> Manifest | None:
    """The manifest of a built folder; None where there is none that can be read."""
    path = folder / NAME
    try:
        if not path.is_file():
            return None
        manifest = Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        return None
    parts = (manifest.inputs, manifest.libraries, manifest.outputs, manifest.sizes)
    return manifest if all(isinstance(part, dict) for part in parts) else None


def flaw(folder: Path, manifest: Manifest | None) -> str | None:
    """What an edition lacks of the files that it must have and that its manifest promises, in a few words."""
    if manifest is None:
        return "not built yet"
    for name in (*FILES, *manifest.outputs):
        try:
            about = (folder / name).lstat()
        except OSError:
            return f"output {name} is missing"
        if not stat.S_ISREG(about.st_mode) or about.st_size != manifest.sizes.get(name):
            return f"output {name} is damaged"
    return None


def stale(task: Task) -> str | None:
    """Why the report must be built, in a few words; None where it stands whole and as its inputs are."""
    folder = task.standing
    manifest = read(folder)
    reason = flaw(folder, manifest)
    return outdated(task, manifest) if manifest is not None and reason is None else reason


def outdated(task: Task, manifest: Manifest) -> str | None:
    """What has changed since the report was made."""
    return _difference(manifest.inputs, digests(inputs(task))) or _difference(manifest.libraries, libraries())


def inputs(task: Task) -> dict[str, Seen]:
    """Everything the report is made from, by relative name, as it is now."""
    county = task.params / task.target.county
    files = [("notebook", task.notebook), ("county.yml", county / "county.yml")]
    files += ((f"notebook/{name}", path) for name, path in pictures(task.notebook).items())
    for year in (task.target.year - 1, task.target.year):
        files += ((f"{year}/{name}", path) for name, path in _files(county / str(year)))
    return package() | {name: _seen(path) for name, path in files if path.is_file()}


def changed(task: Task, before: Mapping[str, Seen]) -> str | None:
    """What has changed since `before`, even if it was changed back: a report may have been made from either."""
    now = inputs(task) | {name: _seen(path, before[name].digest) for name, path in _package_files() if name in before}
    return _difference(before, now)


def require_own(task: Task, inputs: Mapping[str, str], record: Mapping[str, Any]) -> None:
    """Raise BuildError unless the report was read from the target's own files: a cell may load another folder's."""
    own = {name: inputs.get(name) for name in sources(task.params, task.target.county, task.target.year)}
    if other := _difference(own, record["loaded"]["files"]):
        raise BuildError(
            f"{task.notebook.name} shows a report made from other files than those of {task.target} ({other}). "
            "Let it load what its parameters name, from no other folder."
        )


def digests(files: Mapping[str, Seen]) -> dict[str, str]:
    """What a file was, without when: the same on every machine."""
    return {name: seen.digest for name, seen in files.items()}


@cache
def libraries() -> dict[str, str]:
    """Versions of Python and of the libraries that can change the output."""
    return {"python": platform.python_version(), **{name: version(name) for name in LIBRARIES}}


@cache
def package() -> dict[str, Seen]:
    """This package's own files, and any forms and fonts it is told to read besides its own, as this process has them.

    They are read once: what has changed since is no input of what this process makes.
    """
    return {name: _seen(path) for name, path in _package_files()}


def outputs(folder: Path) -> dict[str, str]:
    """Relative name → SHA-256 of every file in a built folder but the manifest."""
    return {name: _digest(path) for name, path in _files(folder) if name != NAME}


def _package_files() -> Iterator[tuple[str, Path]]:
    root = Path(__file__).parent.parent
    for name, path in _files(root):
        if "__pycache__" not in path.parts and path.suffix != ".pyc":
            yield f"package/{name}", path
    for kind in ("forms", "fonts"):
        if folder := os.environ.get(f"GONGKAI_{kind.upper()}"):
            yield from ((f"{kind}/{name}", path) for name, path in _files(Path(folder)))


def _difference(before: Mapping[str, object], now: Mapping[str, object]) -> str | None:
    for name in sorted({*before, *now}):
        if name not in before:
            return f"{name} is new"
        if name not in now:
            return f"{name} is gone"
        if before[name] != now[name]:
            return f"{name} changed"
    return None


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Name and path of every regular file below a folder, hidden ones left out; OSError where it cannot be read."""

    def refuse(problem: OSError) -> None:
        raise problem

    for at, folders, names in os.walk(folder, onerror=refuse if folder.exists() else None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(at, name)
            if not name.startswith(".") and path.is_file():
                yield path.relative_to(folder).as_posix(), path


def _seen(path: Path, digest: str | None = None) -> Seen:
    about = path.stat()
    return Seen(digest or _digest(path), about.st_ino, about.st_ctime_ns)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
