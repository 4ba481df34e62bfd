"""What both exporters have in common: nothing is emitted of a notebook that does not pass the gate."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

from nbconvert.exporters import TemplateExporter
from nbformat import NotebookNode, ValidationError
from nbformat.reader import NotJSONError
from traitlets.config import Application

from helpers.errors import GongkaiError
from helpers.exporters.composing import Composer, Exhibit
from helpers.exporters.gate import Whole, require_in, require_valid, require_whole
from helpers.exporters.glyphs import Passage, boxes, require_glyphs
from helpers.exporters.pieces import ReportPiece
from helpers.exporters.positions import number_cells
from helpers.exporters.visibility import shown
from helpers.visible import visible

TEMPLATES = Path(__file__).parent / "templates"


class WholeReportExporter(TemplateExporter):
    """An exporter whose template gets what readers are to see as `resources.seen`, in the exporter's own markup.

    `resources` may name the `target` that the report is asked for. It gets the `whole` report that was found, and
    `notes`: what the analyst should know although it stops nothing, in Chinese.
    """

    kind: Literal["html", "pdf"]

    def rendered(self, piece: ReportPiece) -> str:
        """A piece of the report as the exporter's output has it."""
        raise NotImplementedError

    def set_down(self, seen: Iterable[Exhibit]) -> Iterator[str]:
        """Everything that is seen, in the exporter's own markup."""
        raise NotImplementedError

    def body(self, nb: NotebookNode, resources: dict[str, Any] | None, **kw: Any) -> tuple[str, Whole, dict[str, Any]]:
        """What the template makes of the notebook, and the report in it; BuildError where it is not whole."""
        made, filled = TemplateExporter.from_notebook_node(self, nb, resources, **kw)
        whole: Whole = filled["whole"]
        require_in(made, whole.seen, self.rendered)
        return made, whole, filled

    def from_file(self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any) -> tuple[Any, Any]:
        """As nbconvert's own; on its command line a notebook that is refused is one message and no traceback."""
        try:
            return super().from_file(file_stream, resources, **kw)
        except (GongkaiError, NotJSONError, ValidationError) as problem:
            if not _on_command_line():
                raise
            said = str(problem) if isinstance(problem, GongkaiError) else f"not a notebook: {problem}".splitlines()[0]
            name = Path(getattr(file_stream, "name", "the notebook")).name
            told = said if said.startswith(name) else f"{name}: {said}"
            sys.exit("\n".join(map(visible, told.splitlines())))

    def _optimistic_validation_default(self) -> bool:
        return True  # check the notebook once, not around each of eleven preprocessors

    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def _preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """The gate stands behind nbconvert's own steps: these may execute the notebook, or take parts of it away."""
        about, notes = resources["metadata"], list[str]()
        folder = about.get("path")
        name = "The notebook" if folder is None else f"{about['name']}.ipynb"
        require_valid(nb, name)
        number_cells(nb)
        ran = {cell.get("id"): cell.get("execution_count") for cell in nb.cells}
        done = nb
        if self.preprocessors or self.config != self.default_config:  # else a copy would be all that comes of it
            done, resources = super()._preprocess(nb, resources)
        for cell in done.cells:
            # Nbconvert takes the count away together with outputs that it is configured to remove.
            if cell.cell_type == "code" and cell.execution_count is None:
                cell.execution_count = ran.get(cell.get("id"))
        resources["whole"] = require_whole(done, name, resources.get("target"))
        done = shown(done)
        without = {"code": self.exclude_code_cell or self.exclude_output, "markdown": self.exclude_markdown}
        without["raw"] = self.exclude_raw
        done.cells = [cell for cell in done.cells if not without.get(cell.cell_type)]
        seen = list(Composer(self.kind, None if folder is None else Path(folder), notes).seen(done))
        require_glyphs([*(Passage(str(one.position), one.words) for one in seen), *boxes(done)])
        resources["seen"] = list(self.set_down(seen))
        resources["notes"] = list(dict.fromkeys(notes))
        if _on_command_line():
            for note in resources["notes"]:
                self.log.warning(note)
        return done, resources


def _on_command_line() -> bool:
    """Whether this is the command `jupyter nbconvert`; asked by name, since importing it takes as long as a report."""
    return Application.initialized() and type(Application.instance()).__name__ == "NbConvertApp"
