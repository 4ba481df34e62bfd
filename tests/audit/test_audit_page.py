"""The page of an audited report: the right cells and words are marked, and nothing of a stranger's file is obeyed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from reports import changed, published_report

from helpers.audit.marks import Ref, mark_prose
from helpers.audit.outcome import Outcome
from helpers.audit.page import page, write_index
from helpers.audit.run import fair
from helpers.hypertext import to_html
from helpers.integrity import check
from helpers.markup import prose
from helpers.report import AnnualReport, Doubt


def outcome(report: AnnualReport, file: str = "a.html") -> Outcome:
    return Outcome.of(file, fair(check(report, own=False)), None, None)


def shown(report: AnnualReport) -> html.HtmlElement:
    return html.document_fromstring(page(outcome(report), report))


def marked_cells(root: html.HtmlElement) -> set[str]:
    return {cell.get("data-cell") for cell in root.xpath("//td[.//mark]")}


@pytest.fixture
def wrong() -> AnnualReport:
    report = published_report(2024, overview="## （一）依申请公开\n\n本机关共收到政府信息公开申请**98765件**。")
    return changed(report, {"review.litigation_direct.total": 2})


def test_exactly_the_offending_cells_are_marked_and_say_why(wrong: AnnualReport) -> None:
    root = shown(wrong)
    parts = ("upheld", "corrected", "other_outcome", "pending", "total")
    expected = {f"review.litigation_direct.{part}" for part in parts}
    assert marked_cells(root) - expected <= {address for address in wrong.cells if address.startswith("requests.")}
    assert expected <= marked_cells(root)
    cell = root.xpath("//td[@data-cell='review.litigation_direct.total']")[0]
    assert cell.xpath("string(mark)") == str(wrong.cells["review.litigation_direct.total"])
    link = cell.find("a")
    assert "T4-SUM" in link.get("aria-label")
    assert "相差+2" in link.get("aria-label")
    finding = root.get_element_by_id(link.get("href")[1:])
    assert "T4-SUM" in finding.text_content()


def test_the_words_of_a_wrong_figure_are_marked_across_markup(wrong: AnnualReport) -> None:
    root = shown(wrong)
    marks = root.xpath("//div[@class='prose']//mark")
    assert "98765" in "".join(mark.text_content() for mark in marks)
    assert root.xpath("//div[@class='prose']//strong/mark")
    first = root.xpath("//mark[span[starts-with(@id, 'mark-')]]/span/@id")[0]
    assert root.xpath(f"//ol[@class='findings']//a[@href='#{first}']")


def test_every_link_leads_somewhere_and_every_id_is_one(wrong: AnnualReport) -> None:
    root = shown(wrong)
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [link[1:] for link in root.xpath("//a/@href") if link.startswith("#")]
    assert targets
    assert set(targets) <= set(ids)


def test_a_report_without_a_fault_has_no_mark() -> None:
    assert not shown(published_report(2024)).xpath("//mark")


def test_what_was_not_read_is_marked_as_such() -> None:
    report = published_report(2024).with_cells({"requests.granted.other": None})
    root = shown(replace(report, uncertain=(Doubt("requests.granted.other", "“3 5” stands beside the row"),)))
    cell = root.xpath("//td[@data-cell='requests.granted.other']")[0]
    assert cell.xpath("string(mark)") == "？"
    assert any("stands beside the row" in label for label in cell.xpath(".//a/@aria-label"))
    assert root.xpath("//li[contains(@class, 'doubt')]")


def test_a_group_printed_as_one_row_is_shown_and_marked() -> None:
    report = published_report(2024)
    rows = [row for row in report.form.tables["requests"].rows if ".otherwise_handled." in row]
    columns = report.form.tables["requests"].columns
    one_row = {f"requests.otherwise_handled.{c}": sum(report.cells[f"{row}.{c}"] for row in rows) for c in columns}
    cells = {**report.cells, **dict.fromkeys((f"{row}.{c}" for row in rows for c in columns), None), **one_row}
    cells["requests.otherwise_handled.total"] += 1
    root = shown(replace(report, cells=cells))
    assert "requests.otherwise_handled.total" in marked_cells(root)
    assert "印为一行" in root.text_content()


def test_an_empty_section_is_marked_at_its_heading() -> None:
    root = shown(published_report(2024, problems="无。"))
    assert root.xpath("//h2[@id='problems']/a[@class='ref'] | //h2[@id='problems']/following::div[1]//mark")


def test_words_that_stand_in_two_sections_are_marked_in_the_one_that_is_meant() -> None:
    """The finding's address says which: only 六 has to state the fee."""
    nothing = "无其他需要报告的事项。"
    root = shown(published_report(2024, overview=f"2024年，{nothing}", other=nothing))
    assert not root.xpath("//h2[@id='overview']/following::div[1]//mark")
    [mark] = root.xpath("//h2[@id='other']/following::div[1]//mark")
    assert mark.text_content().startswith(nothing[:-1])
    empty = shown(published_report(2024, other=""))
    [link] = empty.xpath("//h2[@id='other']/a[@class='ref']/@href")
    finding = empty.get_element_by_id(link[1:])
    assert "TEXT-FEE" in finding.text_content()
    assert finding.xpath(".//a/@href") == ["#other"]


