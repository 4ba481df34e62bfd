"""What analysts do with the notebook and its cells that leaves the report whole: every door lets it pass."""

from __future__ import annotations

import copy
from collections.abc import Callable

import nbformat
import pytest
from doors import Ran, edited, find, refusals, refused
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell
from traitlets.config import Config

from helpers.batch.build import Executed
from helpers.errors import BuildError
from helpers.exporters.html import ReportHTMLExporter
from helpers.exporters.pdf import ReportPDFExporter

SAID = [new_output("stream", name="stdout", text="说明\n")]


def tagged(*tags: str, **more: object) -> NotebookNode:
    return new_code_cell("print('说明')", execution_count=30, outputs=SAID, metadata={"tags": [*tags], **more})


ADDED = (
    tagged(), tagged("mine"), tagged("remove-cell"), tagged("hide_output"), tagged("hide-input"), tagged("full-width"),
    tagged("remove-stdout"), tagged(jupyter={"outputs_hidden": True}), tagged(jupyter={"source_hidden": True}),
    tagged(collapsed=True, scrolled="auto", slideshow={"slide_type": "skip"}), tagged("parameters"),
    new_code_cell("  \n"), new_code_cell("# 只有说明", execution_count=31),
    new_code_cell("1 / 0", metadata={"tags": ["skip-execution"]}),
    new_code_cell("1 / 0", metadata={"tags": ["remove-cell"]}),
    new_markdown_cell("**补充**"), new_markdown_cell("内部", metadata={"tags": ["remove-cell"]}), new_raw_cell("raw"),
)  # fmt: skip


@pytest.mark.parametrize("place", [0, 2, 6, 12, 21])
def test_cells_beside_the_report_change_nothing_of_it(suqian_2024: Executed, place: int) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    notebook.cells[place:place] = copy.deepcopy(ADDED)
    passes(suqian_2024, notebook)


def reported(notebook: NotebookNode) -> None:
    """Papermill's report mode hides the input of every code cell."""
    for cell in notebook.cells:
        cell.metadata.jupyter = {"source_hidden": True}


def hidden_check(notebook: NotebookNode) -> None:
    notebook.cells[find(notebook, "record")[0]].metadata.tags = ["remove-cell"]


def inputs_removed(notebook: NotebookNode) -> None:
    for cell in notebook.cells:
        cell.metadata.tags = [*cell.metadata.get("tags", ()), "remove_input", "hide-input"]


def checked_twice(notebook: NotebookNode) -> None:
    number, _ = find(notebook, "record")
    notebook.cells.append(new_code_cell(execution_count=30, outputs=copy.deepcopy(notebook.cells[number].outputs)))


def charts_first(notebook: NotebookNode) -> None:
    """Within a section the order is the author's."""
    table, charts = find(notebook, "table requests")[0], find(notebook, "chart flow")[0]
    notebook.cells[table], notebook.cells[charts] = notebook.cells[charts], notebook.cells[table]


def written_to_a_file(notebook: NotebookNode) -> None:
    """Order of keys and lines of texts are the file format's."""
    notebook |= nbformat.reads(nbformat.writes(notebook), as_version=4)


@pytest.mark.parametrize(
    "change", [reported, hidden_check, inputs_removed, checked_twice, charts_first, written_to_a_file]
)
def test_what_does_not_touch_what_is_seen_passes(suqian_2024: Executed, change: Callable[[NotebookNode], None]) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    change(notebook)
    passes(suqian_2024, notebook)


def test_a_notebook_may_choose_its_charts_by_saying_so(ran: Ran) -> None:
    """One is promised, others may be shown as well; of the section on reviews none is."""
    chosen = edited("stop_if_wrong(report)", 'stop_if_wrong(report, charts=["flow"])')
    executed = ran("321300-suqian", 2024, chosen, edited('charts(report, "review")', ""))
    passes(executed, executed.notebook)


def test_a_chart_that_was_chosen_must_be_shown(ran: Ran) -> None:
    chosen = edited("stop_if_wrong(report)", 'stop_if_wrong(report, charts=["flow", "review"])')
    executed = ran("321300-suqian", 2024, chosen, edited('charts(report, "review")', ""))
    refused(executed, executed.notebook, "It lacks chart review.")


def test_a_chart_that_need_not_be_shown_stands_in_its_section_if_it_is(ran: Ran) -> None:
    chosen = edited("stop_if_wrong(report)", "stop_if_wrong(report, charts=[])")
    executed = ran("321300-suqian", 2024, chosen, edited('charts(report, "review")', 'charts(report, "requests")'))
    refused(executed, executed.notebook, "chart flow is shown 2 times")
    elsewhere = edited('charts(report, "requests")', 'charts(report, "review")')
    executed = ran("321300-suqian", 2024, chosen, edited('charts(report, "review")', ""), elsewhere)
    refused(executed, executed.notebook, "stands after chart review. Put it where the form has it")


REMOVING = {"TagRemovePreprocessor": {"enabled": True, "remove_cell_tags": {"away"}, "remove_input_tags": {"quiet"}}}


@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
def test_what_nbconvert_is_configured_to_remove_is_not_seen(
    suqian_2024: Executed, exporter: type[ReportHTMLExporter]
) -> None:
    configured = exporter(config=Config(REMOVING))
    notebook = copy.deepcopy(suqian_2024.notebook)
    notebook.cells.insert(2, tagged("away", "quiet"))
    notebook.cells[find(notebook, "title")[0]].metadata.tags = ["quiet"]
    assert "说明" not in str(configured.from_notebook_node(notebook)[0])
    table = notebook.cells[find(notebook, "table review")[0]]
    table.metadata.tags = ["away"]
    with pytest.raises(BuildError, match="It lacks table review"):
        configured.from_notebook_node(notebook)


@pytest.mark.parametrize("exporter", [ReportHTMLExporter, ReportPDFExporter])
@pytest.mark.parametrize(
    ("config", "words"),
    [
        ({"TemplateExporter": {"exclude_output": True}}, "The exporter lost title in cell 5"),
        ({"TemplateExporter": {"exclude_code_cell": True}}, "The exporter lost title in cell 5"),
        ({"ClearOutputPreprocessor": {"enabled": True}}, "No cell shows `stop_if_wrong"),
        ({"TagRemovePreprocessor": {"enabled": True, "remove_all_outputs_tags": {"x"}}}, "lacks table review"),
        ({"RegexRemovePreprocessor": {"enabled": True, "patterns": ["closing"]}}, "lacks closing"),
    ],
)  # fmt: skip
def test_a_configuration_that_takes_the_report_away_is_refused(
    suqian_2024: Executed, exporter: type[ReportHTMLExporter], config: dict[str, dict[str, object]], words: str
) -> None:
    notebook = copy.deepcopy(suqian_2024.notebook)
    notebook.cells[find(notebook, "table review")[0]].metadata.tags = ["x"]
    with pytest.raises(BuildError, match=words):
        exporter(config=Config(config)).from_notebook_node(notebook)


def passes(executed: Executed, notebook: NotebookNode) -> None:
    assert [(door, said) for door, said in refusals(executed, notebook) if said] == []
