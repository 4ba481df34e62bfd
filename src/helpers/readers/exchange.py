"""What gongkai itself wrote (`data.json`, `data.csv`) → the same report again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from helpers.digits import LONGEST, decimal_number, whole_number
from helpers.errors import DocumentError, InputError, Place
from helpers.forms import Form, all_forms, get_form
from helpers.opening import unprintable
from helpers.readers.identity import read_identity
from helpers.readers.pages.document import Document, Text
from helpers.readers.pages.sniff import read_bytes
from helpers.report import SCHEMA, AnnualReport, Body, Number, Source
from helpers.spreadsheets import as_written

FIRST_YEAR, LAST_YEAR = 1900, 2999


def read_json(path: Path, data: bytes) -> AnnualReport:
    """A report in the exchange format; raises DocumentError for one that is damaged or of another version."""
    try:
        content = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_int=whole_number, parse_float=_fraction,
            parse_constant=_fraction,
        )  # fmt: skip
        _look_over(content)
        return AnnualReport.from_dict(content)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError, InputError) as problem:
        why = f"no {problem}" if isinstance(problem, KeyError) else " ".join(str(problem).split())
        raise DocumentError(path, "a report as gongkai/1 JSON", why, "Write it again with --json.") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for key, value in pairs:
        if key in content:
            raise ValueError(f"the key {key!r} twice")
        content[key] = value
    return content


def _fraction(text: str) -> float:
    value = float(text)
    if not abs(value) < 10**LONGEST:
        raise ValueError(f"{text[:40]} in place of a figure")
    return value


_KINDS: dict[str, tuple[str, type | tuple[type, ...]]] = {
    "schema": ("text", str), "body": ("text", str), "code": ("text or null", (str, type(None))),
    "year": ("a whole number", int), "form": ("text", str), "cells": ("an object", dict),
    "notes": ("an object of texts", dict), "text": ("an object of texts", dict), "source": ("an object of texts", dict),
    "uncertain": ("a list", list),
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
    if not FIRST_YEAR <= content["year"] <= LAST_YEAR:
        raise ValueError(f"the year {content['year']}")
    form = get_form(content["form"])
    for address, value in content["cells"].items():
        # A group of rows printed as one row has cells of its own.
        if address not in form.cells and address not in form.groups:
            raise ValueError(f"the cell {address!r}, which form {form.id} does not have")
        if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
            raise ValueError(f"{value!r} in place of the figure of {address}")
    for address in form.cells:
        if address not in content["cells"]:
            raise ValueError(f"no cell {address}, not even a blank one")
    for doubt in content["uncertain"]:
        if not isinstance(doubt, dict) or not all(isinstance(text, str) for text in doubt.values()):
            raise ValueError("“uncertain” that is not a list of objects of texts")
    sections = ["preface", *(section.id for section in form.sections)]
    known = {"text": sections, "notes": content["cells"], "source": [field.name for field in fields(Source)]}
    for key, names in ({"": _KINDS} | known).items():
        if unknown := [name for name in (content[key] if key else content) if name not in names]:
            raise ValueError(f"the key {unknown[0]!r} under “{key}”" if key else f"the key {unknown[0]!r}")
    if bad := next(filter(None, map(unprintable, _texts(content))), None):
        raise ValueError(f"the control character {bad!r}")


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from _texts(value)


def read_csv(path: Path, data: bytes, checksum: str, body: str | None, year: int | None) -> AnnualReport:
    """`data.csv`: one cell a line with address, value and note.

    The cells name no body and no year; they come from a comment line with the report's title above the header, from
    `data.json` beside the file, or from the arguments.
    """
    try:
        lines = [line for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True) if line]
    except (ValueError, csv.Error) as problem:
        raise DocumentError(path, "data.csv in UTF-8", str(problem), "Export it again.") from None
    comments = [",".join(line).lstrip("# ") for line in lines if line[0].startswith("#")]
    header, *rows = [line for line in lines if not line[0].startswith("#")] or [[]]
    if not {"address", "value"} <= set(header):
        raise DocumentError(path, "the columns address and value", ",".join(header), "Export it again.")
    records = [dict(zip(header, row, strict=False)) for row in rows]
    form = _form(path, {record.get("address", "") for record in records})
    cells: dict[str, Number | None] = dict.fromkeys(form.cells)
    notes: dict[str, str] = {}
    seen: set[str] = set()
    for number, record in enumerate(records, 2):
        address = record.get("address", "")
        place = Place(path, number, address)
        if address in seen or (address not in form.cells and address not in form.groups):
            raise DocumentError(place, "every cell of the form once", f"`{address}`", "Export it again.")
        seen.add(address)
        cells[address] = _value(place, form, record.get("value", ""))
        if note := as_written(record.get("note", "")):
            if bad := unprintable(note):
                raise DocumentError(place, "printable text", f"the control character {bad!r}", "Delete it.")
            notes[address] = note
    identity = read_identity(Document(tuple(map(Text, comments))))
    beside = path.with_name("data.json")
    if identity.year is None and year is None and path.name == "data.csv" and beside.exists():
        known = read_json(beside, read_bytes(beside))
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


def _value(place: Place, form: Form, text: str) -> Number | None:
    text = text.strip()
    if not text:
        return None
    try:
        cell = form.cells.get(str(place.cell))
        return decimal_number(text) if cell and cell.kind == "decimal" else whole_number(text)
    except ValueError:
        raise DocumentError(place, "a figure of the form", f"“{text}”", "Export it again.") from None
