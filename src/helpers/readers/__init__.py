"""Published documents → `AnnualReport`: HTML, DOCX, PDF, TXT and XLSX, read exactly or not at all.

    bytes ─► sniff ─► html · docx · pdf · txt · xlsx ─► Document ─► align ─► cells, notes, uncertain ─► AnnualReport
                                                               └─► identity, prose ─► body, year, text

A format reader knows nothing of the form: it hands over texts and grids. What a label is called, where it stands and
what a defect may look like is the business of the form files and of the one alignment that all formats share.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from helpers.errors import DocumentError
from helpers.forms import Form, all_forms
from helpers.readers.alignment import Alignment, align, choose_form
from helpers.readers.document import Document
from helpers.readers.exchange import read_csv, read_json
from helpers.readers.identity import Identity, read_identity
from helpers.readers.into import write_year
from helpers.readers.prose import Prose, read_prose
from helpers.readers.sniff import Format, read_bytes, sniff
from helpers.report import AnnualReport, Body, Doubt, Source

__all__ = ["read_document", "write_year"]

# With fewer of its rows, a document is an article about a report, or the first page of one.
_ENOUGH = 0.5

_INSTALL = "pip install 'gongkai[read]'"


def read_document(path: Path | str, body: str | None = None, year: int | None = None) -> AnnualReport:
    """The report that the file at `path` publishes, every figure as printed.

    `cells` holds every address of the form: a number, or None for blank; what could not be read with certainty is
    None too and listed in `uncertain` with the reason. A mark such as “/” or “—” is None with the mark as its note.
    A group of rows printed as one row has its cells at the group's address (`requests.otherwise_handled.total`).
    `text` is Markdown by section; `source` names the title and the file's SHA-256. `body` and `year` are for
    documents that do not say them; what the document says comes first.

    Raises DocumentError for a file that holds no report, or cannot be read: where, what was expected, what was found
    and what to do, in one line.
    """
    file = Path(path)
    data = read_bytes(file)
    kind = sniff(file, data)
    checksum = "sha256:" + hashlib.sha256(data).hexdigest()
    if kind == "json":
        return read_json(file, data)
    if kind == "csv":
        return read_csv(file, data, checksum, body, year)
    try:
        document = _document(kind, file, data)
    except ImportError as missing:
        raise DocumentError(
            file, f"the library {missing.name} to read {kind.upper()} with", "it is not installed", _INSTALL
        ) from None
    return _report(file, document, checksum, body, year)


def _document(kind: Format, path: Path, data: bytes) -> Document:
    readers: dict[str, Callable[[], Document | None]] = {
        "html": lambda: _html(path, data),
        "txt": lambda: _txt(data),
        "docx": lambda: _docx(path, data),
        "xlsx": lambda: _xlsx(path, data),
        "pdf": lambda: _pdf(path, data),
    }
    document = readers[kind]()
    if document is None:
        raise DocumentError(
            path, "text in UTF-8, GB18030, Big5 or UTF-16", "bytes that none of them explains",
            "Look whether the file was downloaded completely.",
        )  # fmt: skip
    return document


# Each format's library is imported when a file of that format is read: what is not installed is not needed before.
def _html(path: Path, data: bytes) -> Document | None:
    from helpers.readers.html import read_html

    return read_html(path, data)


def _txt(data: bytes) -> Document | None:
    from helpers.readers.txt import read_txt

    return read_txt(data)


def _docx(path: Path, data: bytes) -> Document:
    from helpers.readers.docx import read_docx

    return read_docx(path, data)


def _xlsx(path: Path, data: bytes) -> Document:
    from helpers.readers.xlsx import read_xlsx

    return read_xlsx(path, data)


def _pdf(path: Path, data: bytes) -> Document:
    from helpers.readers.pdf import read_pdf

    return read_pdf(path, data)


def _report(path: Path, document: Document, checksum: str, body: str | None, year: int | None) -> AnnualReport:
    identity = read_identity(document)
    form = choose_form(document, all_forms(), identity.year or year)
    alignment = align(document, form)
    prose = read_prose(document, form, alignment, identity.body or body)
    _refuse_others(path, form, alignment, prose, identity)
    name, period = identity.body or body, identity.year or year
    if period is None:
        raise DocumentError(
            path, "a year in the title or the preface", f"the tables of form {form.id} and no year",
            "If it is a report and no blank form, say which year it is about.",
        )  # fmt: skip
    doubts = () if name else (Doubt("body", "the document does not say whose report it is"),)
    return AnnualReport(
        body=Body(name or "", code=None),
        year=period,
        form=form,
        cells=alignment.cells,
        notes=alignment.notes,
        text=prose.text,
        published=prose.published,
        source=Source(title=identity.title or path.name, checksum=checksum),
        uncertain=(*doubts, *alignment.uncertain),
    )


def _refuse_others(path: Path, form: Form, alignment: Alignment, prose: Prose, identity: Identity) -> None:
    """A document with less than half of the form's rows is no report; says what it lacks."""
    if alignment.rows >= alignment.expected * _ENOUGH:
        return
    missing = [table.title for table in form.tables.values() if table.id not in alignment.places]
    missing += [section.heading for section in form.prose_sections if section.id not in prose.headings]
    found = f"{alignment.rows} of {alignment.expected} rows of its tables"
    if missing:
        found += "; missing: " + ", ".join(missing)
    remedy = "Look whether the whole report is in this file: tables shown as pictures or in an attachment are not."
    raise DocumentError(path, f"an annual report{_title(identity)}", found, remedy)


def _title(identity: Identity) -> str:
    return f" (“{identity.title}”)" if identity.title else ""
