"""Executed notebook → one self-contained HTML page: no script, nothing fetched, its own font."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml.html import fragment_fromstring
from nbformat import NotebookNode

from helpers.errors import BuildError
from helpers.exporters.fonts import embedded
from helpers.exporters.pieces import ReportPiece
from helpers.exporters.whole import WholeReportExporter
from helpers.markup import to_html

TEMPLATES = Path(__file__).parent / "templates"

_HEADING = re.compile(r'<h([23])(?: id="([^"]*)")?>(.*?)</h\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ACTIVE = re.compile(r"<script\b|\son\w+\s*=\s*[\"']", re.IGNORECASE)
_RUNS = re.compile(r"(java|vb)script:|data:text", re.IGNORECASE)
_FETCHED = re.compile(
    r"<(?:img|link|iframe|object|embed|audio|video|source)\b[^>]*(?:src|href|data)\s*=\s*[\"']?https?:", re.I
)


@dataclass
class ContentsEntry:
    """A line of the table of contents and the lines below it."""

    id: str
    text: str
    below: list[ContentsEntry] = field(default_factory=list)


class ReportHTMLExporter(WholeReportExporter):
    """`jupyter nbconvert --to report_html`: the page that a government site publishes."""

    export_from_notebook = "Annual report (HTML)"
    output_mimetype = "text/html"

    def _file_extension_default(self) -> str:
        return ".html"

    def _optimistic_validation_default(self) -> bool:
        return True  # check the notebook once, not around each of eleven preprocessors

    def _template_name_default(self) -> str:
        return "report_html"

    def _extra_template_basedirs_default(self) -> list[str]:
        return [str(TEMPLATES)]

    def default_filters(self) -> Any:
        """Nbconvert's own filters, with Markdown rendered as everywhere else in this package."""
        yield from super().default_filters()
        yield "report_markdown", lambda source: to_html(source, shift=1)
        yield "inert", inert

    def rendered(self, piece: ReportPiece) -> str:
        """A piece as it stands in the page."""
        return piece.data["text/html"]

    def from_notebook_node(  # type: ignore[override]  # nbconvert's annotation is wrong for every exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The whole page; raises BuildError where an output carries script or would fetch something."""
        body, whole, resources = self.body(nb, resources, **kw)
        about = whole.title
        body, contents = with_contents(body)
        page = self.environment.get_template("page.html.j2")
        parts = {"about": about, "body": body, "contents": contents}
        text = _TAG.sub("", html.unescape(body)) + about["title"] + page.render(**parts, font="")
        return page.render(**parts, font=embedded(text, body)), resources


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


def inert(markup: str) -> str:
    """HTML of an output, refused if it could run a script or fetch something when the public opens it."""
    for what, excerpts in (
        ("a script", (markup[match.start() :] for match in _ACTIVE.finditer(markup))),
        ("a script", _running(markup)),
        ("a resource from another address", (markup[match.start() :] for match in _FETCHED.finditer(markup))),
    ):
        for excerpt in excerpts:
            raise BuildError(
                f"An output of the notebook carries {what}: {excerpt[:80]!r}. "
                "A published page stands alone; show a static table or figure instead."
            )
    return markup


def _running(markup: str) -> Iterator[str]:
    """Addresses that run something when they are followed; a sentence about `javascript:` is none of them."""
    if _RUNS.search("".join(html.unescape(markup).split())):
        for element in fragment_fromstring(markup, create_parent="div").iter():
            yield from (value for value in element.attrib.values() if _RUNS.match("".join(value.split())))
