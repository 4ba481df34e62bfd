"""The ways by which a notebook gets out: the build of a target, and the two exporters that nbconvert calls."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from helpers.batch.build import Executed, exporters, publish
from helpers.batch.targets import Target
from helpers.batch.task import Task
from helpers.errors import BuildError
from helpers.exporters.pieces import ReportPiece, pieces

ROOT = Path(__file__).parents[2]
Ran = Callable[..., Executed]
PARAMS = ROOT / "params"
MASTER = ROOT / "notebooks" / "annual_report.ipynb"


def task_of(county: str, year: int, folder: Path, params: Path = PARAMS) -> Task:
    out, notebook, scratch = (folder / name for name in ("out", MASTER.name, "scratch"))
    return Task(Target(county, year), params, out, notebook, "forked", scratch=scratch)


def put(at: int, source: str) -> Callable[[NotebookNode], None]:
    """Edits a notebook: a cell more."""
    return lambda notebook: notebook.cells.insert(at, new_code_cell(source))


def edited(before: str, after: str) -> Callable[[NotebookNode], None]:
    """Edits a notebook: other words in the one cell that has them."""

    def edit(notebook: NotebookNode) -> None:
        (cell,) = (cell for cell in notebook.cells if before in cell.source)
        cell.source = cell.source.replace(before, after)

    return edit


def refusals(executed: Executed, notebook: NotebookNode) -> Iterator[tuple[str, str | None]]:
    """Each door with what it says to `notebook` in the place of what was executed; None where it lets it pass."""
    result = publish(replace(executed, notebook=notebook))
    yield "build", result.error
    for name, exporter in zip(("report_html", "report_pdf"), exporters(), strict=True):
        yield name, _said(lambda exporter=exporter: exporter.from_notebook_node(notebook))


def refused(executed: Executed, notebook: NotebookNode, *words: str) -> None:
    """Assert that no door is open, and that each says all of the words."""
    for door, said in refusals(executed, notebook):
        assert said is not None, f"{door} lets it pass"
        assert [word for word in words if word not in said] == [], f"{door}: {said}"
        assert "fault of the program" not in said, f"{door}: {said}"


def shown(notebook: NotebookNode) -> list[ReportPiece]:
    """The pieces of the report in a notebook, the record of its check left out."""
    return [piece for piece in pieces(notebook) if piece.name != "record"]


def find(notebook: NotebookNode, name: str) -> tuple[int, int]:
    """In which cell a piece stands, and as which of its outputs."""
    for number, cell in enumerate(notebook.cells):
        for at, output in enumerate(cell.get("outputs", ())):
            about = output.get("metadata", {}).get("gongkai", {})
            if name == f"{about.get('kind')} {about.get('id', '')}".strip():
                return number, at
    raise LookupError(name)


def _said(call: Callable[[], object]) -> str | None:
    try:
        call()
    except BuildError as problem:
        return str(problem)
    return None
