"""The exchange format as JSON Schema, derived from a form: which addresses there are and what each may hold."""

from __future__ import annotations

from typing import Any

from helpers.forms import Cell, Form
from helpers.report import SCHEMA

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def json_schema(form: Form) -> Schema:
    """The schema of `data.json` for reports of `form`; blank is null, and every address must be there.

    Titles are the Chinese row and column, descriptions the form's definition and legal article. A published report
    may print a group of rows as one: such an address is allowed beside those of the form.
    """
    cells = {address: _cell(cell) for address, cell in form.cells.items()}
    texts = ["preface", *(section.id for section in form.prose_sections)]
    strings = {"type": "object", "additionalProperties": {"type": "string"}}
    doubt = _closed({"address": {"type": "string"}, "why": {"type": "string"}})
    parts: Schema = {
        "schema": {"const": SCHEMA},
        "body": {"type": "string", "minLength": 1},
        "code": {"type": ["string", "null"]},
        "year": {"type": "integer", "minimum": form.spec.years.first, "maximum": form.spec.years.last},
        "form": {"const": form.id},
        "cells": {
            "type": "object",
            "properties": cells,
            "required": list(cells),
            "patternProperties": {_groups(form): {"type": ["number", "null"]}},
            "additionalProperties": False,
        },
        "notes": strings,
        "text": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in texts},
            "additionalProperties": False,
        },
        "source": strings,
        "uncertain": {"type": "array", "items": doubt},
    }
    return {"$schema": DIALECT, "title": f"{form.title} {form.id}", "description": form.spec.document, **_closed(parts)}


def _cell(cell: Cell) -> Schema:
    kind = "number" if cell.kind == "decimal" else "integer"
    schema: Schema = {"title": cell.name, "description": "；".join(filter(None, [cell.definition, cell.article]))}
    schema |= {"type": [kind, "null"], "x-unit": cell.unit}
    return schema if cell.kind == "signed" else {**schema, "minimum": 0}


def _groups(form: Form) -> str:
    """A pattern for the addresses of row groups, which have no cells of their own on the form."""
    groups = sorted(address for address, heading in form.headings.items() if heading.role == "group")
    return f"^({'|'.join(group.replace('.', chr(92) + '.') for group in groups) or '(?!)'})\\.[a-z0-9_]+$"


def _closed(properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
