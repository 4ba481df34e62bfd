"""The one table of what a notebook can put out: how a reader sees it, on the page and in print alike.

Every kind becomes HTML, which `hypertext` allows or refuses; the page is that, the print its typesetting. Of the
alternatives that an output offers, the first one in the table is taken. What is not in it stops the export.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal

from helpers.display import TYPST
from helpers.errors import BuildError
from helpers.exporters import renderings, widgets
from helpers.exporters.output import Output
from helpers.exporters.renderings import INSTEAD

Rendering = Callable[[Output, str], str | None]


@dataclass(frozen=True)
class OutputKind:
    """A row of the table: a MIME type or its pattern, and how it is shown, in words.

    `render` gives its HTML, "" where it is deliberately not shown, None where this one is not of the kind after all.
    A row without is refused with its `remedy`. `only` limits it to one exporter.
    """

    name: str
    how: str
    render: Rendering | None = None
    remedy: str = INSTEAD
    only: Literal["", "html", "pdf"] = ""


KINDS: tuple[OutputKind, ...] = (
    OutputKind("image/svg+xml", "drawn in the page, and as a drawing in print", renderings.drawing),
    OutputKind("text/latex", "a formula: MathML on the page, an equation in print", renderings.formula),
    *(OutputKind(mime, "embedded, as large as its author said", renderings.picture) for mime in renderings.RASTERS),
    OutputKind("application/vnd.vega*+json", "drawn by vl-convert (altair)", renderings.vega),
    OutputKind("application/vnd.plotly.v*+json", "drawn by kaleido (plotly)", renderings.plotly),
    OutputKind("application/vnd.bokehjs_*", "refused: a script"),
    OutputKind("application/javascript", "refused: a script"),
    OutputKind("text/html", "the elements and styles on the list; all else is refused", renderings.markup),
    OutputKind("text/markdown", "as a Markdown cell", renderings.markdown),
    OutputKind("text/x-rst", "set by docutils", renderings.restructured),
    OutputKind("text/restructuredtext", "set by docutils", renderings.restructured),
    OutputKind("application/json", "its text, indented", renderings.indented),
    OutputKind("application/geo+json", "its text, indented", renderings.indented),
    OutputKind(
        "application/vnd.jupyter.widget-view+json", "text as text, bars of progress not, others refused", widgets.still
    ),
    OutputKind("text/plain", "preformatted; refused where an object has no text of its own", renderings.plain),
    OutputKind(
        "stream/stdout", "preformatted: colours kept, overwritten lines as they ended", renderings.preformatted_text
    ),
    OutputKind("stream/stdin", "preformatted: what input() asked, and the answer", renderings.preformatted_text),
    OutputKind("stream/stderr", "not shown: it is for whoever runs the notebook", renderings.hidden),
    OutputKind("error", "its traceback, where the cell is tagged raises-exception", renderings.preformatted_text),
    OutputKind("markdown", "rendered, raw HTML as far as it is on the list", renderings.markdown),
    OutputKind("raw/", "preformatted", renderings.preformatted_text),
    OutputKind("raw/text/html", "only on the page, as far as it is on the list", renderings.markup, only="html"),
    OutputKind(f"raw/{TYPST}", "only in print, as text", renderings.preformatted_text, only="pdf"),
    OutputKind("raw/*", "not shown: it is meant for another format", renderings.hidden),
)
"""In order of preference. Cells and streams stand beside MIME types under names of our own."""


def markup_of(output: Output, exporter: str) -> str:
    """The HTML of an output for one exporter (html, pdf); BuildError says why it cannot be shown, and what to do."""
    if not output.bundle:
        return ""  # Jupyter shows nothing of it either
    for kind in KINDS:
        for name in output.bundle:
            if fnmatchcase(name, kind.name):
                if kind.render is None:
                    raise BuildError(f"{output.position}: {name} has no place in a report. {kind.remedy}")
                try:
                    markup = kind.render(output, name)
                except BuildError as problem:
                    raise BuildError(f"{output.position}, {name}: {problem}") from None
                if markup is not None:
                    return markup if kind.only in ("", exporter) else ""
    raise BuildError(f"{output.position}: {', '.join(output.bundle)} has no place in a report. {INSTEAD}")
