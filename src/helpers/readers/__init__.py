"""Published documents → `AnnualReport`: read exactly or not at all, in any format of `pages.formats`.

    pages   a file's bytes ─► Document: its texts and grids, and nothing that a form would have to explain
    table   Document + form ─► cells, notes, and what is uncertain
    here    Document + form ─► whose report it is, on which year, and its prose by section ─► AnnualReport

What a label is called, where it stands and what a defect may look like is the business of the form files and of the
one alignment that all formats share.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from helpers.errors import DocumentError
from helpers.forms import Form, all_forms
from helpers.readers.chapters import Prose, read_prose
from helpers.readers.exchange import read_csv, read_json
from helpers.readers.identity import Identity, read_identity
from helpers.readers.pages.document import LONGEST, Document
from helpers.readers.pages.formats import open_document
from helpers.readers.pages.sniff import read_bytes, sniff
from helpers.readers.table.alignment import Alignment, align, choose_form
from helpers.report import AnnualReport, Body, Doubt, Source

__all__ = ["read_document"]

# With fewer of its rows, a document is an article about a report, or the first page of one.
_ENOUGH = 0.5


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
    if kind in ("json", "csv"):
        report = read_json(file, data) if kind == "json" else read_csv(file, data, checksum, body, year)
        _refuse_endless(file, sum(map(len, (*report.text.values(), *report.notes.values()))))
        return report
    document = open_document(file, data, kind)
    _refuse_endless(file, document.characters)
    return _report(file, document, checksum, body, year)


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


def _refuse_endless(path: Path, characters: int) -> None:
    """Longer than any report: what the rooms above do with a text is linear, and yet takes minutes of millions."""
    if characters > LONGEST:
        found = f"{characters:,}"
        raise DocumentError(path, f"at most {LONGEST:,} characters of text", found, "Name the report alone.")


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
