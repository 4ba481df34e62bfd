"""`AnnualReport`: one body's one year, immutable, and the exchange format it is written in."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from helpers.forms import Form, get_form
from helpers.spreadsheets import harmless

if TYPE_CHECKING:
    import pandas as pd

Number = int | Decimal
SCHEMA = "gongkai/1"


@dataclass(frozen=True)
class Body:
    """The government body that publishes the report.

    `name` is the full legal name (东阿县人民政府), `short` what the prose calls it (东阿县); `level` is one of
    province, prefecture, county, town, department, or None where nobody has said.
    """

    name: str
    short: str | None = None
    code: str | None = None
    level: str | None = None
    superior: str | None = None
    site: str | None = None
    contact: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """A figure the statutory form does not count: `value` in `unit`, shown with others of its `group`."""

    id: str
    label: str
    value: Number
    unit: str
    group: str


@dataclass(frozen=True)
class Source:
    """Where the figures come from; `statement` is printed in the report."""

    title: str | None = None
    url: str | None = None
    checksum: str | None = None
    statement: str | None = None


@dataclass(frozen=True)
class Draft:
    """A county's own prose as written: Markdown with figures by reference."""

    path: Path
    text: str


@dataclass(frozen=True)
class Acknowledgement:
    """A warning that the county has looked at and explains."""

    rule: str
    address: str
    reason: str


@dataclass(frozen=True)
class Doubt:
    """A cell that a reader could not read with certainty, and why."""

    address: str
    why: str


