"""The laws as properties: what is consistent by construction passes, any slip of one in tables 三 and 四 is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.integrity import Finding, check
from helpers.report import AnnualReport
from strategies import consistent_reports


@settings(max_examples=150)
@given(consistent_reports())
def test_a_report_consistent_by_construction_has_no_finding(report: AnnualReport) -> None:
    """Guards the form files' laws: the strategy builds reports from the contract's addresses, not from the laws."""
    assert set(report.cells) == set(report.form.cells)
    assert check(report).findings == ()
    assert report.previous is not None
    assert check(report.previous).findings == ()


@given(report=consistent_reports(), data=st.data())
def test_any_cell_of_tables_three_and_four_off_by_one_is_named(report: AnnualReport, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from([cell for cell in report.cells if not cell.startswith("proactive_")]))
    step = data.draw(st.sampled_from((-1, 1)))
    named(report, address, step)


@pytest.mark.parametrize("step", [-1, 1])
def test_any_cell_of_the_examples_off_by_one_is_named(example: AnnualReport, step: int) -> None:
    """Exhaustive: every cell of tables 三 and 四 of all four real county-years."""
    for address in example.form.cells:
        if not address.startswith("proactive_"):
            named(example, address, step)


def named(report: AnnualReport, address: str, step: int) -> None:
    """Changing one cell gives an error that holds its address and names its row or its column in Chinese."""
    value = report.cells[address]
    assert value is not None
    found = list(new_errors(report, report.with_cells({address: value + step})))
    assert found, f"{address} {step:+} goes unnoticed"
    cell = report.form.cells[address]
    row, column = f"“{'－'.join(cell.row_labels)}”行", f"“{cell.column_label}”列"
    about = [finding for finding in found if address in finding.addresses]
    assert about, f"{address} {step:+} is noticed, but not there: {[finding.message for finding in found]}"
    assert all(
        row in finding.message or column in finding.message or f"“{cell.name}”" in finding.message for finding in about
    ), [finding.message for finding in about]


def new_errors(before: AnnualReport, after: AnnualReport) -> Iterator[Finding]:
    known = set(check(before).findings)
    return (finding for finding in check(after).errors if finding not in known)


def test_a_request_moved_from_one_column_to_another_is_found(suqian: AnnualReport) -> None:
    """Every total stays right: only a law tried in each column can see it."""
    moved = suqian.with_cells({"requests.granted.natural_person": 1407, "requests.granted.commercial_enterprise": 22})
    findings = check(moved).errors
    assert {finding.rule for finding in findings} == {"T3-ROWS"}
    assert [finding.message.partition("：")[0] for finding in findings] == ["“自然人”列", "“商业企业”列"]


@given(consistent_reports(years=(2021,)))
def test_a_report_that_prints_other_handling_as_one_row_is_checked_all_the_same(report: AnnualReport) -> None:
    """Published reports on the form of 2021 do so; their sum stands in the group's own cells."""
    group = "requests.otherwise_handled"
    leaves = [address for address in report.cells if address.startswith(f"{group}.")]
    columns = report.form.tables["requests"].columns
    sums = {f"{group}.{column}": report.value(f"{group}.{column}") for column in columns}
    printed = replace(report, cells={**report.cells, **dict.fromkeys(leaves), **sums})
    assert check(printed).findings == ()
    wrong = replace(printed, cells={**printed.cells, f"{group}.total": (sums[f"{group}.total"] or 0) + 1})
    assert "T3-ROWS" in {finding.rule for finding in check(wrong).errors}