def test_what_a_report_says_is_shown_and_never_obeyed() -> None:
    attack = "<script>alert(1)</script><img src=x onerror=alert(2)>共收到政府信息公开申请98765件\x00\x1b。"
    report = published_report(2024, overview=attack, problems="XX件</mark><script>alert(3)</script>")
    report = replace(
        report,
        body=replace(report.body, name="<b>某</b>市人民政府"),
        notes={"requests.granted.total": "<i onclick=alert(4)>注</i>"},
        uncertain=(Doubt("requests.granted.other", "“<u>” {{ 7*7 }}"),),
    )
    text = page(outcome(report, '"><script>.html'), report)
    root = html.document_fromstring(text)
    assert not root.xpath("//script | //img | //b | //i | //u | //@onerror | //@onclick")
    assert "<script>alert(1)</script>" in root.text_content()
    assert "98765" in "".join(mark.text_content() for mark in root.xpath("//div[@class='prose']//mark"))
    assert "{{ 7*7 }}" in text
    assert not any(character in text for character in "\x00\x1b")


def test_the_page_stands_alone(wrong: AnnualReport) -> None:
    text = page(outcome(wrong), wrong)
    root = html.document_fromstring(text)
    assert root.get("lang") == "zh-CN"
    assert not root.xpath("//script | //link | //img[not(starts-with(@src, 'data:'))]")
    assert "http" not in text.replace("http-equiv", "")
    assert "prefers-color-scheme: dark" in text


@pytest.mark.parametrize(
    ("markdown", "excerpt", "marked"),
    [
        ("收到申请12件，办结12件。", "收到申请12件", ["收到申请12件"]),
        ("收到**申请12**件。", "收到**申请12**件", ["收到", "申请12", "件"]),
        ("收到 申请\n１２ 件。", "收到申请12件", ["收到 申请１２ 件"]),
        ("依据《条例》收到申请12件。", "依据《收到申请12件", ["收到申请12件"]),
        ("共12件。另共12件。", "共12件", ["共12件", "共12件"]),
        ("无异议。", "无", []),
        ("无", "无", ["无"]),
        ("共1.2万件", "共12万件", []),
        ("- 甲共12件\n- 乙共13件", "甲共12件", ["甲共12件"]),
    ],
)
def test_an_excerpt_is_found_by_its_letters(markdown: str, excerpt: str, marked: list[str]) -> None:
    text, found = mark_prose(to_html(prose(markdown)), {1: excerpt}, {1: Ref(1, "error", "x")})
    root = html.fragment_fromstring(text, create_parent="div")
    assert [mark.text_content() for mark in root.iter("mark")] == marked
    assert found == ({1} if marked else set())


def test_overlapping_excerpts_keep_their_own_links() -> None:
    refs = {number: Ref(number, kind, "x") for number, kind in ((1, "error"), (2, "warning"))}
    text, found = mark_prose(to_html(prose("甲乙丙丁戊己庚辛")), {1: "甲乙丙丁戊", 2: "丁戊己庚"}, refs)
    root = html.fragment_fromstring(text, create_parent="div")
    assert found == {1, 2}
    assert [(m.text_content(), m.get("class")) for m in root.iter("mark")] == [
        ("甲乙丙", "error"), ("丁戊", "error"), ("己庚", "warning"),
    ]  # fmt: skip
    assert [link.get("href") for link in root.iter("a")] == ["#finding-1", "#finding-2"]
    assert root.text_content().replace("[1]", "").replace("[2]", "") == "甲乙丙丁戊己庚辛"


def test_the_index_lists_the_worst_first(tmp_path: Path, wrong: AnnualReport) -> None:
    good, bad = outcome(published_report(2023), "good.html"), outcome(wrong, "bad.html")
    pages = [replace(entry, page=tmp_path / "pages" / f"{entry.file} #1.html") for entry in (good, bad)]
    path = write_index(tmp_path, [*pages, Outcome("<x>.pdf", "<x>.pdf: expected a report, found <nothing>.")])
    root = html.document_fromstring(path.read_text(encoding="utf-8"))
    rows = root.xpath("//h2[@id='reports']/following::tbody/tr")
    assert [row.xpath("string(td[1])") for row in rows] == ["有错误", "未能读取", "未发现问题"]
    assert rows[0].xpath(".//a/@href") == ["pages/bad.html%20%231.html"]
    assert "found <nothing>" in rows[1].text_content()
