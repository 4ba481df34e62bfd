"""Cells that make the report another one, end it early or leave it unchecked: run, and refused by every door."""

from __future__ import annotations

import copy
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from doors import PARAMS, Ran, find, put, refused
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from helpers.batch.build import Executed, publish
from helpers.errors import ParameterError
from helpers.notebook import load, stop_if_wrong

LOADED, CHECKED = 3, 4
"""Where a cell comes after the report was loaded, and after it was checked."""

ASKED = "It is asked for 321300-suqian, 2024 and shows"
ITSELF = "not of 宿迁市人民政府 2024"
ALTERED = "The report is not as `load(county, year)` read it"


FEWER = 'with_cells({"proactive_disclosure.licensing.decisions": 1})'
UNLIKE = "AnnualReport.from_dict(report.as_dict())"
CASES = (
    (LOADED, "year = 2023\nreport = load(county, year)", f"{ASKED} 321300-suqian, 2023"),
    (LOADED - 1, "year -= 1", f"{ASKED} 321300-suqian, 2023"),
    (LOADED, 'report = load("320800-huaian", 2024)', f"{ASKED} 320800-huaian, 2024"),
    (LOADED, f"report = report.{FEWER}", ALTERED),
    (
        LOADED,
        "import dataclasses\nreport = dataclasses.replace(report, text={'other': '无。'})",
        ALTERED,
    ),
    (LOADED, f"from helpers.report import AnnualReport\nreport = {UNLIKE}", ALTERED),
    (
        CHECKED,
        "report = load(county, year - 1)",
        f"Of 宿迁市人民政府 2023, {ITSELF}: title in cell 6 (title(report)). Show",
    ),
    (CHECKED, 'report = load("320800-huaian", year)', f"Of 淮安市人民政府 2024, {ITSELF}: preface in cell 7 (preface"),
    (CHECKED, f"report = report.{FEWER}", "table proactive_disclosure"),
    (CHECKED, f"report = report.{FEWER}", "Of other data than were checked, not of "),
    (CHECKED, "stop_if_wrong(load(county, 2023))", "do not promise the same"),
    (CHECKED, "raise SystemExit", "cell 5 (raise SystemExit) ended in SystemExit. Mend it"),
    (8, "import sys\nsys.exit(0)", "cell 9 (import sys) ended in SystemExit: 0. Mend it"),
    (8, "import sys\nsys.exit(0)", 'cell 10 (section(report, "proactive_disclosure")) and 12 more were not executed'),
    (8, "import sys\nsys.exit(0)", "It lacks section proactive_disclosure, table proactive_disclosure, chart "),
)
"""A cell, where it is put in, and what is said of it."""


@pytest.mark.parametrize(("at", "source", "words"), CASES)
def test_a_cell_that_makes_it_another_report_is_refused(ran: Ran, at: int, source: str, words: str) -> None:
    executed = ran("321300-suqian", 2024, put(at, source))
    assert executed.notebook is not None
    refused(executed, executed.notebook, words)


def without_a_word(folder: Path) -> None:
    (folder / "2024" / "narrative.md").unlink()


def with_another_word(folder: Path) -> None:
    with (folder / "2024" / "narrative.md").open("a", encoding="utf-8") as file:
        file.write("\n补充一句。\n")


def with_another_year_before(folder: Path) -> None:
    with (folder / "2023" / "narrative.md").open("a", encoding="utf-8") as file:
        file.write("\n补充一句。\n")


def as_it_is(folder: Path) -> None:
    pass


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        (without_a_word, "2024/narrative.md is gone"), (with_another_word, "2024/narrative.md changed"),
        (with_another_year_before, "2023/narrative.md changed"), (as_it_is, None),
    ],
)  # fmt: skip
def test_a_report_from_another_folder_is_the_targets_only_if_the_files_are(
    ran: Ran, tmp_path: Path, change: Callable[[Path], None], difference: str | None
) -> None:
    """The exporters know no target: for them it is the county's year, as it stands there."""
    shutil.copytree(PARAMS / "321300-suqian", tmp_path / "321300-suqian")
    change(tmp_path / "321300-suqian")
    executed = ran("321300-suqian", 2024, put(LOADED, f"report = load(county, year, params={str(tmp_path)!r})"))
    assert publish(executed).error == (
        difference
        and "annual_report.ipynb shows a report made from other files than those of 321300-suqian/2024 "
        f"({difference}). Let it load what its parameters name, from no other folder."
    )


