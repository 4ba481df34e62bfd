"""The tables exactly as they are written today; `pytest --snapshot-update` accepts a change after looking at it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from helpers.forms import get_form, read_form
from helpers.report import AnnualReport, Body
from helpers.tables import as_html, as_typst


class HTML(SingleFileSnapshotExtension):
    """One readable page a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "html"


class Typst(SingleFileSnapshotExtension):
    """One readable Typst file a snapshot."""

    _write_mode = WriteMode.TEXT
    file_extension = "typ"


@pytest.fixture
def invented() -> AnnualReport:
    """A small report with every kind of figure, a blank, a note and a hostile one."""
    form = read_form((Path(__file__).parents[1] / "forms" / "invented.yaml").resolve())
    cells = dict.fromkeys(form.cells, 1) | {
        "hotline.balance.change": 24,
        "hotline.balance.cost": Decimal("60300.50"),
        "services.all.sum": None,
    }
    notes = {"hotline.calls.taken": "含上年度结转数量", "services.all.online": '<b>"粗"</b> \\ #x'}
    return AnnualReport(Body("某县人民政府"), 2031, form, cells, notes)


@pytest.mark.parametrize("name", ["services", "hotline"])
def test_an_invented_table(invented: AnnualReport, name: str, snapshot: SnapshotAssertion) -> None:
    assert as_html(invented, name) == snapshot(extension_class=HTML)
    assert as_typst(invented, name) == snapshot(extension_class=Typst)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", ["proactive_disclosure", "requests", "review"])
def test_a_statutory_table_left_blank(form: str, name: str, snapshot: SnapshotAssertion) -> None:
    blank = AnnualReport(Body("某县人民政府"), 2020, get_form(form), dict.fromkeys(get_form(form).cells))
    blank = replace(blank, year=2020 if form == "2019" else 2024)
    assert as_html(blank, name) == snapshot(extension_class=HTML)
    assert as_typst(blank, name) == snapshot(extension_class=Typst)
