"""What tags and metadata make of an analyst's own cells: shown, folded on the page and open in print, or gone."""

from __future__ import annotations

import copy
import io
from typing import Literal

import lxml.html
import pypdf
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from helpers.batch.build import Executed, exporters
from helpers.exporters.visibility import METADATA, TAGS

Fate = Literal["shown", "folded", "gone"]

CELLS: dict[str, tuple[dict[str, object], Fate, Fate, Fate]] = {
    # metadata, and what becomes of a code cell's printed lines, its other outputs, and of a Markdown cell
    "none": ({}, "shown", "shown", "shown"),
    "remove-cell": ({"tags": ["remove-cell"]}, "gone", "gone", "gone"),
    "remove_cell": ({"tags": ["remove_cell"]}, "gone", "gone", "gone"),
    "remove-input": ({"tags": ["remove-input"]}, "shown", "shown", "gone"),
    "remove_input": ({"tags": ["remove_input"]}, "shown", "shown", "gone"),
    "remove-output": ({"tags": ["remove-output"]}, "gone", "gone", "shown"),
    "remove_output": ({"tags": ["remove_output"]}, "gone", "gone", "shown"),
    "remove-outputs": ({"tags": ["remove-outputs"]}, "gone", "gone", "shown"),
    "remove-all-outputs": ({"tags": ["remove_all_outputs"]}, "gone", "gone", "shown"),
    "remove-single-output": ({"tags": ["remove-single-output"]}, "gone", "gone", "shown"),
    "remove-stdout": ({"tags": ["remove-stdout"]}, "gone", "shown", "shown"),
    "remove-stderr": ({"tags": ["remove-stderr"]}, "shown", "shown", "shown"),
    "hide-cell": ({"tags": ["hide-cell"]}, "folded", "folded", "folded"),
    "hide_cell": ({"tags": ["hide_cell"]}, "folded", "folded", "folded"),
    "hide-input": ({"tags": ["hide-input"]}, "shown", "shown", "folded"),
    "hide-output": ({"tags": ["hide-output"]}, "folded", "folded", "shown"),
    "hide-outputs": ({"tags": ["hide-outputs"]}, "folded", "folded", "shown"),
    "both": ({"tags": ["hide-cell", "remove-output"]}, "gone", "gone", "folded"),
    "outputs_hidden": ({"jupyter": {"outputs_hidden": True}}, "folded", "folded", "shown"),
    "outputs shown": ({"jupyter": {"outputs_hidden": False}}, "shown", "shown", "shown"),
    "source_hidden": ({"jupyter": {"source_hidden": True}}, "shown", "shown", "folded"),
    "collapsed": ({"collapsed": True}, "folded", "folded", "shown"),
    "hide_input": ({"hide_input": True}, "shown", "shown", "folded"),
    "hide_output": ({"hide_output": True}, "folded", "folded", "shown"),
    "nbsphinx": ({"nbsphinx": "hidden"}, "gone", "gone", "gone"),
    "mystnb source": ({"mystnb": {"remove_code_source": True}}, "shown", "shown", "gone"),
    "mystnb outputs": ({"mystnb": {"remove_code_outputs": True}}, "gone", "gone", "shown"),
    "transient": ({"transient": {"remove_source": True}}, "shown", "shown", "gone"),
    "layout": ({"tags": ["full-width", "margin", "scroll-output"], "scrolled": True}, "shown", "shown", "shown"),
    "slides": ({"slideshow": {"slide_type": "skip"}}, "shown", "shown", "shown"),
    "running": ({"tags": ["raises-exception", "skip-execution", "nbval-skip"]}, "shown", "shown", "shown"),
    "parameters": ({"tags": ["parameters"]}, "shown", "shown", "shown"),
    "own": ({"tags": ["draft", "核对"], "name": "x", "collapsed": False}, "shown", "shown", "shown"),
}


@pytest.fixture(scope="module")
def notebook(suqian_2024: Executed) -> NotebookNode:
    """The report with two cells of each kind: every word tells its row of the table and its column."""
    notebook = copy.deepcopy(suqian_2024.notebook)
    for number, (metadata, *_) in enumerate(CELLS.values()):
        outputs = [
            new_output("stream", name="stdout", text=f"甲乙{number:03d}\n"),
            new_output("display_data", {"text/plain": f"丙丁{number:03d}"}),
            new_output("display_data", {"text/plain": f"不见{number:03d}"}, metadata={"tags": ["remove-output"]}),
        ]
        code = new_code_cell("1", execution_count=40, outputs=outputs, metadata=copy.deepcopy(metadata))
        words = new_markdown_cell(f"戊己{number:03d}", metadata=copy.deepcopy(metadata))
        notebook.cells[-1:-1] = [code, words]
    return notebook


@pytest.fixture(scope="module")
def page(notebook: NotebookNode) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(exporters()[0].from_notebook_node(notebook)[0].encode())


@pytest.fixture(scope="module")
def print_(notebook: NotebookNode) -> str:
    pages = pypdf.PdfReader(io.BytesIO(exporters()[1].from_notebook_node(notebook)[0])).pages
    return "".join("".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_has_the_fate_that_it_asks_for(page: lxml.html.HtmlElement, print_: str, name: str) -> None:
    number = list(CELLS).index(name)
    folded = "".join(element.text_content() for element in page.iter("details"))
    for word, fate in zip(("甲乙", "丙丁", "戊己"), CELLS[name][1:], strict=True):
        told = f"{word}{number:03d}"
        assert (told in page.text_content()) == (told in print_) == (fate != "gone"), told
        assert (told in folded) == (fate == "folded"), told
    assert f"不见{number:03d}" not in page.text_content() + print_


def test_every_row_of_the_tables_is_tried() -> None:
    tried = [metadata for metadata, *_ in CELLS.values()]
    tags = {tag.replace("_", "-") for metadata in tried for tag in metadata.get("tags", ())}  # type: ignore[attr-defined]
    assert tags >= set(TAGS)
    for first, *rest in METADATA:
        assert any(first in metadata and (not rest or rest[0] in str(metadata[first])) for metadata in tried)


def test_what_is_folded_says_how_it_is_unfolded(page: lxml.html.HtmlElement) -> None:
    assert {element.text_content() for element in page.iter("summary")} == {"展开查看"}
