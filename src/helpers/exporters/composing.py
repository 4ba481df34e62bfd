"""What a reader sees of an executed notebook, piece by piece in order, ready for either exporter to set down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nbformat import NotebookNode

from helpers.display import TYPST
from helpers.errors import BuildError
from helpers.exporters import widgets
from helpers.exporters.glyphs import markup_text
from helpers.exporters.kinds import markup_of
from helpers.exporters.output import Output
from helpers.exporters.pieces import about as about_of
from helpers.exporters.positions import Position, position
from helpers.exporters.sources import Sources
from helpers.hypertext import Outline, Tree, outlines, parse

_SIGNS = re.compile("[\u0300-\u036f\u2000-\u2bff\U0001d400-\U0001d7ff]")


@dataclass(frozen=True)
class Own:
    """An output that this package made itself: `about` says what it is, its page and its print are both ready."""

    position: Position
    about: Mapping[str, Any]
    data: Mapping[str, str]
    folded: bool

    @property
    def words(self) -> str:
        """What of its text might need a rare glyph."""
        return markup_text(self.data["text/html"])


@dataclass(frozen=True)
class Added:
    """What an analyst has added, as allow-listed HTML."""

    position: Position
    tree: Tree
    folded: bool

    @property
    def words(self) -> str:
        """Its text; the signs of formulas are in a font of their own, which has them all."""
        parts = (
            _SIGNS.sub("", text) if text.getparent().xpath("ancestor-or-self::math") else text
            for text in self.tree.body.xpath(".//text()")
        )
        return "".join(parts)


Exhibit = Own | Added


def outlined(seen: Iterable[Exhibit]) -> Iterator[tuple[Exhibit, Outline]]:
    """Everything that is seen, with the headings above it: of any level, in any cell, they have no gap."""
    everything = list(seen)
    parts = [one.data.get("text/html", "") if isinstance(one, Own) else one.tree for one in everything]
    return zip(everything, outlines(parts), strict=True)


@dataclass(frozen=True)
class Composer:
    """Composes what is seen for one exporter; pictures in files are looked for in `folder`. Fills `notes` (Chinese)."""

    exporter: Literal["html", "pdf"]
    folder: Path | None
    notes: list[str]

    def seen(self, shown: NotebookNode) -> Iterator[Exhibit]:
        """Everything in a notebook that holds only what is shown; BuildError names what cannot be."""
        states = widgets.states(shown.metadata)
        for number, cell in enumerate(shown.cells):
            at = position(number, cell)
            if cell.cell_type == "code":
                yield from self._outputs(cell, at, states)
            else:
                kind = "markdown" if cell.cell_type == "markdown" else f"raw/{_raw_format(cell.metadata)}"
                yield from self._added(Output({kind: cell.source}, {}, at, notes=self.notes), cell)

    def _outputs(self, cell: NotebookNode, at: Position, states: Mapping[str, Any]) -> Iterator[Exhibit]:
        folded = bool(cell.metadata.get("folded"))
        bundles = [_bundle(output) for output in cell.outputs]
        beside = frozenset(kind for bundle in bundles for kind in bundle)
        for output, bundle in zip(cell.outputs, bundles, strict=True):
            if about := about_of(output):
                yield Own(at, about, bundle, folded)
            elif TYPST in bundle and "text/html" in bundle:
                yield Own(at, {}, bundle, folded)
            else:
                yield from self._added(Output(bundle, output.get("metadata", {}), at, beside, states, self.notes), cell)

    def _added(self, output: Output, cell: NotebookNode) -> Iterator[Exhibit]:
        if markup := markup_of(output, self.exporter):
            sources = Sources(cell.get("attachments", {}), self.folder)
            try:
                yield Added(output.position, parse(markup, sources.embedded), bool(cell.metadata.get("folded")))
            except BuildError as problem:
                raise BuildError(f"{output.position}: {problem}") from None


def _bundle(output: NotebookNode) -> Mapping[str, Any]:
    if output.output_type == "stream":
        return {f"stream/{output.name}": output.text}
    if output.output_type == "error":
        return {"error": "\n".join(output.traceback) or f"{output.ename}: {output.evalue}"}
    return dict(output.data)


def _raw_format(metadata: Mapping[str, Any]) -> str:
    return str(metadata.get("raw_mimetype") or metadata.get("format") or "").lower()
