"""Office files are ZIP archives of XML: unpacked and looked over here, so that no library meets a stranger's own."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from helpers.errors import DocumentError

# A DOCX of 200 cells unpacks to about 2 MB.
MAX_UNPACKED = 256 * 1024 * 1024

# A report has some 20 files and 20,000 elements; ten times that takes pandoc and openpyxl tens of seconds.
_FILES = 10_000
_ELEMENTS = 300_000

_ENTRY = b"PK\x01\x02"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, KeyError)
"""What Python's reader raises at archives: the last three for methods it lacks, for passwords and for lost entries."""


def look_into(path: Path, data: bytes) -> zipfile.ZipFile:
    """The archive with its list of files; raises DocumentError for one that is damaged, locked or far too large."""
    if data.count(_ENTRY) > _FILES:
        raise _refused(path, "an archive of too many files", "No report is one; the file is not trusted.")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN:
        raise _refused(path, "a truncated or damaged Office file", "Download it again.") from None
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED:
        found = f"an archive that unpacks to {unpacked / 2**20:.0f} MB"
        raise _refused(path, found, "No report does; the file is not trusted.")
    if any(entry.flag_bits & 1 for entry in entries):
        raise _refused(path, "an encrypted archive", "Save it without a password.")
    return archive


def unpack(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    """One file of the archive, as long as its list says; raises DocumentError where it is longer or damaged."""
    try:
        entry = archive.getinfo(name)
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise NotImplementedError
        with archive.open(entry) as file:
            # By a length: without one Python unpacks all there is before it looks at what the list says.
            return file.read(entry.file_size + 1)
    except _BROKEN:
        raise _refused(path, "a truncated or damaged Office file", "Download it again.") from None


def unpack_all(path: Path, data: bytes) -> dict[str, bytes]:
    """Every file of the archive by its name."""
    with look_into(path, data) as archive:
        return {name: unpack(path, archive, name) for name in archive.namelist() if not name.endswith("/")}


def pack(files: Mapping[str, bytes]) -> bytes:
    """The files as an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def parse(path: Path, name: str, content: bytes) -> etree._Element:
    """The XML of one file; raises DocumentError where it is none or declares entities."""
    try:
        root = etree.fromstring(content, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as problem:
        why = " ".join(str(problem).split())[:160]
        raise _refused(path, f"a damaged one ({Path(name).name}: {why})", "Download it again.") from None
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]  # the stubs lack it
        raise _refused(path, f"one whose {name} declares a document type", "No program writes that; do not trust it.")
    return root


def written(path: Path, name: str, root: etree._Element) -> bytes:
    """The XML as text; raises DocumentError for more of it than a report has."""
    if sum(1 for _ in root.iter()) > _ELEMENTS:
        raise _refused(path, f"one with more than {_ELEMENTS:,} elements in {name}", "Name the report alone.")
    return bytes(etree.tostring(root))


def _refused(path: Path, found: str, remedy: str) -> DocumentError:
    return DocumentError(path, "a report in an Office file", found, remedy)
