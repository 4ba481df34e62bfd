"""A report's figures: single cells, groups, years across forms, frames, and that nothing changes behind its back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import FrozenInstanceError, fields, replace
from decimal import Decimal

import pandas as pd
import pytest

from helpers.report import AnnualReport
from strategies import flawless_report

P = "proactive_disclosure"


def test_a_cells_value_is_the_cell(suqian: AnnualReport) -> None:
    assert suqian.value("requests.granted.natural_person") == 1408
    assert suqian.value(f"{P}.fees.amount") == Decimal("72701.2578")
    assert suqian.contributors("requests.granted.natural_person") == ("requests.granted.natural_person",)


@pytest.mark.parametrize(
    ("group", "total", "leaves"),
    [("denied", 92, 8), ("unable_to_provide", 941, 3), ("not_processed", 117, 5), ("otherwise_handled", 469, 3)],
)
def test_a_groups_value_is_the_sum_of_its_rows(suqian: AnnualReport, group: str, total: int, leaves: int) -> None:
    """Backtest: the sums that the published prose of 2024 states."""
    assert suqian.value(f"requests.{group}.total") == total
    contributors = suqian.contributors(f"requests.{group}.total")
    assert len(contributors) == leaves
    assert all(address.startswith(f"requests.{group}.") and address.endswith(".total") for address in contributors)


def test_a_group_of_one_form_is_a_cell_of_the_other() -> None:
    report = flawless_report(2021)
    assert report.previous is not None
    address = "requests.otherwise_handled.total"
    assert len(report.contributors(address)) == 3
    assert report.previous.contributors(address) == (address,)
    assert isinstance(report.value(address), int)
    assert isinstance(report.previous.value(address), int)


def test_a_published_report_that_prints_the_group_as_one_row_is_taken_at_its_word(suqian: AnnualReport) -> None:
    address = "requests.otherwise_handled.total"
    printed = replace(suqian, cells={**suqian.cells, address: 400})
    assert printed.value(address) == 400
    assert printed.contributors(address) == (address,)


def test_a_group_with_a_blank_in_it_has_no_value(suqian: AnnualReport) -> None:
    blank = suqian.with_cells({"requests.denied.state_secret.total": None})
    assert blank.value("requests.denied.total") is None
    assert blank.value("requests.granted.total") == 1431


@pytest.mark.parametrize(
    "address", ["requests.grantd.total", "requests.granted.sum", "requests", "", "requests.denied", "denied.total"]
)
def test_a_name_that_is_neither_cell_nor_group_is_a_key_error(suqian: AnnualReport, address: str) -> None:
    with pytest.raises(KeyError):
        suqian.value(address)


def test_changing_cells_gives_another_report(suqian: AnnualReport) -> None:
    changed = suqian.with_cells({"review.reconsideration.total": 0})
    assert changed.cells["review.reconsideration.total"] == 0
    assert suqian.cells["review.reconsideration.total"] == 170
    assert changed.previous is suqian.previous
    with pytest.raises(KeyError, match=r"review\.x"):
        suqian.with_cells({"review.x": 1})


@pytest.mark.parametrize("name", ["cells", "notes", "text", "indicators"])
def test_a_report_cannot_be_changed(suqian: AnnualReport, name: str) -> None:
    held: Mapping[str, object] = getattr(suqian, name)
    with pytest.raises(TypeError):
        held["x"] = 1  # type: ignore[index]  # the point of the test
    with pytest.raises(FrozenInstanceError):
        setattr(suqian, name, {})


def test_a_callers_own_dict_is_not_the_reports(suqian: AnnualReport) -> None:
    mine = dict(suqian.cells)
    report = replace(suqian, cells=mine)
    mine["requests.received.total"] = 0
    assert report.cells["requests.received.total"] == 3525


def test_every_part_of_a_report_is_frozen(suqian: AnnualReport) -> None:
    for part in (suqian, suqian.body, suqian.source):
        for field in fields(part):
            with pytest.raises(FrozenInstanceError):
                setattr(part, field.name, None)


def test_a_reports_title(suqian: AnnualReport) -> None:
    assert suqian.title == "2024年政府信息公开工作年度报告"


@pytest.mark.parametrize("year", [2020, 2024])
@pytest.mark.parametrize("table", [P, "requests", "review"])
def test_a_frame_holds_the_table_row_by_row(year: int, table: str) -> None:
    report = flawless_report(year)
    frame = report.frame(table)
    assert list(frame.index) == list(report.form.tables[table].rows)
    assert list(frame.columns) == ["label", *report.form.tables[table].columns]
    for cell in report.form.tables[table].cells:
        assert frame.loc[cell.row, cell.column] == pytest.approx(float(report.cells[cell.address] or 0))
        assert frame.loc[cell.row, "label"] == cell.row_label


@pytest.mark.parametrize("blank", [False, True], ids=["filled in", "left blank"])
@pytest.mark.parametrize("year", [2020, 2024])
def test_a_column_has_the_type_of_what_it_counts(year: int, blank: bool) -> None:
    """Whether filled in or not: a blank must not turn an amount into a count, nor a count into a float."""
    report = flawless_report(year)
    if blank:
        report = replace(report, cells=dict.fromkeys(report.cells))
    for table in report.form.tables.values():
        types = report.frame(table.id).dtypes.drop("label")
        assert {name: str(dtype) for name, dtype in types.items()} == {
            name: "Float64" if name == "amount" else "Int64" for name in table.columns
        }


def test_what_is_blank_or_not_on_the_form_is_missing_in_a_frame(donge: AnnualReport) -> None:
    frame = donge.with_cells({f"{P}.rules.made": None}).frame(P)
    assert frame.loc[f"{P}.rules", "made"] is pd.NA
    assert frame.loc[f"{P}.rules", "decisions"] is pd.NA
    assert frame.loc[f"{P}.rules", "disclosed"] == 0
    assert frame["decisions"].sum() == 25137 + 383 + 29385 + 139


def test_a_count_with_a_fraction_is_not_cut_off_in_a_frame(suqian: AnnualReport) -> None:
    """The check will refuse it; until then the analyst must see what is there."""
    frame = suqian.with_cells({f"{P}.licensing.decisions": Decimal("1.5")}).frame(P)
    assert frame.loc[f"{P}.licensing", "decisions"] == 1.5


def test_the_long_frame_has_every_cell_once(donge: AnnualReport) -> None:
    frame = donge.with_cells({"review.reconsideration.total": None}).long()
    assert list(frame["address"]) == list(donge.form.cells)
    by_address = frame.set_index("address")
    assert by_address.loc[f"{P}.procurement.amount"].to_dict() == {
        "row": "政府集中采购",
        "column": "采购总金额",
        "value": "60300",
        "unit": "万元",
        "note": "原公布为6.03亿元",
    }
    assert pd.isna(by_address.loc["review.reconsideration.total", "value"])
