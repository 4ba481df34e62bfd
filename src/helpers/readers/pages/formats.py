"""The formats that published reports come in: a new one is one entry here and one module."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from pathlib import Path

from helpers.errors import DocumentError
from helpers.readers.pages.document import Document

_INSTALL = "pip install 'gongkai[read]'"


@dataclass(frozen=True)
class Format:
    """How files of one format are called and read.

    `reader` is `module:function`, imported when a file of that format is read, so that no library is needed before;
    the function takes the file's path and bytes. `member` is what of a ZIP archive tells the format: a file's name in
    it, and what that file begins with.
    """

    reader: str
    suffixes: tuple[str, ...]
    member: tuple[str, bytes] | None = None


FORMATS = {
    "html": Format("html:read_html", (".html", ".htm", ".shtml", ".mht", ".mhtml")),
    "docx": Format("office:read_docx", (".docx",), ("word/document.xml", b"")),
    "odt": Format("office:read_odt", (".odt",), ("mimetype", b"application/vnd.oasis.opendocument.text")),
    "pdf": Format("pdf:read_pdf", (".pdf",)),
    "txt": Format("txt:read_txt", (".txt",)),
    "xlsx": Format("xlsx:read_xlsx", (".xlsx",), ("xl/workbook.xml", b"")),
}
"""Name → format, in the order in which messages list them."""

NAMES = " or ".join(", ".join(map(str.upper, FORMATS)).rsplit(", ", 1))
"""All of them as a message names them."""


def open_document(path: Path, data: bytes, name: str) -> Document:
    """The texts and grids of a file in the format called `name`; raises DocumentError for one that cannot be read."""
    module, function = FORMATS[name].reader.split(":")
    try:
        reader = getattr(importlib.import_module(f"{__package__}.{module}"), function)
        document = reader(path, data)
    except ImportError as missing:
        raise DocumentError(
            path, f"the library {missing.name} to read {name.upper()} with", "it is not installed", _INSTALL
        ) from None
    assert isinstance(document, Document)
    return document
