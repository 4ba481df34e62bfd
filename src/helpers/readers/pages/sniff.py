"""What a file is, by its content; and the files that are refused before anything is parsed."""

from __future__ import annotations

from pathlib import Path

from helpers import opening
from helpers.errors import DocumentError
from helpers.readers.pages.archive import look_into, unpack
from helpers.readers.pages.formats import FORMATS, NAMES

# The largest report seen is 3 MB (a PDF with scanned seals); a page with every picture inlined reaches 20.
MAX_BYTES = 64 * 1024 * 1024

_REPORT = f"a published annual report ({NAMES})"
_CONVERT = "Convert it first: soffice --headless --convert-to {target} “{name}”."


def read_bytes(path: Path) -> bytes:
    """The file's bytes; one that is missing, empty, far too large or no regular file is refused, mostly unread."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise DocumentError(path, _REPORT, "a folder", "Name a file.")
        if size > MAX_BYTES:
            raise DocumentError(
                path, f"at most {MAX_BYTES // 2**20} MB", f"{size / 2**20:.0f} MB",
                "No annual report is that large; look whether this is the right file.",
            )  # fmt: skip
    except (OSError, ValueError) as problem:
        raise DocumentError(path, "a readable file", opening.reason(problem), "Check its name.") from None
    data = opening.read_bytes(path, DocumentError, MAX_BYTES)
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentError(path, _REPORT, f"an empty file ({len(data)} bytes)", "Download it again.")
    return data


def sniff(path: Path, data: bytes) -> str:
    """The format `data` is in, whatever the file is called: one of FORMATS, or gongkai's own `json` or `csv`.

    Raises DocumentError for a file that cannot be read.
    """
    head = data[:1024].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _inside_zip(path, data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise _compound(path, data)
    if head.startswith(b"{\\rtf"):
        raise _refuse(path, "an RTF file", _CONVERT.format(target="docx", name=path.name))
    if _picture(head):
        raise _refuse(path, "a picture", "A scan holds no text: look for the web page or the Word file of the report.")
    if head.startswith(b"{") and b'"gongkai/' in data[:4096]:
        return "json"
    if head.startswith((b"address,", b"#")) and b"\naddress," in b"\n" + data[:4096]:
        return "csv"
    lowered = data[:20_000].replace(b"\0", b"").lower()
    if b"<html" in lowered or b"<!doctype html" in lowered or b"<table" in lowered or b"<body" in lowered:
        return "html"
    if b"<p" in lowered and b"</p>" in data.replace(b"\0", b"").lower():
        return "html"
    if path.suffix.lower() in FORMATS["html"].suffixes:
        return "html"
    if data[:4096].count(0) > len(data[:4096]) * 0.6 or (b"\0" in head and not _wide(data)):
        raise _refuse(path, "binary data of an unknown kind", "Look whether the file was downloaded completely.")
    return "txt"


def _wide(data: bytes) -> bool:
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[1:200:2].count(0) > 5 or data[0:200:2].count(0) > 5


def _refuse(path: Path, found: str, remedy: str) -> DocumentError:
    return DocumentError(path, _REPORT, found, remedy)


def _picture(head: bytes) -> bool:
    return head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")) and b"<" not in head[:16]


def _compound(path: Path, data: bytes) -> DocumentError:
    """The old Office container: its streams are named in UTF-16."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return _refuse(path, "a password-protected Office file", "Save it without a password.")
    if holds("WordDocument"):
        return _refuse(path, "a binary Word file (.doc)", _CONVERT.format(target="docx", name=path.name))
    if holds("Workbook") or holds("Book"):
        return _refuse(path, "a binary Excel file (.xls)", _CONVERT.format(target="xlsx", name=path.name))
    return _refuse(path, "a binary Office file", _CONVERT.format(target="docx", name=path.name))


def _inside_zip(path: Path, data: bytes) -> str:
    archive = look_into(path, data)
    names = set(archive.namelist())
    for name, kind in FORMATS.items():
        member, head = kind.member or ("", b"")
        if member in names and (not head or unpack(path, archive, member).startswith(head)):
            return name
    if "OFD.xml" in names:
        raise _refuse(path, "an OFD file", "Save it as PDF from an OFD reader.")
    if "content.xml" in names:
        raise _refuse(path, "an OpenDocument file that is no text", _CONVERT.format(target="xlsx", name=path.name))
    raise _refuse(path, "a ZIP archive", "Unpack it and name the file inside.")
