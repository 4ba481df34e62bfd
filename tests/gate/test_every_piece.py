"""Every piece of a report × everything that can happen to it: no door lets the notebook pass, each names the piece."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping

import pytest
from doors import find, refused, shown
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from helpers.batch.build import Executed

HIDING_TAGS = (
    "remove_cell", "remove-cell", "remove_output", "remove-output", "remove_all_outputs", "remove-outputs",
    "hide_cell", "hide-cell", "hide_output", "hide-output",
)  # fmt: skip
HIDING_METADATA: Mapping[str, Mapping[str, object]] = {
    "jupyter.outputs_hidden": {"jupyter": {"outputs_hidden": True}},
    "collapsed": {"collapsed": True},
    "hide_output": {"hide_output": True},
    "nbsphinx": {"nbsphinx": "hidden"},
    "mystnb.remove_code_outputs": {"mystnb": {"remove_code_outputs": True}},
}


def removed(notebook: NotebookNode, number: int, at: int) -> None:
    del notebook.cells[number].outputs[at]


def doubled(notebook: NotebookNode, number: int, at: int) -> None:
    notebook.cells[number].outputs.insert(at, copy.deepcopy(notebook.cells[number].outputs[at]))


def moved_down(notebook: NotebookNode, number: int, at: int) -> None:
    output = notebook.cells[number].outputs.pop(at)
    notebook.cells.append(new_code_cell("", outputs=[output]))


def moved_up(notebook: NotebookNode, number: int, at: int) -> None:
    output = notebook.cells[number].outputs.pop(at)
    notebook.cells.insert(0, new_code_cell("", outputs=[output]))


def emptied(notebook: NotebookNode, number: int, at: int) -> None:
    """As `%%capture` leaves it, or a semicolon."""
    notebook.cells[number].outputs = []


def never_run(notebook: NotebookNode, number: int, at: int) -> None:
    notebook.cells[number].outputs, notebook.cells[number].execution_count = [], None


def edited_on_the_page(notebook: NotebookNode, number: int, at: int) -> None:
    notebook.cells[number].outputs[at].data["text/html"] += "<p>另有3件。</p>"


def edited_in_print(notebook: NotebookNode, number: int, at: int) -> None:
    data = notebook.cells[number].outputs[at].data
    data["text/vnd.typst" if "text/vnd.typst" in data else "image/svg+xml"] += " "


def renamed(notebook: NotebookNode, number: int, at: int) -> None:
    """Its metadata are those of another piece."""
    notebook.cells[number].outputs[at].metadata.gongkai.kind = "closing"


def relabelled(notebook: NotebookNode, number: int, at: int) -> None:
    notebook.cells[number].outputs[at].metadata.gongkai.report.fingerprint = "0" * 16


Mutation = Callable[[NotebookNode, int, int], None]
MUTATIONS: Mapping[Mutation, str] = {
    removed: "lacks", doubled: "is shown 2 times", moved_down: "stands after", moved_up: "stands after",
    emptied: "lacks", never_run: "not executed", edited_on_the_page: "Run the notebook again",
    edited_in_print: "Run the notebook again", relabelled: "Run the notebook again",
}  # fmt: skip


@pytest.mark.parametrize(("mutation", "words"), MUTATIONS.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_a_piece_that_is_not_as_it_was_shown_is_named(suqian_2024: Executed, mutation: Mutation, words: str) -> None:
    stays = {moved_up: "title", moved_down: "closing"}.get(mutation)
    for piece in (piece for piece in shown(suqian_2024.notebook) if piece.name != stays):
        notebook = copy.deepcopy(suqian_2024.notebook)
        mutation(notebook, *find(notebook, piece.name))
        refused(suqian_2024, notebook, piece.name, words)


def test_a_piece_under_the_name_of_another_is_found(suqian_2024: Executed) -> None:
    for piece in shown(suqian_2024.notebook)[:-1]:
        notebook = copy.deepcopy(suqian_2024.notebook)
        renamed(notebook, *find(notebook, piece.name))
        refused(suqian_2024, notebook, f"closing {piece.about.get('id', '')}".strip(), "Run the notebook again")


@pytest.mark.parametrize("tag", HIDING_TAGS)
def test_a_piece_that_a_tag_hides_is_named_with_the_tag(suqian_2024: Executed, tag: str) -> None:
    for piece in shown(suqian_2024.notebook):
        notebook = copy.deepcopy(suqian_2024.notebook)
        notebook.cells[find(notebook, piece.name)[0]].metadata.tags = ["mine", tag]
        refused(suqian_2024, notebook, piece.name, f"Hidden by its tag `{tag}`: ")


@pytest.mark.parametrize("name", HIDING_METADATA)
def test_a_piece_that_metadata_hide_is_named_with_them(suqian_2024: Executed, name: str) -> None:
    for piece in shown(suqian_2024.notebook):
        notebook = copy.deepcopy(suqian_2024.notebook)
        notebook.cells[find(notebook, piece.name)[0]].metadata |= HIDING_METADATA[name]
        refused(suqian_2024, notebook, piece.name, f"Hidden by its metadata `{name}`: ")


def test_a_piece_that_its_own_tag_removes_is_named(suqian_2024: Executed) -> None:
    for piece in shown(suqian_2024.notebook):
        notebook = copy.deepcopy(suqian_2024.notebook)
        number, at = find(notebook, piece.name)
        notebook.cells[number].outputs[at].metadata.tags = ["remove_output"]
        refused(suqian_2024, notebook, piece.name, "Hidden by its tag `remove_output`: ")


@pytest.mark.parametrize(("other", "whose"), [("year", "宿迁市人民政府 2023"), ("county", "淮安市人民政府 2024")])
def test_a_piece_of_another_report_is_named_with_whose_it_is(
    suqian_2024: Executed, others: Mapping[str, NotebookNode], other: str, whose: str
) -> None:
    tried = 0
    for piece in shown(others[other]):
        notebook = copy.deepcopy(suqian_2024.notebook)
        try:
            number, at = find(notebook, piece.name)
        except LookupError:
            continue
        there, its = find(others[other], piece.name)
        notebook.cells[number].outputs[at] = others[other].cells[there].outputs[its]
        refused(suqian_2024, notebook, piece.name, f"Of {whose}, not of 宿迁市人民政府 2024: ")
        tried += 1
    assert tried > 20