@dataclass(frozen=True)
class AnnualReport:
    """One body's report on one year.

    `cells` holds every address of the form: a whole number, a Decimal (amounts, in the cell's unit) or None for
    blank. `notes` are footnotes by address, `text` is finished Markdown by prose section, `draft` what it was written
    from and `by_default` what the county left to the defaults; `indicators` are keyed by id.
    `previous` is the same body's report on the year before, where it is at hand.
    """

    body: Body
    year: int
    form: Form
    cells: Mapping[str, Number | None]
    notes: Mapping[str, str] = field(default_factory=dict)
    text: Mapping[str, str] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    draft: Draft | None = None
    by_default: tuple[str, ...] = ()
    published: dt.date | None = None
    source: Source = field(default_factory=Source)
    uncertain: tuple[Doubt, ...] = ()
    acknowledged: tuple[Acknowledgement, ...] = ()
    previous: AnnualReport | None = None

    def __post_init__(self) -> None:
        # Frozen means frozen: a caller's own dict must not change a report behind its back.
        for name in ("cells", "notes", "text", "indicators"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    def __reduce__(self) -> tuple[Any, ...]:
        """Reports travel between processes: the form by its id, which each process knows."""
        state = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        plain = {name: dict(value) for name, value in state.items() if isinstance(value, MappingProxyType)}
        return _arrived, (self.form.id, {**state, **plain, "form": None})

    @property
    def title(self) -> str:
        """The report's title without the body's name, e.g. 2020年政府信息公开工作年度报告."""
        return f"{self.year}年{self.form.title}"

    def value(self, address: str) -> Number | None:
        """The figure at `address`, or the sum of the cells below it where it is a group; None if any is blank.

        `requests.otherwise_handled.total` is one cell in form 2019 and the sum of three in form 2021, so that years
        compare across forms. Raises KeyError where the form has neither a cell nor a group of that name.
        """
        parts = self.contributors(address)
        values = [self.cells[part] for part in parts]
        if any(value is None for value in values):
            return None
        return sum(value for value in values if value is not None)

    def contributors(self, address: str) -> tuple[str, ...]:
        """The addresses of the cells whose sum `address` is: itself, or every leaf of the group in that column.

        A published 2021-form report that prints 其他处理 as one row has that row as a cell of its own.
        """
        if address in self.cells:
            return (address,)
        below = self.form.group(address)
        if not below:
            raise KeyError(address)
        return below

    @cached_property
    def printed(self) -> Mapping[str, tuple[str, ...]]:
        """The groups that this report prints as one row (其他处理) → the addresses of that row's cells."""
        rows: dict[str, tuple[str, ...]] = {}
        for address in self.cells:
            if address not in self.form.cells:
                row = address.rpartition(".")[0]
                rows[row] = (*rows.get(row, ()), address)
        return MappingProxyType(rows)

    @cached_property
    def fingerprint(self) -> str:
        """What tells this report from any other that differs in more than its `draft`; the same on every machine."""
        state = {entry.name: getattr(self, entry.name) for entry in fields(self) if entry.name != "draft"}
        return hashlib.sha256(json.dumps(state, default=_state, sort_keys=True).encode()).hexdigest()[:16]

    def prints(self, address: str) -> bool:
        """Whether the report has this cell; below a group that it prints as one row it has none, not even a blank."""
        row, _, column = address.rpartition(".")
        group = row.rpartition(".")[0]
        return f"{group}.{column}" not in self.printed.get(group, ())

    def with_cells(self, changes: Mapping[str, Number | None]) -> AnnualReport:
        """The same report with some cells changed; unknown addresses raise KeyError."""
        unknown = set(changes) - set(self.cells)
        if unknown:
            raise KeyError(", ".join(sorted(unknown)))
        return replace(self, cells={**self.cells, **changes})

    def frame(self, table: str) -> pd.DataFrame:
        """A statutory table for analysis: one row a form row (index: address), one column a form column.

        The first column is the Chinese label. Counts are nullable integers, amounts floats; what is blank, or not
        on the form, is missing.
        """
        import pandas as pd

        rows = self.form.tables[table].rows
        columns = self.form.tables[table].columns
        data: dict[str, Any] = {"label": [cells[0].row_label for cells in rows.values()]}
        for column in columns:
            values = [self.cells.get(f"{row}.{column}") for row in rows]
            # By what the form counts here, so that a column left blank has the type it will have filled in.
            kinds = {cell.kind for cells in rows.values() for cell in cells if cell.column == column}
            whole = "decimal" not in kinds and not any(isinstance(value, Decimal) for value in values)
            numbers = [None if value is None else int(value) if whole else float(value) for value in values]
            data[column] = pd.array(numbers, dtype="Int64" if whole else "Float64")
        return pd.DataFrame(data, index=pd.Index(list(rows), name="address"))

    def records(self) -> list[dict[str, str | None]]:
        """Every cell as one record: address, Chinese row and column, value as text, unit and note; blank is None."""
        return [
            {
                "address": address,
                "row": "－".join(cell.row_labels),
                "column": cell.column_label,
                "value": None if (value := self.cells.get(address)) is None else str(value),
                "unit": cell.unit,
                "note": self.notes.get(address),
            }
            for address, cell in self.form.cells.items()
        ]

    def long(self) -> pd.DataFrame:
        """Every cell as one row, for analysis; see `records`."""
        import pandas as pd

        return pd.DataFrame.from_records(self.records())

    def as_csv(self) -> str:
        """`records` as CSV text with a header line (`data.csv`); a blank is an empty field, no text a formula."""
        buffer = io.StringIO()
        records = self.records()
        writer = csv.DictWriter(buffer, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**record, "note": harmless(record["note"] or "")} for record in records)
        return buffer.getvalue()

    def as_dict(self) -> dict[str, Any]:
        """The exchange format `gongkai/1`: plain JSON values, blank is null."""
        return {
            "schema": SCHEMA,
            "body": self.body.name,
            "code": self.body.code,
            "year": self.year,
            "form": self.form.id,
            "cells": {address: _plain(value) for address, value in self.cells.items()},
            "notes": dict(self.notes),
            "text": dict(self.text),
            "source": {key: value for key, value in vars(self.source).items() if value is not None},
            "uncertain": [vars(doubt) for doubt in self.uncertain],
        }

    def as_json(self) -> str:
        """`as_dict` as text, one key a line, ending in a newline."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> AnnualReport:
        """The report that `as_dict` wrote; the form file decides which numbers are amounts."""
        if data.get("schema") != SCHEMA:
            raise ValueError(f"expected schema {SCHEMA}, found {data.get('schema')!r}")
        form = get_form(data["form"])
        return cls(
            body=Body(name=data["body"], code=data["code"]),
            year=data["year"],
            form=form,
            cells={address: _typed(form, address, value) for address, value in data["cells"].items()},
            notes=data["notes"],
            text=data["text"],
            source=Source(**data["source"]),
            uncertain=tuple(Doubt(**doubt) for doubt in data["uncertain"]),
        )


def _arrived(form: str, state: Mapping[str, Any]) -> AnnualReport:
    return AnnualReport(**{**state, "form": get_form(form)})


def _state(value: Any) -> Any:
    if isinstance(value, AnnualReport | Form):
        return value.fingerprint if isinstance(value, AnnualReport) else value.id
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, Decimal | dt.date) else vars(value)


def by_id(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """Indicators keyed by their id."""
    return {indicator.id: indicator for indicator in indicators}


def _typed(form: Form, address: str, value: float | None) -> Number | None:
    if value is None:
        return None
    cell = form.cells.get(address)
    amount = cell is not None and cell.kind == "decimal"
    # A fraction in a count stays one: that it may not be is for the rule DOMAIN to say, not for us to cut off.
    return Decimal(str(value)) if amount or value != int(value) else int(value)


def _plain(value: Number | None) -> float | int | None:
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
