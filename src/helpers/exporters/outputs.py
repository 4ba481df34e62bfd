"""Reading an executed notebook: what its outputs say about themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from nbformat import NotebookNode

from helpers.errors import BuildError

HIDDEN_TAGS = frozenset({"remove_cell", "remove-cell", "parameters", "injected-parameters"})
"""Cells that are for the analyst, not for the reader. The first two spellings are nbconvert's and Jupyter Book's."""


def abouts(notebook: NotebookNode) -> Iterator[tuple[Mapping[str, Any], NotebookNode]]:
    """Every output that this package made: its `gongkai` metadata and the output itself."""
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            metadata = output.get("metadata", {})
            about = metadata.get("gongkai") or metadata.get("image/svg+xml", {}).get("gongkai")
            if about:
                yield about, output


def title_of(notebook: NotebookNode) -> Mapping[str, Any]:
    """What the title cell says: body, title, year, form, date. A notebook without one is no report."""
    for about, _ in abouts(notebook):
        if about.get("kind") == "title":
            return about
    raise BuildError(
        "This notebook holds no report: no cell shows `title(report)`, or it has not been executed. "
        "Run it first, e.g. papermill notebooks/annual_report.ipynb out.ipynb -f params/COUNTY/YEAR/params.yml."
    )


def record_of(notebook: NotebookNode) -> Mapping[str, Any]:
    """What `stop_if_wrong(report)` hands on: `files`, `tables`, `charts`, `warnings`."""
    for about, _ in abouts(notebook):
        if about.get("kind") == "record":
            return about
    raise BuildError("No cell of this notebook shows `stop_if_wrong(report)`: an unchecked report is not published.")


def charts_of(notebook: NotebookNode) -> dict[str, str]:
    """Chart id → SVG, in the order shown."""
    return {
        str(about["chart"]): str(output["data"]["image/svg+xml"])
        for about, output in abouts(notebook)
        if "chart" in about
    }


def ids_of(notebook: NotebookNode, kind: str) -> tuple[str, ...]:
    """The ids of all fragments of one kind (`table`, `section`), in the order shown."""
    return tuple(str(about["id"]) for about, _ in abouts(notebook) if about.get("kind") == kind)


def visible(cell: NotebookNode) -> bool:
    """Whether a cell is for the reader."""
    return not HIDDEN_TAGS & set(cell.get("metadata", {}).get("tags", ()))


def nothing_lost(notebook: NotebookNode, body: str, rendered: Callable[[NotebookNode], str]) -> None:
    """Raise BuildError unless everything this package shows in the notebook's visible cells stands in `body`.

    `rendered` gives an output's text as the body holds it. A template that passes over a kind of output must not
    be able to drop a table from a published report.
    """
    for about, output in abouts(notebook):
        if rendered(output).strip() not in body:
            raise BuildError(f"The exporter lost {dict(about)}: its template does not show this kind of output.")
