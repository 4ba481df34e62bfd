"""The YAML files of a params folder: what each may say."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from pydantic import Field, HttpUrl, TypeAdapter, field_validator

from helpers.yamlfile import Strict


class Contact(Strict):
    """How the public reaches the office; every part is printed as given."""

    office: str | None = None
    address: str | None = None
    postcode: str | None = None
    telephone: str | None = None
    email: str | None = None


class CountyFile(Strict):
    """`county.yml`: the body whose reports stand in this folder."""

    name: str = Field(min_length=1)
    body: str = Field(min_length=1)
    level: Literal["province", "prefecture", "county", "town", "department"]
    superior: str | None = None
    site: str | None = None
    contact: Contact = Contact()

    @field_validator("site")
    @classmethod
    def _site_is_an_address(cls, value: str | None) -> str | None:
        if value is not None:
            TypeAdapter(HttpUrl).validate_python(value)
        return value


class SourceEntry(Strict):
    """Where the figures come from; `statement` is printed, discreetly, at the end of the report."""

    title: str
    url: str | None = None
    checksum: str | None = None
    statement: str | None = None


class AcknowledgementEntry(Strict):
    """A warning the county has looked at: which rule, at which address, and why it stands."""

    rule: str
    address: str
    reason: str = Field(min_length=1)


class ReportFile(Strict):
    """`report.yml`: the year's sources, dates, acknowledged warnings and, rarely, its own notebook."""

    source: SourceEntry | None = None
    published: dt.date | None = None
    acknowledged: list[AcknowledgementEntry] = []
    notebook: str | None = None


class ParamsFile(Strict):
    """`params.yml`: exactly the notebook's parameters."""

    county: str = Field(pattern=r"^\d{6}-[a-z0-9]+(-[a-z0-9]+)*$")
    year: int = Field(ge=1900, le=2999)
