"""Executed notebook → PDF, typeset by Typst checked against PDF/A-2a and PDF/UA-1.

The page itself, after GB/T 9704, is `templates/report_pdf/report.typ`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import typst
from nbformat import NotebookNode

from helpers.display import TYPST, literal
from helpers.errors import BuildError
from helpers.exporters.composing import Added, Exhibit, outlined
from helpers.exporters.fonts import folders, prints_code, roles
from helpers.exporters.pictures import named, svg_figure
from helpers.exporters.pieces import ReportPiece
from helpers.exporters.whole import TEMPLATES, WholeReportExporter
from helpers.faces import FIXED, spread, unusual
from helpers.hypertext import to_typst

PARTS = ("report.typ", "additions.typ")
"""The document's template: the report's own page, and what analysts add to it."""


class ReportPDFExporter(WholeReportExporter):
    """`jupyter nbconvert --to report_pdf`: the page the office prints and signs."""

    kind = "pdf"
    export_from_notebook = "Annual report (PDF)"
    output_mimetype = "application/pdf"

    def _file_extension_default(self) -> str:
        return ".pdf"

    def _template_extension_default(self) -> str:
        return ".typ.j2"

    def _template_name_default(self) -> str:
        return "report_pdf"

    def from_notebook_node(  # type: ignore[override]  # nbconvert's annotation is wrong for every exporter
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF's bytes; raises BuildError with the compiler's own words where it refuses the document."""
        body, whole, resources = self.body(nb, resources, **kw)
        about = whole.title
        resources["output_extension"] = ".pdf"
        return typeset(body, str(about["title"]), str(about["body"]), dt.date.fromisoformat(about["date"])), resources

    def rendered(self, piece: ReportPiece) -> str:
        """A piece as it stands in the document; of a chart, what names it."""
        return piece.data[TYPST] if TYPST in piece.data else named(piece.about)

    def set_down(self, seen: Iterable[Exhibit]) -> Iterator[str]:
        """What is seen as Typst markup; paper cannot be folded open, so all of it."""
        for one, outline in outlined(seen):
            if isinstance(one, Added):
                yield to_typst(one.tree, outline=outline)
            else:
                yield one.data[TYPST] if TYPST in one.data else svg_figure(one.data["image/svg+xml"], one.about)


def typeset(body: str, title: str, author: str, date: dt.date) -> bytes:
    """Compile a document of our template: `title` and `author` as metadata, dated `date` whenever it is made."""
    standing_in = spread(unusual(body))
    needed = [*standing_in, *([FIXED] if prints_code(body) else [])]
    compiler, families = _compiler(folders(needed), formulas="#math.equation(" in body or "#formula(" in body)
    template = "\n".join((TEMPLATES / "report_pdf" / name).read_text(encoding="utf-8") for name in PARTS)
    source = (
        f"#let faces = ({roles(families, standing_in)})\n{template}\n"
        f"#show: report.with(title: {literal(title)}, author: {literal(author)}, "
        f"date: datetime(year: {date.year}, month: {date.month}, day: {date.day}))\n\n{body}\n"
    )
    noon = int(dt.datetime(date.year, date.month, date.day, 12, tzinfo=dt.UTC).timestamp())
    try:
        pdf = compiler.compile(
            source.encode("utf-8"), format="pdf", pdf_standards=["a-2a", "ua-1"], timestamp=noon, sys_inputs=None
        )
    except typst.TypstError as problem:
        raise BuildError(_refusal(problem)) from None
    assert isinstance(pdf, bytes)
    return pdf


def _refusal(problem: typst.TypstError) -> str:
    """What the compiler says, and for a character that no font has (rare surnames, emoji) what to do."""
    missing = re.findall(r'the text `"(.+?)"` could not be displayed', problem.diagnostic)
    if missing:
        return (
            f"The PDF cannot show {', '.join(dict.fromkeys(missing))}: no font at hand has it. "
            "Replace the character, or name a folder with a font that has it in GONGKAI_FONTS."
        )
    return f"Typst cannot set this report: {problem.message}\n{problem.diagnostic}"


@cache
def _compiler(folders: tuple[str, ...], formulas: bool) -> tuple[typst.Compiler, frozenset[str]]:
    """The typesetter's own fonts have the signs of mathematics; without formulas nothing is to come from them."""
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=formulas, font_paths=list(folders))
    return typst.Compiler(b"", font_paths=fonts), frozenset(fonts.families())
