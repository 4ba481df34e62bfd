"""Executed notebook → one self-contained HTML page: no script, nothing fetched, its own font."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nbformat import NotebookNode

from helpers.exporters.composing import Exhibit, Own, outlined
from helpers.exporters.fonts import embedded
from helpers.exporters.pieces import ReportPiece
from helpers.exporters.whole import WholeReportExporter
from helpers.hypertext import to_html, vet

_HEADING = re.compile(r'<h([23])(?: id="([^"]*)")?>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


@dataclass
class ContentsEntry:
    """A line of the table of contents and the lines below it."""

    id: str
    text: str
    below: list[ContentsEntry] = field(default_factory=list)


class ReportHTMLExporter(WholeReportExporter):
    """`jupyter nbconvert --to report_html`: the page that a government site publishes."""

    kind = "html"
    export_from_notebook = "Annual report (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def _template_name_default(self) -> str:
        return "report_html"

    def from_notebook_node(  # type: ignore[override]  # nbconvert's annotation is wrong for every exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The whole page; raises BuildError where an output carries script or would fetch something."""
        body, whole, resources = self.body(nb, resources, **kw)
        vet(body)
        body, contents = with_contents(body)
        page = self.environment.get_template("page.html.j2")
        parts = {"about": whole.title, "body": body, "contents": contents}
        text = _TAG.sub("", html.unescape(body)) + whole.title["title"] + page.render(**parts, font="")
        return page.render(**parts, font=embedded(text, body)), resources

    def rendered(self, piece: ReportPiece) -> str:
        """A piece as it stands in the page."""
        return piece.data["text/html"]

    def set_down(self, seen: Iterable[Exhibit]) -> Iterator[str]:
        """What is seen as HTML; what is to be folded opens at a click."""
        for one, outline in outlined(seen):
            markup = (
                one.data["text/html"] if isinstance(one, Own)
                else f'<div class="prose">{to_html(one.tree, headings=1, outline=outline)}</div>'
            )  # fmt: skip
            yield f'<details class="folded"><summary>展开查看</summary>{markup}</details>' if one.folded else markup


def with_contents(body: str) -> tuple[str, list[ContentsEntry]]:
    """The body with an id on every heading, and its table of contents."""
    contents: list[ContentsEntry] = []
    used: set[str] = set()

    def anchor(match: re.Match[str]) -> str:
        level, name, inner = match.groups()
        number = len(contents) if level == "2" else len(contents[-1].below) if contents else 0
        name = name or (f"{contents[-1].id}-{number + 1}" if level == "3" and contents else f"section-{number + 1}")
        while name in used:
            name += "-2"
        used.add(name)
        entry = ContentsEntry(name, html.unescape(_TAG.sub("", inner)))
        (contents[-1].below if level == "3" and contents else contents).append(entry)
        return f'<h{level} id="{name}">{inner}</h{level}>'

    return _HEADING.sub(anchor, body), contents
