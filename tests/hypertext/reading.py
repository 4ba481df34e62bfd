"""Reading back what was made: by other parsers than those that the package uses."""

from __future__ import annotations

import datetime as dt
import io
import re
from html.parser import HTMLParser

import pdfplumber
from pypdf import PdfReader

from helpers.exporters.pdf import typeset
from helpers.hypertext import parse, to_typst


def pdf_of(markup: str) -> bytes:
    return typeset(to_typst(parse(markup)), "题", "某县", dt.date(2024, 1, 1))


def printed(markup: str) -> str:
    """The text of the PDF without white space and page numbers."""
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf_of(markup))).pages)
    return re.sub(r"[\s\u200b]|—\s*\d+\s*—", "", text)


def pages_of(markup: str) -> list[pdfplumber.page.Page]:
    return list(pdfplumber.open(io.BytesIO(pdf_of(markup))).pages)


class Page(HTMLParser):
    """Every tag and attribute of a page, and the cells of its tables, by Python's own tokenizer."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.cells: list[str] = []
        self._open = False
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag in ("td", "th", "caption"):
            self.cells.append("")
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in ("td", "th", "caption")

    def handle_data(self, data: str) -> None:
        if self._open:
            self.cells[-1] += data
