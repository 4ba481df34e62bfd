"""The master notebook, executed: for a city's year, and for what must not be taken for it."""

from __future__ import annotations

from collections.abc import Callable

import nbformat
import pytest
from doors import MASTER, Ran, task_of
from nbformat import NotebookNode

from helpers.batch import manifest
from helpers.batch.build import Executed
from helpers.batch.execution import execute


@pytest.fixture(scope="session")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Runs the master notebook for a county's year as `edits` leave it."""

    def run(county: str, year: int, *edits: Callable[[NotebookNode], None]) -> Executed:
        folder = tmp_path_factory.mktemp("ran")
        notebook = nbformat.read(MASTER, as_version=4)
        for edit in edits:
            edit(notebook)
        nbformat.write(notebook, folder / MASTER.name)
        task = task_of(county, year, folder)
        task.work.mkdir(parents=True)
        return Executed(task, 0.0, manifest.inputs(task), execute(task))

    return run


@pytest.fixture(scope="session")
def suqian_2024(ran: Ran) -> Executed:
    return ran("321300-suqian", 2024)


@pytest.fixture(scope="session")
def others(ran: Ran) -> dict[str, NotebookNode]:
    """The same city's year before, and another city's same year."""
    return {"year": ran("321300-suqian", 2023).notebook, "county": ran("320800-huaian", 2024).notebook}
