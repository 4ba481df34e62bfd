"""What is recorded as a report's inputs is what it was made from, whoever writes to them when."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nations import MASTER, YEAR, counties, own_notebook

from helpers.batch import build
from helpers.batch.targets import Target
from helpers.batch.task import Task

TARGET = Target("990000-copy", 2024)


def touch(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\n")


def touch_and_undo(path: Path) -> None:
    before = path.read_bytes()
    times = path.stat()
    touch(path)
    path.write_bytes(before)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def replace_and_undo(path: Path) -> None:
    shutil.copy(path, path.with_suffix(".other"))
    path.rename(path.with_suffix(".aside"))
    path.with_suffix(".other").rename(path)
    path.unlink()
    path.with_suffix(".aside").rename(path)


def make(task: Task, monkeypatch: pytest.MonkeyPatch, change: Callable[[], None]) -> str | None:
    """Build with `change` between hashing the inputs and running the notebook; gives the error."""
    execute = build.execute

    def changed(task: Task) -> Any:
        change()
        return execute(task)

    monkeypatch.setattr(build, "execute", changed)
    return build.build(task).error


@pytest.fixture
def task(tmp_path: Path) -> Task:
    params, notebook = counties(tmp_path, 1, "321300-suqian"), tmp_path / "notebooks" / MASTER.name
    return Task(TARGET, params, tmp_path / "out", notebook, engine="forked", scratch=tmp_path / "scratch")


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("2024/requests.csv", touch), ("2023/review.csv", touch_and_undo), ("county.yml", replace_and_undo),
        ("notebook", touch),
    ],
)  # fmt: skip
def test_a_change_between_hash_and_read_is_not_recorded_as_built(
    task: Task, monkeypatch: pytest.MonkeyPatch, name: str, change: Callable[[Path], None]
) -> None:
    path = task.notebook if name == "notebook" else task.params / TARGET.county / name
    error = make(task, monkeypatch, lambda: change(path))
    assert f"{name} changed while the report was made" in str(error)
    assert not (task.work / "manifest.json").exists()


def test_a_file_that_comes_meanwhile_is_a_change(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    path = TARGET.folder(task.params) / "more.txt"
    error = make(task, monkeypatch, lambda: path.write_text("x") and None)
    assert "2024/more.txt is new while the report was made" in str(error)


def test_what_stands_still_is_built(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    assert make(task, monkeypatch, lambda: None) is None


def test_a_notebook_that_edits_its_own_county_is_never_called_built(gongkai, tmp_path: Path) -> None:
    params = counties(tmp_path, 1)
    cells = params / "990000-copy" / str(YEAR) / "requests.csv"
    own_notebook(params, 0, f"with open({str(cells)!r}, 'a') as file: file.write('# seen\\n')")
    for _ in range(2):
        done = gongkai("build", "--params", params)
        assert done.returncode == 1
        assert f"{YEAR}/requests.csv changed while the report was made. Build it again." in done.stderr
    assert not (tmp_path / "build" / "990000-copy").exists()
