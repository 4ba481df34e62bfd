"""The report's frame: title, sections with their prose, closing; data in it is shown, never obeyed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import lxml.html
import pytest

from helpers.errors import ParameterError
from helpers.exporters.pdf import typeset
from helpers.frame import closing, preface, section, title
from helpers.report import AnnualReport, Source

HOSTILE = '<script>alert(1)</script>"\'#panic("x")]'


def words(markup: str) -> list[str]:
    return [str(part).strip() for part in lxml.html.fromstring(f"<div>{markup}</div>").itertext() if str(part).strip()]


def test_the_title_names_body_year_and_report(donge: AnnualReport) -> None:
    shown = title(donge)
    assert words(shown.html) == ["东阿县人民政府", "2020年政府信息公开工作年度报告"]
    assert shown.html.count("<h1>") == 1
    said = {key: shown.about[key] for key in ("kind", "body", "title", "date")}
    assert said == {
        "kind": "title",
        "body": "东阿县人民政府",
        "title": "东阿县人民政府2020年政府信息公开工作年度报告",
        "date": "2020-12-31",
    }


def test_the_document_is_dated_when_it_was_published(donge: AnnualReport) -> None:
    """The date is part of the PDF: it must not be the day somebody builds it."""
    assert title(replace(donge, published=dt.date(2021, 1, 27))).about["date"] == "2021-01-27"


def test_every_section_of_the_form_has_its_heading(example: AnnualReport) -> None:
    for entry in example.form.sections:
        shown = section(example, entry.id)
        assert words(shown.html)[0] == entry.heading
        assert f'<h2 id="{entry.id}">' in shown.html
        assert (shown.about["kind"], shown.about["id"]) == ("section", entry.id)


def test_a_sections_prose_stands_below_its_heading(donge: AnnualReport) -> None:
    report = replace(donge, text={"overview": "## （一）主动公开\n\n正文**要点**。", "preface": "前言。"})
    assert words(section(report, "overview").html) == ["一、总体情况", "（一）主动公开", "正文", "要点", "。"]
    assert "<h3>（一）主动公开</h3>" in section(report, "overview").html
    assert '#heading(level: 2)[#"（一）主动公开";]' in section(report, "overview").typst
    assert words(preface(report).html) == ["前言。"]
    assert section(report, "overview").plain == "（一）主动公开\n正文要点。"


def test_a_section_that_is_not_on_the_form_is_refused(donge: AnnualReport) -> None:
    with pytest.raises(ParameterError, match=r"section 'overvew': expected one of overview, proactive_disclosure"):
        section(donge, "overvew")


def test_the_closing_signs_dates_and_names_the_source(donge: AnnualReport) -> None:
    report = replace(donge, published=dt.date(2021, 1, 7), source=Source(title="年度报告", statement="不是官方文本。"))
    assert words(closing(report).html) == ["东阿县人民政府", "2021年1月7日", "数据来源：年度报告。", "不是官方文本。"]


def test_a_report_not_yet_published_is_not_signed(donge: AnnualReport) -> None:
    assert "signature" not in closing(donge).html
    assert words(closing(replace(donge, source=Source())).html) == []


def test_hostile_names_are_shown_on_the_page_and_in_print(donge: AnnualReport) -> None:
    """A name is the one piece of data that stands everywhere: title, metadata, signature."""
    report = replace(
        donge,
        body=replace(donge.body, name=HOSTILE),
        published=dt.date(2021, 1, 7),
        source=Source(title=HOSTILE, statement=HOSTILE),
        text={"overview": HOSTILE},
    )
    parts = [title(report), preface(report), section(report, "overview"), closing(report)]
    for part in parts:
        root = lxml.html.fromstring(f"<div>{part.html}</div>")
        assert not list(root.iter("script"))
    for part in (parts[0], parts[3]):
        assert HOSTILE in words(part.html)
    body = "\n\n".join(part.typst for part in parts)
    assert typeset(body, HOSTILE, HOSTILE, dt.date(2021, 1, 7)).startswith(b"%PDF")
