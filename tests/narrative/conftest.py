"""Reports to write about: each form with one value in every cell, and a real county-year without its own prose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from helpers.folder import read_report
from helpers.forms import get_form
from helpers.narrative import compose
from helpers.report import AnnualReport, Body, Draft

PARAMS = Path(__file__).parents[2] / "params"
DRAFT = Path("county/2024/narrative.md")


@pytest.fixture
def filled() -> Callable[[str, int | None], AnnualReport]:
    """`filled("2021", 0)`: a report on that form with the same value (or None) in every cell."""

    def build(form_id: str, value: int | None) -> AnnualReport:
        form = get_form(form_id)
        cells = {
            address: None if value is None else Decimal(value) if cell.kind == "decimal" else value
            for address, cell in form.cells.items()
        }
        return AnnualReport(Body("甲县人民政府", "甲县"), form.spec.years.first, form, cells)

    return build


@pytest.fixture
def undrafted() -> AnnualReport:
    """宿迁市 2024, with 2023 as the year before and nothing written."""
    return replace(read_report("321300-suqian", 2024, PARAMS), draft=None)


@pytest.fixture
def written(undrafted: AnnualReport) -> Callable[[str], Mapping[str, str]]:
    """`written(markdown)`: the text of 宿迁市 2024 with a narrative.md of that content."""

    def build(text: str) -> Mapping[str, str]:
        return compose(replace(undrafted, draft=Draft(DRAFT, text))).text

    return build
