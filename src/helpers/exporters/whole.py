"""What both exporters have in common: nothing is emitted of a notebook that does not pass the gate."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode

from helpers.exporters.gate import Whole, require_in, require_whole
from helpers.exporters.glyphs import passages, require_glyphs
from helpers.exporters.pieces import ReportPiece
from helpers.exporters.positions import number_cells
from helpers.exporters.visibility import shown


class WholeReportExporter(TemplateExporter):
    """A template exporter whose template gets what readers are to see, once that is known to be a whole report.

    `resources` may name the `target` that the report is asked for, and get the `whole` report that was found.
    """

    def rendered(self, piece: ReportPiece) -> str:
        """A piece as the template's output has it."""
        raise NotImplementedError

    def body(self, nb: NotebookNode, resources: dict[str, Any] | None, **kw: Any) -> tuple[str, Whole, dict[str, Any]]:
        """What the template makes of the notebook, and the report in it; BuildError where it is not whole."""
        made, filled = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        whole: Whole = filled["whole"]
        require_in(made, whole.seen, self.rendered)
        return made, whole, filled

    def _preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The gate stands behind nbconvert's own steps: these may execute the notebook, or take parts of it away."""
        number_cells(nb)
        ran = {cell.get("id"): cell.get("execution_count") for cell in nb.cells}
        done, resources = super()._preprocess(nb, resources)
        for cell in done.cells:
            # Nbconvert takes the count away together with outputs that it is configured to remove.
            if cell.cell_type == "code" and cell.execution_count is None:
                cell.execution_count = ran.get(cell.get("id"))
        about = resources["metadata"]
        name = "The notebook" if about.get("path") is None else f"{about['name']}.ipynb"
        resources["whole"] = require_whole(done, name, resources.get("target"))
        require_glyphs(passages(done))
        return shown(done), resources
