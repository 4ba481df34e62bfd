"""What a form file may say: the YAML's own shape, checked when it is read."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator

from helpers.yamlfile import Strict

Kind = Literal["whole", "signed", "decimal"]
Level = Literal["error", "warning"]

LAST_YEAR = "last_year."
"""What a term or an address begins with that is last year's."""


class Node(Strict):
    """A row or a column, or a heading over several. Only nodes with an `id` take part in addresses."""

    id: str | None = Field(None, pattern=r"^[a-z][a-z0-9_]*$")
    label: str = ""
    en: str = ""
    short: str | None = None
    variants: list[str] = []
    definition: str | None = None


class Column(Node):
    """A column; leaves say what is counted and how wide they print."""

    kind: Kind = "whole"
    unit: str = ""
    print_unit: bool = False
    span: int = Field(1, ge=1)
    columns: list[Column] = []


class Row(Node):
    """A row; `from_level` is the lowest level of government that can have anything to state in it."""

    from_level: Literal["town", "county", "prefecture", "province"] | None = None
    rows: list[Row] = []


class Block(Strict):
    """A run of rows under one header; a table of several blocks repeats headers in its middle."""

    article: str
    banner: str | None = None
    corner: str | None = None
    columns: list[Column] = Field(min_length=1)
    rows: list[Row] = Field(min_length=1)


class TableSpec(Strict):
    """A statutory table; `stub` is the number of columns that row headings take, `widths` are proportions."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    en: str
    stub: int = Field(ge=0)
    widths: list[int] = []
    blocks: list[Block] = Field(min_length=1)


class Part(Strict):
    """A sub-heading that the form suggests within a section of prose."""

    id: str
    title: str
    en: str
    variants: list[str] = []


class SectionSpec(Strict):
    """One of the report's sections; one that shares a table's id holds that table, the others prose."""

    id: str
    heading: str
    en: str
    variants: list[str] = []
    parts: list[Part] = []


class Law(Strict):
    """An identity the figures obey.

    `each: column`: the terms are row paths and the law holds in every column of the table;
    `each: row`: the terms are column ids and it holds in every row (or in `rows` alone). A term may carry a
    minus sign and the prefix `last_year.`; a row path that is a group stands for the sum of its leaves.
    `relation: differs` turns the identity into a suspicion: equal sides (other than zero) are the finding.
    """

    id: str
    level: Level
    table: str
    each: Literal["row", "column"]
    rows: list[str] = []
    relation: Literal["equals", "differs"] = "equals"
    left: list[str] = Field(min_length=1)
    right: list[str] = Field(min_length=1)
    title: str
    en: str
    basis: str


class Years(Strict):
    """The statistical years a form applies to; `to` is open while the form is in force."""

    first: int = Field(alias="from")
    last: int = Field(9999, alias="to")

    @model_validator(mode="after")
    def _run_forward(self) -> Years:
        if self.first > self.last:
            raise ValueError("a first year that is not after the last")
        return self


class FormSpec(Strict):
    """A whole form file."""

    form: str
    title: str
    document: str
    years: Years
    sections: list[SectionSpec] = Field(min_length=1)
    tables: list[TableSpec] = Field(min_length=1)
    laws: list[Law] = []

    @model_validator(mode="after")
    def _sections_hold_tables(self) -> FormSpec:
        missing = {table.id for table in self.tables} - {section.id for section in self.sections}
        if missing:
            raise ValueError(f"a section for every table (none for {', '.join(sorted(missing))})")
        return self
