"""Guards that what is wrong with a notebook is told as its author's: the file, the cell, what to do; in one message."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers.batch.build import run_notebook
from helpers.batch.planning import Order
from helpers.batch.source import read
from helpers.batch.targets import Target
from helpers.errors import NotebookError
from helpers.limits import Limits

ROOT = Path(__file__).parents[2]
MASTER = (ROOT / "notebooks" / "annual_report.ipynb").read_bytes()
PLACE = Path("mine.ipynb")

Edit = Callable[[dict[str, Any]], Any]


def edited(edit: Edit) -> bytes:
    raw = json.loads(MASTER)
    edit(raw)
    return json.dumps(raw).encode()


def cell(**fields: Any) -> Edit:
    """An edit of cell 3."""
    return lambda raw: raw["cells"][3].update(fields)


AS_JUPYTER = "[cell 3]: expected a notebook as Jupyter's format has it, found"
BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "mine.ipynb: expected a notebook (JSON in UTF-8), found Expecting value: line 1"),
    "cut off": (MASTER[:-40], "mine.ipynb: expected a notebook (JSON in UTF-8), found Expecting"),
    "in another encoding": (MASTER.decode().encode("utf-16"), "can't decode byte 0xff in position 0"),
    "nested without end": (b"[" * 100_000, "recursion"),
    "other JSON": (b"[1]", "mine.ipynb: expected a Jupyter notebook, found other JSON"),
    "no cells": (edited(lambda raw: raw.pop("cells")), "'cells' is a required property"),
    "a cell that is none": (edited(lambda raw: raw["cells"].insert(3, None)), "mine.ipynb [cell 3]: "),
    "an unknown kind of cell": (edited(cell(cell_type="bogus")), "mine.ipynb [cell 3]: "),
    "no source": (edited(lambda raw: raw["cells"][3].pop("source")), f"{AS_JUPYTER} 'source' is a required property"),
    "a number for source": (edited(cell(source=3)), f"{AS_JUPYTER} source: 3"),
    "tags that are a word": (edited(cell(metadata={"tags": "parameters"})), "found metadata.tags: 'parameters'"),
    "half a character": (edited(cell(source="x = '\ud800'")), "[cell 3]: expected text, found half a character"),
    "a format to come": (edited(lambda raw: raw.update(nbformat=9)), "Unsupported nbformat version 9"),
    "no kernel": (edited(lambda raw: raw["metadata"].pop("kernelspec")), "language in its metadata, found No kernel"),
    "no language": (
        edited(lambda raw: raw.update(metadata={"kernelspec": {"name": "python3", "display_name": "Python"}})),
        "kernel and language in its metadata, found No language",
    ),
    "another language": (
        edited(lambda raw: raw.update(metadata={"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}})),
        "expected a notebook in Python, found language 'R', kernel 'ir'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_its_place(what: str) -> None:
    content, words = BROKEN[what]
    with pytest.raises(NotebookError) as caught:
        read(PLACE, content)
    assert words in str(caught.value)
    assert str(caught.value).startswith("mine.ipynb")
    assert "\n" not in str(caught.value)


def parameters(source: str) -> bytes:
    return edited(lambda raw: raw["cells"][1].update(source=source))


TAKEN = (
    'county: str = "a=b"  # CODE=SLUG, as in county=371524-donge\nyear: int = 2020  # = statistical year',
    'county = "x"; year = 2020',
    "county, year = 'x', 2020",
    "county: str\nyear: int",
    "county = (\n    'a'  # first\n    'b'\n)\nyear = (\n    2020\n)",
    "county = 'x'  # type: str\nyear = 2020  # type: int",
    "from settings import county\nif county: year = 2020\nelse: year = 2021",
    "%load_ext autoreload\ncounty = year = None",
    "'''\ncounty = 1\n'''\ncounty, (year) = 'x', 2020",
)


@pytest.mark.parametrize("source", TAKEN)
def test_parameters_may_be_written_as_python_has_it(source: str) -> None:
    """papermill reads them by line and pattern: an equals sign in a comment hid a parameter from it."""
    notebook, ids = read(PLACE, parameters(source))
    assert notebook.cells[1].source == source
    assert "cell-02" in ids


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("county = 'x'\nyaer = 2020", "[cell 1]: expected a cell tagged `parameters` that sets county and year,"),
        ("county = 'x'\nyaer = 2020", "found only county, yaer"),
        ("# county = 'x'\n'year = 2020'", "found no name at all"),
        ("def f():\n    county = year = 1", "found only f"),
        ("county = 'x\nyear = 2020", "found no Python: unterminated string literal"),
    ],
)  # fmt: skip
def test_parameters_that_python_would_not_set_are_refused(source: str, words: str) -> None:
    with pytest.raises(NotebookError) as caught:
        read(PLACE, parameters(source))
    assert words in str(caught.value)


def test_no_cell_for_parameters_is_refused() -> None:
    with pytest.raises(NotebookError, match="found none with that tag"):
        read(PLACE, edited(lambda raw: raw["cells"][1]["metadata"].clear()))


def told(edit: Edit, folder: Path, engine: str | None) -> str:
    """What is said of a notebook that fails while it runs."""
    (folder / "mine.ipynb").write_bytes(edited(edit))
    order = Order(ROOT / "params", folder, folder / "mine.ipynb", engine, Limits(8, 1024), folder / "work")
    executed = run_notebook(order.task(Target("371524-donge", 2020)))
    return executed.error or "it ran"


@pytest.mark.parametrize("engine", ["forked", None])
@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("import os; os.kill(os.getpid(), 9)", "its process died"),
        ("import os; os._exit(3)", "its process died"),
        ("import ctypes; ctypes.string_at(0)", "its process died"),
        ("import time; time.sleep(60)", "not finished in time"),
        ("big = bytearray(2 * 10**9)", "MemoryError. A notebook may take 8 s and 1024 MiB"),
        ("undefined", "NameError: name 'undefined' is not defined"),
    ],
)
def test_a_cell_that_fails_is_named(source: str, words: str, engine: str | None, tmp_path: Path) -> None:
    """Papermill's cell with our parameters comes second, so that the third is the fourth."""
    message = told(cell(source=source), tmp_path, engine)
    assert message.startswith(f"mine.ipynb, cell 4 ({source}): {words}")
    assert "kept at" in message
    assert "fault of the program" not in message


@pytest.mark.parametrize("engine", ["forked", None])
def test_an_unknown_kernel_is_named(engine: str | None, tmp_path: Path) -> None:
    message = told(lambda raw: raw["metadata"]["kernelspec"].update(name="nosuch"), tmp_path, engine)
    assert "mine.ipynb: expected a kernel that is installed here (" in message
    assert "found 'nosuch'. Choose a kernel" in message


def test_a_kernel_that_does_not_start_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = {"argv": ["false"], "display_name": "Broken", "language": "python"}
    (tmp_path / "kernels" / "broken").mkdir(parents=True)
    (tmp_path / "kernels" / "broken" / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    message = told(lambda raw: raw["metadata"]["kernelspec"].update(name="broken"), tmp_path, "forked")
    assert "mine.ipynb: expected a kernel that starts, found 'broken': Kernel died" in message
