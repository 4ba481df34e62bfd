"""The statutory tables as HTML, read back as the public, a screen reader and a machine would."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import lxml.html
import pytest
from hypothesis import given, settings
from lxml.html import HtmlElement
from reader import read

from helpers.errors import ParameterError
from helpers.report import AnnualReport
from helpers.tables import figure, table
from strategies import consistent_reports, flawless_report, text

TABLES = ("proactive_disclosure", "requests", "review")
HOSTILE = "</td></tr><script>alert('1')</script>\"' onload=x &amp; <img src=http://e.example/x.png>"


def page(report: AnnualReport) -> HtmlElement:
    return lxml.html.fromstring("".join(table(report, name).html for name in TABLES))


def addresses(form: str, ground_truth: Path) -> dict[tuple[str, str, str], str]:
    """Table, row label, column label → address, from the labels kept beside the published figures."""
    labels = json.loads((ground_truth / f"labels-{form}.json").read_text(encoding="utf-8"))
    return {
        (row.split(".")[0], row_label, column_label): f"{row}.{column}"
        for row, row_label in labels["rows"].items()
        for column, column_label in labels["columns"][row.split(".")[0]].items()
    }


def number(printed: str) -> int | Decimal:
    assert re.fullmatch(r"[+-]?\d+(\.\d+)?(万元)?", printed), f"{printed!r} is not how the form prints a figure"
    digits = printed.removesuffix("万元").removeprefix("+")
    return Decimal(digits) if "." in digits else int(digits)


def test_the_tables_read_back_are_the_published_figures(
    example: AnnualReport, published: Callable[[AnnualReport], dict[str, int | Decimal]], ground_truth: Path
) -> None:
    """The whole way from a county's folder to the public's eyes: 198 or 200 figures, each under its own headings."""
    names = addresses(example.form.id, ground_truth)
    found: dict[str, int | Decimal] = {}
    for name in TABLES:
        for _, seen in read(table(example, name).html):
            address = names[name, *seen.labels]
            assert address not in found, f"{address} is printed twice"
            found[address] = number(seen.text)
    assert found == published(example)


@settings(max_examples=15)
@given(consistent_reports())
def test_any_reports_tables_read_back_are_its_cells(report: AnnualReport) -> None:
    """By the headings' own paths: a figure in a neighbour's place has another path."""
    for name in TABLES:
        seen = {
            (*(one.row or one.column[:-1]), one.column[-1]): number(one.text)
            for _, one in read(table(report, name).html)
        }
        cells = report.form.tables[name].cells
        assert seen == {(*cell.row_labels, cell.column_label): report.cells[cell.address] for cell in cells}


def test_every_figure_is_tied_to_exactly_the_headings_around_it(example: AnnualReport) -> None:
    """What a screen reader says before a figure is what the eye sees left of it and above it."""
    for name in TABLES:
        markup = table(example, name).html
        by_id = {head.get("id"): head for head in lxml.html.fromstring(markup).iter("th")}
        for cell, seen in read(markup):
            spoken = [str(by_id[head].text_content()) for head in str(cell.get("headers")).split()]
            assert sorted(spoken) == sorted((*seen.banner, *seen.column, *seen.row))


def test_no_id_stands_twice_on_the_page(example: AnnualReport) -> None:
    ids = [element.get("id") for element in page(example).iter() if element.get("id")]
    assert len(ids) == len(set(ids))


def test_every_heading_says_its_scope(example: AnnualReport) -> None:
    for head in page(example).iter("th"):
        wide, tall = head.get("colspan"), head.get("rowspan")
        allowed = {"rowgroup" if tall else "row"} if head.get("class") == "row" else {"colgroup" if wide else "col"}
        assert head.get("scope") in allowed


def test_the_machine_readable_address_of_a_figure_is_its_own(example: AnnualReport, ground_truth: Path) -> None:
    names = addresses(example.form.id, ground_truth)
    for name in TABLES:
        for cell, seen in read(table(example, name).html):
            assert cell.get("data-cell") == names[name, *seen.labels]


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("proactive_disclosure", "主动公开政府信息情况（2024年）"),
        ("requests", "收到和处理政府信息公开申请情况（2024年，单位：件）"),
        ("review", "政府信息公开行政复议、行政诉讼情况（2024年，单位：件）"),
    ],
)
def test_a_table_has_a_caption_that_labels_its_frame(suqian: AnnualReport, name: str, caption: str) -> None:
    frame = lxml.html.fromstring(table(suqian, name).html)
    (element,) = frame.iter("caption")
    assert element.text_content() == caption
    assert (frame.get("role"), frame.get("tabindex")) == ("region", "0"), "a table that scrolls is reached by keyboard"
    assert frame.get("aria-labelledby") == element.get("id")


def test_signs_units_and_decimals_stand_as_the_form_prints_them(donge: AnnualReport, suqian: AnnualReport) -> None:
    printed = {cell.get("data-cell"): cell.text_content() for cell in page(donge).iter("td")}
    assert printed["proactive_disclosure.licensing.items_change"] == "+24"
    assert printed["proactive_disclosure.compulsion.items_change"] == "-7"
    assert printed["proactive_disclosure.procurement.amount"] == "60300万元"
    printed = {cell.get("data-cell"): cell.text_content() for cell in page(suqian).iter("td")}
    assert printed["proactive_disclosure.fees.amount"] == "72701.2578"
    assert printed["proactive_disclosure.licensing.decisions"] == "1573179"


@pytest.mark.parametrize(
    ("address", "value", "printed"),
    [
        ("proactive_disclosure.fees.items_change", 0, "0"),
        ("proactive_disclosure.fees.items_change", None, ""),
        ("proactive_disclosure.procurement.amount", Decimal("0.50"), "0.5万元"),
        ("proactive_disclosure.procurement.amount", Decimal("1E+3"), "1000万元"),
        ("proactive_disclosure.procurement.amount", Decimal("100"), "100万元"),
        ("proactive_disclosure.procurement.amount", Decimal("0.00"), "0万元"),
        ("proactive_disclosure.procurement.amount", None, ""),
        ("requests.received.total", 1234567, "1234567"),
    ],
)
def test_a_figure_is_printed_without_ornament(
    donge: AnnualReport, address: str, value: int | Decimal | None, printed: str
) -> None:
    assert figure(donge.form.cells[address], value) == printed


def test_a_blank_cell_is_printed_blank_and_not_as_nought(suqian: AnnualReport) -> None:
    blank = suqian.with_cells({"review.reconsideration.upheld": None})
    texts = [cell.text_content() for cell in lxml.html.fromstring(table(blank, "review").html).iter("td")]
    assert texts == ["", "18", "28", "36", "170", "7", "0", "11", "7", "25", "33", "0", "6", "13", "52"]


def test_a_note_is_printed_under_its_table_and_tied_to_its_figure(suqian: AnnualReport) -> None:
    notes = {
        "proactive_disclosure.normative_documents.repealed": "含自然失效29件",
        "requests.received.total": "含上年度结转数量",
    }
    noted = replace(suqian, notes=notes)
    root = lxml.html.fromstring(f"<div>{table(noted, 'proactive_disclosure').html}</div>")
    (item,) = root.iter("li")
    assert item.text_content() == "行政规范性文件·本年废止件数：含自然失效29件"
    (cell,) = (cell for cell in root.iter("td") if cell.get("aria-describedby"))
    assert (cell.get("aria-describedby"), cell.text_content()) == (item.get("id"), "227")
    following = [element.tag for element in root.iter("table", "ol")]
    assert following == ["table", "ol"]
    assert "含上年度结转数量" in table(noted, "requests").html
    assert "table-notes" not in table(noted, "review").html


def test_markup_in_data_is_shown_and_not_obeyed(suqian: AnnualReport) -> None:
    hostile = replace(suqian, notes={"requests.received.total": HOSTILE})
    root = lxml.html.fromstring(f"<div>{table(hostile, 'requests').html}</div>")
    assert [element.tag for element in root.iter("script", "img")] == []
    assert next(root.iter("li")).text_content().endswith(HOSTILE)
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


@settings(max_examples=30)
@given(text(1))
def test_any_note_is_printed_as_it_was_written(note: str) -> None:
    report = replace(flawless_report(2024), notes={"review.reconsideration.total": note})
    root = lxml.html.fromstring(f"<div>{table(report, 'review').html}</div>")
    assert next(root.iter("li")).text_content() == f"行政复议·总计：{note}".replace("\r", "")


def test_a_table_the_form_does_not_have_is_refused(suqian: AnnualReport) -> None:
    with pytest.raises(ParameterError, match="one of proactive_disclosure, requests, review"):
        table(suqian, "request")


def test_a_table_shows_itself_in_all_three_ways(suqian: AnnualReport) -> None:
    data, metadata = table(suqian, "review")._repr_mimebundle_()
    assert set(data) == {"text/html", "text/vnd.typst", "text/plain"}
    assert (metadata["gongkai"]["kind"], metadata["gongkai"]["id"]) == ("table", "review")
    assert data["text/plain"].split("\n")[:3] == [
        "政府信息公开行政复议、行政诉讼情况（2024年，单位：件）",
        "\t结果维持\t结果纠正\t其他结果\t尚未审结\t总计",
        "行政复议\t88\t18\t28\t36\t170",
    ]
