"""`gongkai verify` looks at the published notebook as the gate does, also where nothing can be rebuilt."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from doors import Ran, find
from nbformat import NotebookNode

from helpers.batch import manifest
from helpers.batch.build import NOTEBOOK, Executed, publish
from helpers.batch.verify import verify


@pytest.fixture
def published(ran: Ran) -> Executed:
    """宿迁 2024, published, with a manifest that says that the package is another now."""
    executed = ran("321300-suqian", 2024)
    assert publish(executed).error is None
    executed.task.built.parent.mkdir(parents=True)
    executed.task.work.rename(executed.task.built)
    rewrite(executed, lambda recorded: recorded["inputs"].update({"package/report.py": "0" * 64}))
    return executed


def rewrite(executed: Executed, change: Callable[[dict[str, dict[str, object]]], None]) -> None:
    path = executed.task.built / manifest.NAME
    recorded = json.loads(path.read_text(encoding="utf-8"))
    change(recorded)
    path.write_text(json.dumps(recorded), encoding="utf-8")


def put_in_its_place(executed: Executed, notebook: NotebookNode) -> None:
    """The notebook is replaced, and its manifest knows no better."""
    path = executed.task.built / NOTEBOOK
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    digest, size = manifest.outputs(executed.task.built)[NOTEBOOK], path.stat().st_size
    rewrite(executed, lambda recorded: recorded["outputs"].update({NOTEBOOK: digest}))
    rewrite(executed, lambda recorded: recorded["sizes"].update({NOTEBOOK: size}))


def problems(executed: Executed) -> list[str]:
    *found, rebuilt = verify(replace(executed.task, scratch=executed.task.scratch / "again")).problems
    assert rebuilt == "cannot be rebuilt as it was: package/report.py changed"
    return found


def test_what_was_published_is_the_targets_whole_report(published: Executed) -> None:
    assert problems(published) == []


def test_a_table_that_was_hidden_since_is_found(published: Executed) -> None:
    notebook = copy.deepcopy(published.notebook)
    notebook.cells[find(notebook, "table review")[0]].metadata.tags = ["remove-output"]
    put_in_its_place(published, notebook)
    (found,) = problems(published)
    assert found.startswith(f"{NOTEBOOK} on disk: annual_report.ipynb does not show this report, whole and alone: ")
    assert "Hidden by its tag `remove-output`: table review in cell" in found


def test_another_years_notebook_is_found(published: Executed, others: dict[str, NotebookNode]) -> None:
    put_in_its_place(published, others["year"])
    (found,) = problems(published)
    assert "It is asked for 321300-suqian, 2024 and shows 321300-suqian, 2023" in found


def test_a_report_of_other_files_than_recorded_is_found(published: Executed) -> None:
    rewrite(published, lambda recorded: recorded["inputs"].update({"2024/review.csv": "0" * 64}))
    path = published.task.params / "321300-suqian" / "2024" / "review.csv"
    *found, rebuilt = verify(published.task).problems
    assert path.is_file()
    assert rebuilt == "cannot be rebuilt as it was: 2024/review.csv changed"
    assert "made from other files than those of 321300-suqian/2024 (2024/review.csv changed)" in found[0]


def test_a_file_that_is_no_notebook_is_that_targets_problem(published: Executed) -> None:
    put_in_its_place(published, nbformat.v4.new_notebook())
    assert "it has not been executed" in problems(published)[0]
    path: Path = published.task.built / NOTEBOOK
    path.write_text("[]", encoding="utf-8")
    digest = manifest.outputs(published.task.built)[NOTEBOOK]
    rewrite(published, lambda recorded: recorded["outputs"].update({NOTEBOOK: digest}))
    assert problems(published)[0].startswith(f"{NOTEBOOK} on disk: ")
