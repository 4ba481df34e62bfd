"""Groups of rows that a published report prints as one row."""

from __future__ import annotations

from dataclasses import replace

from helpers.report import AnnualReport


def test_a_report_of_the_forms_own_rows_prints_every_cell(suqian: AnnualReport) -> None:
    assert not suqian.printed
    assert all(suqian.prints(address) for address in suqian.cells)


def test_a_group_printed_as_one_row_has_its_cells_there_and_none_below(suqian: AnnualReport) -> None:
    row = "requests.otherwise_handled"
    merged = {f"{row}.{column}": 7 for column in suqian.form.tables["requests"].columns}
    report = replace(suqian, cells={**suqian.cells, **merged})
    assert dict(report.printed) == {row: tuple(merged)}
    assert report.prints(f"{row}.total")
    assert not report.prints(f"{row}.fee_unpaid.total")
    assert report.prints("requests.denied.state_secret.total")
    assert report.value(f"{row}.total") == 7