def test_an_unchecked_report_is_refused(suqian_2024: Executed) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    del notebook.cells[find(notebook, "record")[0]]
    refused(suqian_2024, notebook, "No cell shows `stop_if_wrong(report)`")


def test_a_record_that_promises_less_than_it_did_is_refused(suqian_2024: Executed) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    number, at = find(notebook, "record")
    notebook.cells[number].outputs[at].metadata.gongkai.shows = ["title"]
    refused(suqian_2024, notebook, f"record in cell {number}", "Run the notebook again")


def test_a_notebook_that_never_ran_says_only_that(suqian_2024: Executed) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    refused(suqian_2024, notebook, "it has not been executed. Run it first")


def test_a_cell_added_and_not_run_is_refused(suqian_2024: Executed) -> None:
    refused(suqian_2024, added(suqian_2024, new_code_cell("1 / 3")), "cell 12 (1 / 3) was not executed")


def test_a_cell_that_failed_is_refused(suqian_2024: Executed) -> None:
    """As `nbconvert --execute --allow-errors` leaves it, or Run All."""
    refused(suqian_2024, added(suqian_2024, failed()), "cell 12 (1 / 0) ended in ZeroDivisionError: division by zero")


@pytest.mark.parametrize("tag", ["remove-cells", "remove_ouput", "hide-me"])
def test_a_tag_that_asks_in_unknown_words_is_not_passed_over(suqian_2024: Executed, tag: str) -> None:
    notebook = added(suqian_2024, new_markdown_cell("内部意见，不公开。", metadata={"tags": [tag]}))
    refused(suqian_2024, notebook, f"cell 12 (内部意见，不公开。) has the unknown tag `{tag}`")


def test_everything_that_is_wrong_is_said_at_once(suqian_2024: Executed) -> None:
    notebook = added(suqian_2024, failed())
    notebook.cells[find(notebook, "table requests")[0]].metadata.tags = ["hide-output"]
    del notebook.cells[find(notebook, "closing")[0]]
    refused(suqian_2024, notebook, "ZeroDivisionError", "table requests", "lacks closing")


def test_a_chart_that_this_report_does_not_have_cannot_be_chosen() -> None:
    report = load("321300-suqian", 2024, PARAMS)
    with pytest.raises(ParameterError, match=r"chart 'flows': expected one of .*flow"):
        stop_if_wrong(report, charts=["flows"])


def added(executed: Executed, *cells: NotebookNode) -> NotebookNode:
    notebook = copy.deepcopy(executed.notebook)
    notebook.cells[12:12] = cells
    return notebook


def failed() -> NotebookNode:
    error = {"output_type": "error", "ename": "ZeroDivisionError", "evalue": "division by zero", "traceback": ["…"]}
    return new_code_cell("1 / 0", execution_count=9, outputs=[NotebookNode(error)])


def test_one_mistake_everywhere_is_not_told_everywhere(suqian_2024: Executed) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    for cell in notebook.cells[5:]:
        cell.metadata.tags = ["hide-cell"]
    refused(suqian_2024, notebook, "Hidden by its tag `hide-cell`: title in cell 5", "10 more of the same kind.")


def test_a_notebook_that_is_none_is_said_to_be_none(suqian_2024: Executed) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    notebook.cells[5].metadata.tags = "hide-cell"
    refused(suqian_2024, notebook, "is not a valid notebook: 'hide-cell' is not of type 'array'. Mend")


def test_nbconverts_command_says_it_in_lines_and_without_a_traceback(suqian_2024: Executed, tmp_path: Path) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    notebook.cells[find(notebook, "closing")[0]].metadata.tags = ["hide-output"]
    nbformat.write(notebook, tmp_path / "mine.ipynb")
    command = [Path(sys.executable).parent / "jupyter", "nbconvert", "--to", "report_html", tmp_path / "mine.ipynb"]
    done = subprocess.run(command, text=True, capture_output=True, check=False, timeout=300)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1] == (
        "mine.ipynb does not show this report, whole and alone: Hidden by its tag `hide-output`: closing in cell 21 "
        "(closing(report)). Take it away: the whole report must be seen."
    )
    assert not (tmp_path / "mine.html").exists()
