"""A notebook on its own says with its parameters what it is a report of; it must be that."""

from __future__ import annotations

import copy

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from helpers.batch.build import Executed, exporters
from helpers.errors import BuildError
from helpers.exporters.running import parameters

SOURCES = {
    'county: str = "a-b"  # folder = county\nyear: int = 2020': {"county": "a-b", "year": 2020},
    'county = "a-b"; year = 2020\nyear = 2021': {"county": "a-b", "year": 2021},
    "year = other = 2020": {"year": 2020, "other": 2020},
    "year = 2020\nyear += 1": {},
    "year = int('2020')": {},
    "county, year = 'a-b', 2020": {},
    "year = 2020\nfor year in range(3): pass": {},
    "year: int": {},
    "print(2020)": {},
    "%time year = 2020": {},
}


@pytest.mark.parametrize("source", SOURCES)
def test_parameters_are_what_is_written_there_and_nothing_guessed(source: str) -> None:
    cell = new_code_cell(source, metadata={"tags": ["parameters"]})
    assert (
        parameters(new_notebook(cells=[new_markdown_cell("year = 1"), new_code_cell("year = 2"), cell]))
        == SOURCES[source]
    )


def test_the_last_word_is_papermills_own_cell() -> None:
    cells = [
        new_code_cell("year = 2020\ncounty = 'a-b'", metadata={"tags": ["parameters"]}),
        new_code_cell("year = 2021", metadata={"tags": ["injected-parameters"]}),
    ]
    called = {"papermill": {"parameters": {"year": 1999, "more": 1}}}
    assert parameters(new_notebook(cells=cells, metadata=called)) == {"county": "a-b", "year": 2021, "more": 1}


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [("2024", "2023", "321300-suqian, 2023"), ("321300-suqian", "320800-huaian", "320800-huaian, 2024")],
)
@pytest.mark.parametrize("exporter", exporters(), ids=("report_html", "report_pdf"))
def test_parameters_that_were_changed_and_not_run_again_are_refused(
    suqian_2024: Executed, exporter: object, before: str, after: str, asked: str
) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    (cell,) = (cell for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ()))
    cell.source = cell.source.replace(before, after)
    with pytest.raises(BuildError, match=f"It is asked for {asked} and shows 321300-suqian, 2024: "):
        exporter.from_notebook_node(notebook)  # type: ignore[attr-defined]
