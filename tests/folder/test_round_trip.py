"""A folder written and read again is the same report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.folder import counties, notebook_of, read_report, year_folder, years
from helpers.folder.csvfile import read_indicators, read_table, write_indicators, write_table
from helpers.folder.new import new_year
from helpers.forms import get_form
from helpers.integrity import check
from helpers.report import AnnualReport, Indicator, by_id
from strategies import consistent_reports, text

Published = Callable[[AnnualReport], dict[str, int | Decimal]]


@given(st.data())
def test_a_table_written_is_the_table_read(tmp_path: Path, data: st.DataObject) -> None:
    """Guards every kind of cell, blanks, and notes full of brackets, commas, quotes and line breaks."""
    report = data.draw(consistent_reports())
    table = report.form.tables[data.draw(st.sampled_from(list(report.form.tables)))]
    addresses = st.sampled_from([cell.address for cell in table.cells])
    blank = data.draw(st.sets(addresses, max_size=5))
    cells = {cell.address: None if cell.address in blank else report.cells[cell.address] for cell in table.cells}
    written = data.draw(
        st.dictionaries(addresses, (text(1) | st.just('一\n二,"三"')).map(str.strip).filter(bool), max_size=5)
    )
    notes = {address: note for address, note in written.items() if address not in blank}
    write_table(tmp_path / "t.csv", table, cells, notes, ("一行说明", 'with, commas and "quotes"'))
    assert read_table(tmp_path / "t.csv", table) == (cells, notes)


@given(st.lists(st.tuples(st.from_regex(r"[a-z_][a-z0-9_]{0,9}", fullmatch=True), text(1), text()), max_size=8))
def test_indicators_written_are_the_indicators_read(tmp_path: Path, drawn: list[tuple[str, str, str]]) -> None:
    values = [Decimal("0.5"), 7, 0, Decimal("33.90"), 12345, 3, 4, 5]
    indicators = by_id(
        Indicator(name, label.strip() or "名", value, unit.strip(), "渠道")
        for (name, label, unit), value in zip(drawn, values, strict=False)
    )
    write_indicators(tmp_path / "i.csv", indicators, ("说明",))
    assert read_indicators(tmp_path / "i.csv") == indicators


def test_the_examples_hold_the_published_figures(example: AnnualReport, published: Published) -> None:
    """Backtest: the 198 or 200 cells of each real county-year, against figures taken from the published documents."""
    assert dict(example.cells) == published(example)


def test_the_form_of_an_amount_as_published_is_kept_as_a_note(donge: AnnualReport) -> None:
    assert donge.cells["proactive_disclosure.procurement.amount"] == Decimal(60300)
    assert donge.notes == {"proactive_disclosure.procurement.amount": "原公布为6.03亿元"}


def test_the_year_before_comes_along_where_its_folder_is_there(suqian: AnnualReport, donge: AnnualReport) -> None:
    assert suqian.previous is not None
    assert suqian.previous.year == 2023
    assert suqian.previous.previous is None
    assert donge.previous is None


def test_a_county_says_who_it_is_and_a_report_where_it_comes_from(params_to_spoil: Path) -> None:
    county = params_to_spoil / "320800-huaian"
    with (county / "2024" / "report.yml").open("a", encoding="utf-8") as file:
        file.write("published: 2025-01-24\nacknowledged:\n  - {rule: JUMP, address: a.b.c, reason: 核对无误}\n")
    report = read_report("320800-huaian", 2024, params_to_spoil)
    assert (report.body.name, report.body.short, report.body.code) == ("淮安市人民政府", "淮安市", "320800")
    assert report.body.contact["telephone"] == "0517-83605210"
    assert report.published == dt.date(2025, 1, 24)
    assert report.source.title == "淮安市人民政府2024年政府信息公开工作年度报告（公开发布）"
    assert [vars(entry) for entry in report.acknowledged] == [
        {"rule": "JUMP", "address": "a.b.c", "reason": "核对无误"}
    ]


def test_counties_and_years_are_listed_in_order(params_to_spoil: Path) -> None:
    (params_to_spoil / "notes").mkdir()
    (params_to_spoil / "321300-suqian" / "drafts").mkdir()
    assert list(counties(params_to_spoil)) == ["320800-huaian", "321300-suqian", "371524-donge"]
    assert list(years(params_to_spoil, "321300-suqian")) == [2023, 2024]
    assert year_folder(params_to_spoil, "321300-suqian", 2023) == params_to_spoil / "321300-suqian" / "2023"


def test_a_years_own_notebook_is_named_in_its_report_file(params_to_spoil: Path) -> None:
    folder = params_to_spoil / "371524-donge" / "2020"
    assert notebook_of(folder) is None
    with (folder / "report.yml").open("a", encoding="utf-8") as file:
        file.write("notebook: own.ipynb\n")
    assert notebook_of(folder) == "own.ipynb"


@pytest.mark.parametrize("year", [2019, 2024])
def test_a_fresh_folder_loads_with_every_cell_blank(tmp_path: Path, year: int) -> None:
    """Guards the way in: what `gongkai new` writes, the reader takes, and the check says what is still missing."""
    new_year(tmp_path, "990100-mou", year, "某县", "某县人民政府")
    report = read_report("990100-mou", year, tmp_path)
    assert set(report.cells) == set(get_form("2019" if year < 2021 else "2021").cells)
    assert set(report.cells.values()) == {None}
    checks = check(report)
    assert {finding.rule for finding in checks.errors} == {"BLANK"}
    assert {address for finding in checks.errors for address in finding.addresses} == set(report.cells)
    assert report.draft is not None
    assert report.draft.text.lstrip().startswith("{#")
