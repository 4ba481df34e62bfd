"""Run a notebook through the stock engine and through ours, and compare cell by cell."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from typing import Any

import papermill
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from papermill.engines import NotebookExecutionManager

MAY_DIFFER = (
    (r"ipykernel_\d+", "ipykernel_N"),  # the process number, in the name of a cell's file
    (r"0x[0-9a-f]{6,}", "0xADDRESS"),
    (r"\d[\d.,e+]* ?(ns|[µμ]s|ms|s|min)\b", "TIME"),
    (r"(?<=[#\"])[mp][0-9a-f]{10}\b", "SVG-ID"),  # matplotlib salts its ids afresh in each figure
    (r"<dc:date>[^<]*", "DATE"),
)


def notebook(*sources: str, tags: Sequence[str] = ()) -> NotebookNode:
    """A notebook of code cells, each with these tags."""
    cells = [new_code_cell(source, metadata={"tags": list(tags)}) for source in sources]
    kernel = {"name": "python3", "language": "python", "display_name": "Python 3"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel, "language_info": {"name": "python"}})


def run(nb: Any, engine: str | None = "forked", **options: Any) -> NotebookNode:
    """Execute without a progress bar; the notebook may be a path."""
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # ipykernel does not capture descriptors where it sees this
    return papermill.execute_notebook(nb, None, engine_name=engine, progress_bar=False, **options)


def run_to_error(nb: NotebookNode, engine: str | None = "forked", **options: Any) -> tuple[NotebookNode, Exception]:
    """Execute a notebook that fails: what was executed, and papermill's error."""
    seen: list[NotebookNode] = []

    class Keep(NotebookExecutionManager):
        def notebook_complete(self, **kwargs: Any) -> None:
            seen.append(self.nb)
            super().notebook_complete(**kwargs)

    papermill.engines.NotebookExecutionManager, original = Keep, NotebookExecutionManager
    try:
        run(nb, engine, **options)
    except Exception as error:
        return seen[0], error
    finally:
        papermill.engines.NotebookExecutionManager = original
    raise AssertionError("the notebook was expected to fail")


def texts(nb: NotebookNode) -> list[str]:
    """The text each cell printed or ended in."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    return ["".join(o.get("text", o.get("data", {}).get("text/plain", "")) for o in c.outputs) for c in cells]


def comparable(cell: NotebookNode) -> dict[str, Any]:
    """What two runs of a cell must have in common.

    Neighbouring pieces of one stream are joined: where a stream is cut depends on a clock.
    """
    outputs: list[dict[str, Any]] = []
    for output in json.loads(json.dumps(cell.get("outputs", []))):
        last = outputs[-1] if outputs else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            outputs.append(output)
    text = json.dumps(outputs, ensure_ascii=False, indent=1)
    for pattern, replacement in MAY_DIFFER:
        text = re.sub(pattern, replacement, text)
    metadata = cell.metadata
    return {
        "source": cell.source,
        "count": cell.get("execution_count"),
        "outputs": text.splitlines(),
        "status": metadata.get("papermill", {}).get("status"),
        "timings": sorted(metadata.get("execution", {})),
    }


def assert_same(nb: NotebookNode, stock: NotebookNode) -> None:
    """Our run of a notebook equals stock's, in every cell and in the notebook's own metadata."""
    assert len(nb.cells) == len(stock.cells)
    for ours, theirs in zip(nb.cells, stock.cells, strict=True):
        assert comparable(ours) == comparable(theirs)
    assert nb.metadata.get("language_info") == stock.metadata.get("language_info")
