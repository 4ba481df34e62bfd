"""What of a notebook its readers see: tags and metadata of cells mean here what they mean elsewhere in Jupyter.

- `remove-…` (Jupyter Book, nbconvert's documentation) takes away; so does nbsphinx's `hidden`. What nbconvert is
  configured to remove is gone before it gets here.
- `hide-…` (Jupyter Book) and JupyterLab's own hiding and collapsing fold: on the page a click unfolds it. Paper
  cannot be clicked; there, as in Jupyter Book's PDF, it stands open.
- A code cell's input is never shown. To remove or hide the input of a Markdown or raw cell is to remove or hide it.
- Everything else is about layout (`full-width`, `margin`, `scroll-output`, `scrolled`), slides (`slideshow`), running
  (`skip-execution`, `raises-exception`) or papermill (`parameters`), or somebody's own, and changes nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from nbformat import NotebookNode


class Treatment(NamedTuple):
    """What becomes of which parts of a cell: its `source`, its `outputs`, of these its `stdout` or `stderr` alone."""

    removes: bool
    parts: tuple[str, ...]


TAGS: Mapping[str, Treatment] = {
    "remove-cell": Treatment(True, ("source", "outputs")),
    "remove-input": Treatment(True, ("source",)),
    "remove-output": Treatment(True, ("outputs",)),
    "remove-outputs": Treatment(True, ("outputs",)),
    "remove-all-outputs": Treatment(True, ("outputs",)),
    "remove-single-output": Treatment(True, ("outputs",)),
    "remove-stdout": Treatment(True, ("stdout",)),
    "remove-stderr": Treatment(True, ("stderr",)),
    "hide-cell": Treatment(False, ("source", "outputs")),
    "hide-input": Treatment(False, ("source",)),
    "hide-output": Treatment(False, ("outputs",)),
    "hide-outputs": Treatment(False, ("outputs",)),
}
"""Tags of cells, and where they remove of single outputs; each may be written with `_` as well."""

METADATA: Mapping[tuple[str, ...], tuple[object, str]] = {
    ("jupyter", "outputs_hidden"): (True, "hide-output"),
    ("jupyter", "source_hidden"): (True, "hide-input"),
    ("collapsed",): (True, "hide-output"),
    ("hide_input",): (True, "hide-input"),
    ("hide_output",): (True, "hide-output"),
    ("nbsphinx",): ("hidden", "remove-cell"),
    ("mystnb", "remove_code_source"): (True, "remove-input"),
    ("mystnb", "remove_code_outputs"): (True, "remove-output"),
    ("transient", "remove_source"): (True, "remove-input"),
}
"""Other metadata of cells: where it stands, with which value, and the tag that means the same."""

_NAMES = frozenset(name for name, *_ in METADATA)
_ASKS = re.compile(r"(remove|hide)[-_]")


class Hiding(NamedTuple):
    """That something is removed, or else folded, and by what: a tag or metadata as its author knows it."""

    removed: bool
    by: str


def hiding(cell: NotebookNode, output: NotebookNode | None = None) -> Hiding | None:
    """What keeps a reader from seeing a cell's output, or without one its source; None where nothing does."""
    parts = {"source"} if output is None else {"outputs", str(output.get("name", ""))}
    found = [Hiding(treatment.removes, by) for treatment, by in _asked(cell.metadata) if parts & {*treatment.parts}]
    own = [] if output is None else _tags(output.get("metadata", {}))
    found += [Hiding(True, by) for treatment, by in own if treatment.removes and parts & {*treatment.parts}]
    return max(found, default=None)


def shown(notebook: NotebookNode) -> NotebookNode:
    """A copy that holds what readers see; a cell that is to be unfolded first has the metadata `folded`."""
    return NotebookNode({**notebook, "cells": [kept for cell in notebook.cells for kept in seen(cell)]})


def seen(cell: NotebookNode) -> Iterator[NotebookNode]:
    """A copy of the cell with what readers see of it; none where they see nothing."""
    if cell.cell_type == "code":
        outputs = [(output, hiding(cell, output)) for output in cell.outputs]
        kept = [output for output, hidden in outputs if not (hidden and hidden.removed)]
        folded = any(hidden and not hidden.removed for _, hidden in outputs)
        if kept:
            yield NotebookNode({**cell, "outputs": kept, "metadata": _with(cell, folded)})
    elif not ((hidden := hiding(cell)) and hidden.removed):
        yield NotebookNode({**cell, "metadata": _with(cell, hidden is not None)})


def _with(cell: NotebookNode, folded: bool) -> NotebookNode:
    return NotebookNode({**cell.metadata, "folded": True}) if folded else cell.metadata


def _asked(metadata: Mapping[str, Any]) -> Iterator[tuple[Treatment, str]]:
    yield from _tags(metadata)
    if _NAMES.isdisjoint(metadata):
        return
    for (name, *below), (value, tag) in METADATA.items():
        found = metadata.get(name)
        for key in below:
            found = found.get(key) if isinstance(found, Mapping) else None
        if found == value:
            yield TAGS[tag], f"its metadata `{'.'.join((name, *below))}`"


def _tags(metadata: Mapping[str, Any]) -> Iterator[tuple[Treatment, str]]:
    for tag in metadata.get("tags", ()):
        if treatment := TAGS.get(tag.replace("_", "-")):
            yield treatment, f"its tag `{tag}`"


def unknown_tags(cell: NotebookNode) -> list[str]:
    """Tags that ask for something to be removed or hidden in words that nobody here knows: not to be passed over."""
    return [tag for tag in cell.metadata.get("tags", ()) if _ASKS.match(tag) and tag.replace("_", "-") not in TAGS]
