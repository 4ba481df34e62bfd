"""What a figure of each form counts: kind, unit, level, legal article, and the laws between cells."""

from __future__ import annotations

import pytest

from helpers.errors import ParameterError
from helpers.forms import Form, all_forms, form_for_year, get_form, normalise

SIGNED_2019 = {
    f"proactive_disclosure.{row}.items_change"
    for row in ("licensing", "other_services", "penalties", "compulsion", "fees")
}


@pytest.fixture(params=("2019", "2021"))
def form(request: pytest.FixtureRequest) -> Form:
    return get_form(request.param)


def of_kind(form: Form, kind: str) -> set[str]:
    return {address for address, cell in form.cells.items() if cell.kind == kind}


def test_only_the_change_in_items_is_signed() -> None:
    assert of_kind(get_form("2019"), "signed") == SIGNED_2019
    assert of_kind(get_form("2021"), "signed") == set()


def test_only_amounts_are_decimal_and_in_ten_thousand_yuan() -> None:
    assert of_kind(get_form("2019"), "decimal") == {"proactive_disclosure.procurement.amount"}
    assert of_kind(get_form("2021"), "decimal") == {"proactive_disclosure.fees.amount"}
    for form in all_forms():
        assert {cell.unit for cell in form.cells.values() if cell.kind == "decimal"} == {"万元"}


def test_the_unit_is_printed_only_where_no_heading_states_it(form: Form) -> None:
    assert [cell.address for cell in form.cells.values() if cell.print_unit] == (
        ["proactive_disclosure.procurement.amount"] if form.id == "2019" else []
    )


def test_requests_and_cases_are_counted_in_pieces(form: Form) -> None:
    assert {cell.unit for cell in form.cells.values() if not cell.address.startswith("proactive_")} == {"件"}


def test_only_rules_need_a_level_of_government(form: Form) -> None:
    assert {cell.row for cell in form.cells.values() if cell.from_level} == {"proactive_disclosure.rules"}
    assert {cell.from_level for cell in form.cells.values()} == {None, "prefecture"}


def test_every_cell_says_in_both_languages_what_it_is_and_which_article_asks_for_it(form: Form) -> None:
    for cell in form.cells.values():
        assert cell.article.startswith("《中华人民共和国政府信息公开条例》第"), cell.address
        assert cell.en.isascii(), cell.address
        assert len(cell.en) > len("x: y"), cell.address


def test_the_six_sections_stand_in_order(form: Form) -> None:
    assert [section.id for section in form.sections] == [
        "overview",
        "proactive_disclosure",
        "requests",
        "review",
        "problems",
        "other",
    ]
    assert [section.heading[:2] for section in form.sections] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    assert [section.id for section in form.prose_sections] == ["overview", "problems", "other"]


def test_each_form_states_the_laws_of_its_tables() -> None:
    common = ["T3-FLOW", "T3-ROWS", "T3-COLS", "T3-YEAR", "T4-SUM"]
    assert [law.id for law in get_form("2019").laws] == [*common, "T2-ITEMS", "T2-ITEMS"]
    assert [law.id for law in get_form("2021").laws] == [*common, "T2-STOCK"]


@pytest.mark.parametrize(("year", "form_id"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2025, "2021")])
def test_a_year_is_reported_on_the_form_then_in_force(year: int, form_id: str) -> None:
    assert form_for_year(year).id == form_id


def test_a_year_before_the_first_form_is_refused_with_the_first_year_there_is() -> None:
    with pytest.raises(ParameterError, match=r"year 2018: expected a year with a statutory form \(2019 or later\)"):
        form_for_year(2018)


def test_an_unknown_form_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="one of the forms 2019, 2021"):
        get_form("2018")


@pytest.mark.parametrize("label", ["1.属于国家秘密", "1、属于国家秘密", "１．属于国家秘密", " 1. 属于　国家秘密\n"])
def test_labels_compare_without_regard_to_width_spaces_and_punctuation(label: str) -> None:
    assert normalise(label) == normalise("1.属于国家秘密")


def test_labels_that_differ_in_a_character_differ() -> None:
    assert normalise("其他法律行政止公开") != normalise("其他法律行政法规禁止公开")
    assert normalise("1.重复申请") != normalise("2.重复申请")
