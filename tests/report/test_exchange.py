"""The exchange format `gongkai/1`: what is written is what is read, and nothing is repaired on the way."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.integrity import check
from helpers.report import AnnualReport, Doubt, Source
from strategies import consistent_reports, flawless_report, text


@given(consistent_reports(), st.data())
def test_a_report_written_is_the_report_read(report: AnnualReport, data: st.DataObject) -> None:
    addresses = st.sampled_from(list(report.cells))
    blank = dict.fromkeys(data.draw(st.sets(addresses, max_size=4)))
    report = replace(
        report,
        cells={**report.cells, **blank},
        notes=data.draw(st.dictionaries(addresses, text(1), max_size=3)),
        text=data.draw(st.dictionaries(st.sampled_from(["preface", "overview", "problems", "other"]), text())),
        source=Source(title=data.draw(st.none() | text(1)), url="http://e.cn/"),
        uncertain=tuple(
            Doubt(address, why) for address, why in data.draw(st.lists(st.tuples(addresses, text(1)), max_size=2))
        ),
    )
    again = AnnualReport.from_dict(json.loads(report.as_json()))
    assert again.cells == report.cells
    assert {address: type(value) for address, value in again.cells.items()} == {
        address: type(value) for address, value in report.cells.items()
    }
    for name in ("notes", "text", "source", "uncertain", "year", "form"):
        assert getattr(again, name) == getattr(report, name)
    assert again.as_json() == report.as_json()


def test_the_contract_of_the_json(donge: AnnualReport) -> None:
    data = json.loads(donge.as_json())
    assert list(data) == ["schema", "body", "code", "year", "form", "cells", "notes", "text", "source", "uncertain"]
    assert {key: data[key] for key in ("schema", "body", "code", "year", "form")} == {
        "schema": "gongkai/1",
        "body": "东阿县人民政府",
        "code": "371524",
        "year": 2020,
        "form": "2019",
    }
    assert len(data["cells"]) == 198
    assert data["cells"]["proactive_disclosure.compulsion.items_change"] == -7
    assert data["cells"]["proactive_disclosure.procurement.amount"] == 60300
    assert donge.as_json().endswith("}\n")


def test_blank_is_null_and_never_nought(suqian: AnnualReport) -> None:
    blank = suqian.with_cells({"review.reconsideration.total": None})
    assert json.loads(blank.as_json())["cells"]["review.reconsideration.total"] is None
    assert AnnualReport.from_dict(blank.as_dict()).cells["review.reconsideration.total"] is None


def test_amounts_come_back_as_exact_decimals(suqian: AnnualReport) -> None:
    again = AnnualReport.from_dict(json.loads(suqian.as_json()))
    assert again.cells["proactive_disclosure.fees.amount"] == Decimal("72701.2578")
    whole = suqian.with_cells({"proactive_disclosure.fees.amount": Decimal(5)})
    assert isinstance(AnnualReport.from_dict(whole.as_dict()).cells["proactive_disclosure.fees.amount"], Decimal)


def test_a_fraction_in_a_count_is_kept_for_the_check_to_find() -> None:
    """Never repair what was stated: 1.5 requests are an error to report, not a 1 to publish."""
    data = flawless_report(2024).as_dict()
    data["cells"]["proactive_disclosure.licensing.decisions"] = 21.5
    report = AnnualReport.from_dict(data)
    assert report.cells["proactive_disclosure.licensing.decisions"] == Decimal("21.5")
    assert "DOMAIN" in {finding.rule for finding in check(report).errors}


def test_the_one_row_for_other_handling_survives(suqian: AnnualReport) -> None:
    printed = replace(suqian, cells={**suqian.cells, "requests.otherwise_handled.total": 469})
    assert AnnualReport.from_dict(printed.as_dict()).cells["requests.otherwise_handled.total"] == 469


@pytest.mark.parametrize("schema", ["gongkai/2", None, ""])
def test_another_schema_is_refused(suqian: AnnualReport, schema: str | None) -> None:
    with pytest.raises(ValueError, match="expected schema gongkai/1"):
        AnnualReport.from_dict({**suqian.as_dict(), "schema": schema})
