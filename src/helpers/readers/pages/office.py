"""DOCX and ODT → texts and grids, through pandoc, which keeps row and column spans."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from lxml import etree

from helpers.digits import whole_number
from helpers.errors import DocumentError
from helpers.readers.pages.archive import pack, parse, unpack_all, written
from helpers.readers.pages.document import Document
from helpers.readers.pages.html import from_markup

_LIMITS = ("+RTS", "-M1G", "-RTS")

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_READ = re.compile(
    r"(?:word/.*|_rels/.*|\[Content_Types\]\.xml|mimetype|(?:Object [^/]*/)?content\.xml|styles\.xml"
    r"|META-INF/manifest\.xml|Pictures/.*|media/.*)",
    re.DOTALL,
)

# No statutory table has more of anything.
_REPEATED, _REPEATED_IN_ALL = 1000, 200_000
_COUNTS = (
    f"{_TABLE}number-columns-repeated", f"{_TABLE}number-columns-spanned", f"{_TABLE}number-rows-repeated",
    f"{_TABLE}number-rows-spanned", f"{_TEXT}c",
)  # fmt: skip

# As many levels as offices have; pandoc takes twice as long for each one more.
_LIST, _DEEPEST = f"{_TEXT}list", 10
_SPANS = frozenset(f"{_WORD}{name}" for name in ("gridSpan", "gridBefore", "gridAfter"))
_VALUE = f"{_WORD}val"

_NOTES = frozenset(f"{_WORD}{name}s" for name in ("footnote", "endnote", "comment"))
_REFERENCES = tuple(f"{_WORD}{name}Reference" for name in ("footnote", "endnote", "comment"))

_FILLER = "\ue000"
_FILLERS = re.compile(rf"<tr>\s*(<td>{_FILLER}</td>\s*)+</tr>")


def read_docx(path: Path, data: bytes) -> Document:
    """A Word file as texts and grids; raises DocumentError where pandoc cannot read it."""
    return from_markup(_pandoc(path, _plain(path, data), "docx", "a Word file"))


def read_odt(path: Path, data: bytes) -> Document:
    """An OpenDocument text as texts and grids; raises DocumentError where pandoc cannot read it."""
    return from_markup(_FILLERS.sub("", _pandoc(path, _plain(path, data), "odt", "an OpenDocument text")))


def _plain(path: Path, data: bytes) -> bytes:
    """The archive with what pandoc reads of it, its XML written anew and within bounds."""
    files = {name: content for name, content in unpack_all(path, data).items() if _READ.fullmatch(name)}
    for name in files:
        if name.endswith((".xml", ".rels")):
            root = parse(path, name, files[name])
            _look_over(path, root)
            if root.tag in _NOTES:
                _without_references(root)
            if name == "content.xml":
                _fill(root)
            files[name] = written(path, name, root)
    return pack(files)


def _look_over(path: Path, root: etree._Element) -> None:
    """Refuse counts of columns, rows and blanks that would be written out, or are none, and lists in lists in lists."""
    left = _REPEATED_IN_ALL
    for node in root.iter(etree.Element):
        counts = [node.get(name) for name in _COUNTS] + [node.get(_VALUE) if node.tag in _SPANS else None]
        for count in filter(None, counts):
            try:
                few = (number := whole_number(count)) <= _REPEATED
            except ValueError:
                few = False
            if not few:
                expected = f"at most {_REPEATED} columns, rows or blanks"
                raise DocumentError(path, expected, count, "Do not trust the file.")
            left -= number
    if left < 0:
        raise DocumentError(
            path, f"at most {_REPEATED_IN_ALL:,} columns, rows and blanks in all", "more", "Do not trust the file."
        )
    for node in root.iter(_LIST):
        if sum(1 for _ in node.iterancestors(_LIST)) >= _DEEPEST:
            raise DocumentError(path, f"at most {_DEEPEST} lists within lists", "more", "Do not trust the file.")


def _without_references(notes: etree._Element) -> None:
    """Take from notes what refers to notes: Word writes none there, and pandoc follows them in a circle."""
    for reference in list(notes.iter(*_REFERENCES)):
        parent = reference.getparent()
        assert parent is not None
        parent.remove(reference)


def _fill(root: etree._Element) -> None:
    """Add one more row to every table of an OpenDocument text, of a cell a column.

    Pandoc takes a table to be as wide as its row with the most cells and drops what stands right of that; in a table
    of headings over several rows and columns (form table 三) no row has a cell in every column.
    """
    for table in list(root.iter(f"{_TABLE}table")):
        row = etree.SubElement(table, f"{_TABLE}table-row")
        columns = table.iterchildren(f"{_TABLE}table-column")
        for _ in range(min(sum(int(column.get(_COUNTS[0], 1)) for column in columns), _REPEATED)):
            cell = etree.SubElement(row, f"{_TABLE}table-cell")
            etree.SubElement(cell, f"{_TEXT}p").text = _FILLER


def _pandoc(path: Path, data: bytes, name: str, expected: str) -> str:
    from pypandoc import get_pandoc_path

    command = [get_pandoc_path(), f"--from={name}", "--to=html", "--wrap=none", "--sandbox", "--quiet"]
    done = subprocess.run([*command, *_LIMITS], input=data, capture_output=True, check=False)
    if not done.returncode:
        return done.stdout.decode("utf-8", errors="replace")
    why = " ".join(done.stderr.decode("utf-8", errors="replace").split())
    if "memory" in why or "heap" in why:
        raise MemoryError
    raise DocumentError(path, f"{expected} (.{name})", f"a damaged one ({why[:160]})", "Download it again.")
