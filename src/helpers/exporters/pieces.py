"""The pieces that this package shows in a notebook: found by the metadata of outputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from nbformat import NotebookNode

from helpers.exporters.positions import Position, position
from helpers.exporters.visibility import Hiding, hiding

KINDS = ("title", "preface", "section", "table", "chart", "closing", "record")


class ReportPiece(NamedTuple):
    """One piece: kind and id (`table requests`), its metadata, its content by MIME type, its cell, what hides it."""

    name: str
    about: Mapping[str, Any]
    data: Mapping[str, str]
    cell: Position
    hidden: Hiding | None

    def __str__(self) -> str:
        return f"{self.name} in {self.cell}"


def about(output: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """What an output of ours says of itself; None for anybody else's."""
    said = output.get("metadata", {}).get("gongkai")
    return said if isinstance(said, Mapping) and said.get("kind") in KINDS else None


def pieces(notebook: NotebookNode) -> Iterator[ReportPiece]:
    """Every piece in the order in which the notebook shows it, also those that its readers do not see."""
    for number, cell in enumerate(notebook.cells):
        for output in cell.get("outputs", ()):
            if said := about(output):
                name = f"{said['kind']} {said['id']}" if "id" in said else said["kind"]
                yield ReportPiece(name, said, output["data"], position(number, cell), hiding(cell, output))
