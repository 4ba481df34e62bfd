"""What tells of the machine and the moment, taken out of what is published: folders, clock times, processes."""

from __future__ import annotations

import os
import re
import sysconfig
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from helpers.exporters.pieces import about

_PASSING = (
    (re.compile(r"\bipykernel_\d+"), "ipykernel"),
    (re.compile(r"(?<= at )0x[0-9a-f]{6,16}\b"), "0x…"),
)
"""Names of processes and of places in memory, as Python writes them in warnings and for objects without a text."""


def placeless(text: str, named: Mapping[Path, str]) -> str:
    """`text` with each folder of this machine in it by its name in `named`, or as dots."""
    known = {**dict.fromkeys(_common(), "…"), **named}
    for path in sorted(known, key=lambda path: -len(str(path))):
        if len(path.parts) > 1 and str(path) in text:
            text = re.sub(rf"(?<![\w.-]){re.escape(str(path))}(?![\w-])", known[path], text)
    return text


def forget(notebook: NotebookNode, stable: Iterable[str], named: Mapping[Path, str]) -> None:
    """Leave in an executed notebook what depends on its inputs alone; `stable` are its source's ids of cells."""
    known = set(stable)
    notebook.metadata.pop("papermill", None)
    for number, cell in enumerate(notebook.cells):
        if cell.get("id") not in known:
            cell["id"] = f"cell-at-{number}"
        for passing in ("papermill", "execution"):
            cell.metadata.pop(passing, None)
        for output in cell.get("outputs", ()):
            if about(output):
                continue  # made of data alone; a county may write of /tmp
            for key in output.keys() & {"text", "data"}:
                output[key] = _forgotten(output[key], named)


def _forgotten(value: Any, named: Mapping[Path, str]) -> Any:
    if isinstance(value, dict):
        for key, below in value.items():
            value[key] = _forgotten(below, named)
        return value
    if isinstance(value, list):
        return [_forgotten(below, named) for below in value]
    if not isinstance(value, str):
        return value
    for pattern, instead in _PASSING:
        value = pattern.sub(instead, value)
    return placeless(value, named)


@cache
def _common() -> tuple[Path, ...]:
    installed = (sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib", "scripts"))
    own = Path(__file__).resolve().parents[2]
    return (*map(Path, installed), own, Path(os.path.expanduser("~")), Path(tempfile.gettempdir()), Path.cwd())  # noqa: PTH111  # Path.home() raises where there is none
