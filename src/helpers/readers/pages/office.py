"""DOCX and ODT → texts and grids, through pandoc, which keeps row and column spans."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
import zlib
from pathlib import Path

from lxml import etree

from helpers.errors import DocumentError
from helpers.readers.pages.document import Document
from helpers.readers.pages.html import from_markup

# A report takes pandoc a third of a second; a file that takes a minute was made to.
_SECONDS = 60

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

# No statutory table has more; this bound only stops a hostile count of columns from filling memory.
_COLUMNS = 1000

_FILLER = "\ue000"
_FILLERS = re.compile(rf"<tr>\s*(<td>{_FILLER}</td>\s*)+</tr>")


def read_docx(path: Path, data: bytes) -> Document:
    """A Word file as texts and grids; raises DocumentError where pandoc cannot read it."""
    return from_markup(_pandoc(path, data, "docx", "a Word file"))


def read_odt(path: Path, data: bytes) -> Document:
    """An OpenDocument text as texts and grids; raises DocumentError where pandoc cannot read it."""
    expected = "an OpenDocument text"
    try:
        filled = _filled(data)
    except (KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile, zlib.error, OSError) as problem:
        raise _damaged(path, "odt", expected, str(problem)) from None
    return from_markup(_FILLERS.sub("", _pandoc(path, filled, "odt", expected)))


def _filled(data: bytes) -> bytes:
    """The file with one more row in every table, of a cell a column.

    Pandoc takes a table to be as wide as its row with the most cells and drops what stands right of that; in a table
    of headings over several rows and columns (form table 三) no row has a cell in every column.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as copy:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "content.xml":
                root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))
                for table in root.iter(f"{_TABLE}table"):
                    row = etree.SubElement(table, f"{_TABLE}table-row")
                    columns = table.iterchildren(f"{_TABLE}table-column")
                    width = sum(int(column.get(f"{_TABLE}number-columns-repeated", 1)) for column in columns)
                    for _ in range(min(width, _COLUMNS)):
                        cell = etree.SubElement(row, f"{_TABLE}table-cell")
                        etree.SubElement(cell, f"{_TEXT}p").text = _FILLER
                content = etree.tostring(root)
            copy.writestr(name, content)
    return buffer.getvalue()


def _pandoc(path: Path, data: bytes, name: str, expected: str) -> str:
    from pypandoc import get_pandoc_path

    command = [get_pandoc_path(), f"--from={name}", "--to=html", "--wrap=none", "--sandbox", "--quiet"]
    limits = ["+RTS", "-M1G", "-RTS"]
    try:
        done = subprocess.run([*command, *limits], input=data, capture_output=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise DocumentError(
            path, expected, f"one that takes longer than {_SECONDS} s", "The file is not trusted."
        ) from None
    if done.returncode:
        raise _damaged(path, name, expected, done.stderr.decode("utf-8", errors="replace"))
    return done.stdout.decode("utf-8")


def _damaged(path: Path, name: str, expected: str, why: str) -> DocumentError:
    found = f"a damaged one ({' '.join(why.split())[:160]})"
    return DocumentError(path, f"{expected} (.{name})", found, "Download it again.")
