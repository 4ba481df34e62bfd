"""Small nations to be built, and notebooks of counties that do what they should not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

ROOT = Path(__file__).parents[2]
MASTER = ROOT / "notebooks" / "annual_report.ipynb"
GONGKAI = Path(sys.executable).parent / "gongkai"
YEAR = 2020


def counties(folder: Path, count: int, original: str = "371524-donge") -> Path:
    """A params folder under `folder` with so many copies of an example, and the notebooks beside it."""
    params = folder / "params"
    for number in range(count):
        county = f"9900{number:02d}-copy"
        shutil.copytree(ROOT / "params" / original, params / county)
        for file in (params / county).glob("*/params.yml"):
            file.write_text(f"county: {county}\nyear: {file.parent.name}\n", encoding="utf-8")
    (folder / "notebooks").mkdir(exist_ok=True)
    shutil.copy(MASTER, folder / "notebooks")
    return params


def own_notebook(params: Path, number: int, source: str, at: int = 3) -> Path:
    """Give a county a notebook of its own: the master with one more cell. Gives the county's year folder."""
    notebook = nbformat.read(MASTER, as_version=4)
    notebook.cells.insert(at, new_code_cell(source, id="own"))
    name = f"own-{number:02d}.ipynb"
    nbformat.write(notebook, params.parent / "notebooks" / name)
    year = params / f"9900{number:02d}-copy" / str(YEAR)
    with (year / "report.yml").open("a", encoding="utf-8") as file:
        file.write(f"notebook: {name}\n")
    return year


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder by name, the summary left out: it tells of one run."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "summary.json"
    }


def start(*arguments: object) -> subprocess.Popen[str]:
    """The command, running; what it says can be read."""
    return subprocess.Popen(
        [str(GONGKAI), *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
