"""Headings: what rows, groups and columns are called, and which cells stand below them."""

from __future__ import annotations

from pathlib import Path

import pytest

import helpers.forms
from helpers.forms import Form, all_forms, get_form, read_form

FORMS = pytest.mark.parametrize("form", all_forms(), ids=lambda form: form.id)


@FORMS
def test_every_cell_stands_below_one_row_and_one_column(form: Form) -> None:
    for role, last in (("row", "row"), ("column", "column")):
        of_role = [heading for heading in form.headings.values() if heading.role == role]
        assert sorted(cell for heading in of_role for cell in heading.cells) == sorted(form.cells)
        for heading in of_role:
            assert {getattr(form.cells[cell], last) for cell in heading.cells} == {
                heading.address if role == "row" else str(heading.address).rpartition(".")[2]
            }


@FORMS
def test_a_group_holds_the_cells_of_its_rows(form: Form) -> None:
    groups = [heading for heading in form.headings.values() if heading.role == "group"]
    for group in groups:
        assert set(group.cells) == {cell for cell in form.cells if cell.startswith(f"{group.address}.")}
    assert {address.rpartition(".")[0] for address in form.groups} == {group.address for group in groups}
    assert all(form.groups[f"{group.address}.{form.cells[group.cells[0]].column}"] for group in groups)


def test_a_heading_knows_its_number_its_name_and_what_others_call_it() -> None:
    headings = get_form("2021").headings
    denied = headings["requests.denied"]
    assert (denied.role, denied.number, denied.name, denied.label) == ("group", 3, "不予公开", "（三）不予公开")
    assert [over.name for over in denied.above] == ["本年度办理结果"]
    partly = headings["requests.partially_granted"]
    assert partly.label.startswith("（二）部分公开（区分处理的")
    assert (partly.short, partly.name, partly.labels) == ("（二）部分公开", "部分公开", (partly.label, partly.short))
    assert "规范性文件" in headings["proactive_disclosure.normative_documents"].labels


def test_a_column_of_several_blocks_is_one_heading() -> None:
    """Art. 20(5) and (6) are two blocks of table 二 with a column of decisions each."""
    decisions = get_form("2021").headings["proactive_disclosure.*.decisions"]
    assert [cell.split(".")[1] for cell in decisions.cells] == ["licensing", "penalties", "compulsion"]


def test_a_table_without_row_labels_takes_its_rows_from_above() -> None:
    form = get_form("2021")
    direct = form.headings["review.litigation_direct"]
    assert (direct.role, [over.label for over in direct.above]) == ("row", ["行政诉讼"])
    litigation = direct.above[0]
    assert (litigation.role, litigation.address, len(litigation.cells)) == ("group", None, 10)
    assert form.label("review.litigation_direct") == "未经复议直接起诉"


def test_headings_without_an_address_are_there_in_printed_order() -> None:
    nameless = [heading for heading in get_form("2021").tables["requests"].headings if heading.address is None]
    assert [(heading.role, heading.label) for heading in nameless] == [
        ("columns", "申请人情况"),
        ("columns", "法人或其他组织"),
        ("group", "三、本年度办理结果"),
    ]
    assert {cell.rpartition(".")[2] for cell in nameless[1].cells} == {
        "commercial_enterprise", "research_institution", "public_welfare_organization", "legal_service_agency", "other",
    }  # fmt: skip


def test_what_the_form_does_not_name_is_its_own_label() -> None:
    assert get_form("2019").label("requests.otherwise_handled.fee_unpaid") == "requests.otherwise_handled.fee_unpaid"


def test_a_form_is_itself_alone_and_can_key_a_cache() -> None:
    form = get_form("2021")
    assert {form: 1}[get_form("2021")] == 1
    assert form != get_form("2019")
    assert read_form.__wrapped__(Path(str(helpers.forms.__file__)).with_name("2021.yaml")) != form
