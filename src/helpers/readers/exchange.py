"""What gongkai itself wrote (`data.json`, `data.csv`) → the same report again."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from helpers.errors import DocumentError, InputError, Place
from helpers.forms import Form, all_forms, get_form
from helpers.readers.identity import read_identity
from helpers.readers.pages.document import Document, Text
from helpers.report import SCHEMA, AnnualReport, Body, Number, Source


def read_json(path: Path, data: bytes) -> AnnualReport:
    """A report in the exchange format; raises DocumentError for one that is damaged or of another version."""
    try:
        content = json.loads(data.decode("utf-8-sig"))
        _look_over(content)
        return AnnualReport.from_dict(content)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError, InputError) as problem:
        why = f"no {problem}" if isinstance(problem, KeyError) else " ".join(str(problem).split())[:160]
        raise DocumentError(path, "a report as gongkai/1 JSON", why, "Write it again with --json.") from None


_KINDS: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "body": ("text", str), "code": ("text or null", (str, type(None))), "year": ("a whole number", int),
    "form": ("text", str), "cells": ("an object", dict), "notes": ("an object of texts", dict),
    "text": ("an object of texts", dict), "source": ("an object of texts", dict), "uncertain": ("a list", list),
}  # fmt: skip


def _look_over(content: Any) -> None:
    """Raise ValueError where a value is not what the exchange format has in its place."""
    if not isinstance(content, dict):
        raise ValueError(f"a {type(content).__name__} in place of an object")
    if content.get("schema") != SCHEMA:
        return  # another version is told as such, whatever else it holds
    for key, (name, kind) in _KINDS.items():
        value = content[key]
        texts = value.values() if "of texts" in name and isinstance(value, dict) else ()
        if not isinstance(value, kind) or isinstance(value, bool) or any(not isinstance(text, str) for text in texts):
            raise ValueError(f"“{key}” that is not {name}")
    form = get_form(content["form"])
    # A group of rows printed as one row has cells of its own.
    if unknown := [address for address in content["cells"] if address not in form.cells and address not in form.groups]:
        raise ValueError(f"the cell {unknown[0]!r}, which form {form.id} does not have")
    for address in form.cells:
        if address not in content["cells"]:
            raise ValueError(f"no cell {address}, not even a blank one")
    for address, value in content["cells"].items():
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise ValueError(f"{value!r} in place of the figure of {address}")


def read_csv(path: Path, data: bytes, checksum: str, body: str | None, year: int | None) -> AnnualReport:
    """`data.csv`: one cell a line with address, value and note.

    The cells name no body and no year; they come from a comment line with the report's title above the header, from
    `data.json` beside the file, or from the arguments.
    """
    lines = data.decode("utf-8-sig", errors="replace").splitlines()
    comments = [line.lstrip("# ") for line in lines if line.startswith("#")]
    reader = csv.DictReader(io.StringIO("\n".join(line for line in lines if not line.startswith("#"))))
    if not {"address", "value"} <= set(reader.fieldnames or ()):
        raise DocumentError(
            path, "the columns address and value", ",".join(reader.fieldnames or ()), "Export it again."
        )
    rows = list(reader)
    form = _form(path, {str(row["address"]) for row in rows})
    cells: dict[str, Number | None] = dict.fromkeys(form.cells)
    notes: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        cells[row["address"]] = _value(Place(path, number, row["address"]), form, row)
        if row.get("note"):
            notes[row["address"]] = str(row["note"])
    identity = read_identity(Document(tuple(map(Text, comments))))
    beside = path.with_name("data.json")
    if identity.year is None and year is None and path.name == "data.csv" and beside.exists():
        known = read_json(beside, beside.read_bytes())
        body, year = known.body.name, known.year
    period = identity.year or year
    if period is None:
        raise DocumentError(path, "the year", "cells alone", "Name data.json instead, which says body and year.")
    return AnnualReport(
        body=Body(identity.body or body or ""), year=period, form=form, cells=cells, notes=notes,
        source=Source(title=path.name, checksum=checksum),
    )  # fmt: skip


def _form(path: Path, addresses: set[str]) -> Form:
    form = max(all_forms(), key=lambda form: (len(addresses & set(form.cells)), -len(form.cells)))
    if len(addresses & set(form.cells)) * 2 < len(form.cells):
        raise DocumentError(
            path, "the cells of a statutory form", f"{len(addresses)} other addresses", "Export it again."
        )
    return form


def _value(place: Place, form: Form, row: dict[str, str]) -> Number | None:
    text = (row["value"] or "").strip()
    if not text:
        return None
    try:
        number = Decimal(text)
        return number if form.cells[row["address"]].kind == "decimal" else int(text)
    except (InvalidOperation, ValueError, KeyError):
        raise DocumentError(place, "a figure of the form", f"“{text}”", "Export it again.") from None
