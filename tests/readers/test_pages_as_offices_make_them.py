"""Markup that sites and offices really produce, one oddity a test."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from formats import encoded, to_cells, to_html
from published import Box, Page, boxes, defective

from helpers.readers import read_document
from helpers.report import AnnualReport


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., tuple[AnnualReport, Page]]:
    """Reads a page after `change` has worked on its cells and `edit` on its markup."""

    def reader(change=None, edit=None, form: str = "2021") -> tuple[AnnualReport, Page]:
        _, page = defective(form, 3, [])
        if change:
            change(page)
        markup = to_html(page)
        path = tmp_path / "page.html"
        path.write_bytes(encoded(edit(markup) if edit else markup, "utf-8"))
        return read_document(path), page

    return reader


def wrong(report: AnnualReport, page: Page) -> set[str]:
    """Cells that are neither right nor uncertain."""
    doubtful = {doubt.address for doubt in report.uncertain}
    return {a for a, v in page.expected.items() if report.cells.get(a, "absent") != v and a not in doubtful}


def row(page: Page, number: int = 3) -> list[Box]:
    return page.tables["requests"][0][number]


@pytest.mark.parametrize("by", [-3, 1])
def test_a_wrong_rowspan_moves_no_figure(read, by: int) -> None:
    def change(page: Page) -> None:
        next(box for box in boxes(page) if box.text == "三、本年度办理结果").rowspan += by

    report, page = read(change)
    assert (dict(report.cells), report.uncertain) == (page.expected, ())


def test_a_deleted_cell_makes_its_row_uncertain(read) -> None:
    report, page = read(lambda page: row(page).pop(3))
    assert wrong(report, page) == set()
    assert {doubt.address.rpartition(".")[0] for doubt in report.uncertain} == {"requests.received"}


def test_a_blank_filler_does_not_stand_in_for_a_deleted_cell(read) -> None:
    def change(page: Page) -> None:
        row(page)[0].colspan = 2
        row(page).insert(1, Box(""))
        del row(page)[4]

    report, page = read(change)
    assert wrong(report, page) == set()


def test_blank_cells_merged_into_one_are_all_blank(read) -> None:
    def change(page: Page) -> None:
        figures = [box for box in row(page) if box.address]
        for box in figures[1:6]:
            page.expected[box.address] = None
        figures[1].text, figures[1].colspan = "", 5
        row(page)[:] = [box for box in row(page) if box not in figures[2:6]]

    report, page = read(change)
    assert (dict(report.cells), report.uncertain) == (page.expected, ())


def test_a_figure_over_several_columns_is_uncertain(read) -> None:
    def change(page: Page) -> None:
        figures = [box for box in row(page) if box.address]
        figures[1].colspan = 5
        row(page)[:] = [box for box in row(page) if box not in figures[2:6]]

    report, page = read(change)
    assert wrong(report, page) == set()


def test_a_missing_total_column_is_uncertain_even_where_a_subtotal_is_printed(read) -> None:
    def change(page: Page) -> None:
        for line in page.tables["requests"][0]:
            for box in line:
                if box.text == "总计" and box.role == "column":
                    box.text = "合计"
                if box.address and box.address.endswith(".total"):
                    page.expected[box.address] = None
                if box.text == "法人或其他组织":
                    box.colspan = 6
            if any(box.text == "法人或其他组织" for box in line):
                total = next(box for box in line if box.text == "合计")
                line.remove(total)
                total.rowspan = 1
        page.tables["requests"][0][2].append(Box("合计", role="column"))

    report, page = read(change)
    assert {a for a in wrong(report, page) if not a.endswith(".total")} == set()
    assert all(report.cells[a] is None for a in page.expected if a.startswith("requests.") and a.endswith(".total"))


def test_a_fee_in_yuan_is_held_in_ten_thousands_with_the_printed_form(read) -> None:
    def change(page: Page) -> None:
        for box in boxes(page):
            if box.role == "column" and "万元" in box.text:
                box.text = "本年收费金额（单位：元）"
            if box.address == "proactive_disclosure.fees.amount":
                box.text = "251000"

    report, _ = read(change)
    assert report.cells["proactive_disclosure.fees.amount"] == Decimal("25.1")
    assert report.notes["proactive_disclosure.fees.amount"] == "251000元"


@pytest.mark.parametrize("mark", ["<sup>1</sup>", "①", "<sup>[1]</sup>", "*"])
def test_a_footnote_mark_is_no_digit(read, mark: str) -> None:
    report, page = read(None, lambda markup: re.sub(r"<td>(\d\d)</td>", rf"<td>\g<1>{mark}</td>", markup, count=1))
    assert dict(report.cells) == page.expected
    assert len(report.notes) == 1


@pytest.mark.parametrize("broken", ["<td>{} {}</td>", "<td><p>{}</p><p>{}</p></td>"])
def test_a_figure_in_pieces_is_uncertain(read, broken: str) -> None:
    report, page = read(
        None, lambda markup: re.sub(r"<td>(\d)(\d)</td>", lambda m: broken.format(*m.groups()), markup, count=1)
    )
    assert wrong(report, page) == set()
    assert len(report.uncertain) == 1


def test_words_in_place_of_a_figure_are_uncertain(read) -> None:
    report, page = read(None, lambda markup: markup.replace("<td>0</td>", "<td>见附件</td>", 1))
    assert wrong(report, page) == set()
    assert "见附件" in report.uncertain[0].why


def test_the_same_report_twice_is_one_report(read) -> None:
    report, page = read(None, lambda markup: markup.replace("</body>", markup[markup.index("<body>") + 6 :]))
    assert (dict(report.cells), report.uncertain) == (page.expected, ())


def test_two_reports_on_one_page_are_uncertain(read) -> None:
    def edit(markup: str) -> str:
        again = re.sub(r"<td>(\d+)</td>", lambda m: f"<td>{int(m[1]) + 1}</td>", markup[markup.index("<body>") + 6 :])
        return markup.replace("</body>", again)

    report, page = read(None, edit)
    assert wrong(report, page) == set()
    assert len(report.uncertain) > 150


def test_a_repeated_label_makes_both_its_rows_uncertain(read) -> None:
    def change(page: Page) -> None:
        next(box for box in boxes(page) if box.text == "2.重复申请").text = "1.信访举报投诉类申请"

    report, page = read(change)
    assert wrong(report, page) == set()


def test_labels_without_any_numbering_are_recognised(read) -> None:
    def change(page: Page) -> None:
        for box in boxes(page):
            if box.role == "row":
                box.text = re.sub(r"^[（(]?[一二三四五六七八\d]+[）).、]*(?=\D)", "", box.text)

    report, page = read(change)
    assert (dict(report.cells), report.uncertain) == (page.expected, ())


def test_a_list_of_contents_is_not_taken_for_the_sections(read) -> None:
    def edit(markup: str) -> str:
        headings = re.findall(r"<strong>([一二三四五六]、.*?)</strong>", markup)
        return markup.replace("<body>", "<body><ul>" + "".join(f"<li>{text}</li>" for text in headings) + "</ul>")

    report, _ = read(None, edit)
    assert "未收取" in report.text["other"]
    assert report.text["overview"].startswith("2024年")


def test_a_heading_may_run_on_into_its_text(read) -> None:
    report, _ = read(
        None, lambda markup: re.sub("事项</strong></p>\\s*<p class=MsoNormal><span[^>]*>　*", "事项</strong>：", markup)
    )
    assert report.text["other"].startswith("2024年")


def test_signature_and_date_are_no_prose(read) -> None:
    report, _ = read(None, lambda markup: markup.replace("</body>", "<p>云州市人民政府</p><p>2025年1月20日</p></body>"))
    assert str(report.published) == "2025-01-20"
    assert report.text["other"].endswith("信息处理费。")


def test_a_header_in_a_table_of_its_own_that_lacks_a_column_is_read_for_the_others(read) -> None:
    def change(page: Page) -> None:
        (rows,) = page.tables["requests"]
        for line in rows:
            line[:] = [
                box for box in line if not (box.address or box.text).endswith((".total", "总计")) or "）" in box.text
            ]
        page.tables["requests"] = [rows[:3], rows[3:]]

    report, page = read(change)
    totals = {address for address in page.expected if address.startswith("requests.") and address.endswith(".total")}
    assert wrong(report, page) == set()
    assert {doubt.address for doubt in report.uncertain} == totals


def test_a_header_that_runs_into_the_first_row_of_a_copied_table_is_read(tmp_path: Path) -> None:
    _, page = defective("2021", 3, ["extra_column"])
    text = to_cells(page)
    start, end = text.index("\t申请人情况"), text.index("\t一、本年新收")
    path = tmp_path / "page.txt"
    path.write_text(text[:start] + text[start:end].replace("\n\n", "\n") + text[end:], encoding="utf-8")
    report = read_document(path)
    assert (dict(report.cells), report.uncertain) == (page.expected, ())
