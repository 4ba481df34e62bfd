"""A form nobody has decreed, from its YAML file alone: what the next national form will need, too."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import lxml.html
import pytest

from helpers.display import literal
from helpers.errors import FolderError, ParameterError
from helpers.exporters.pdf import typeset
from helpers.folder import read_report
from helpers.folder.new import new_year
from helpers.forms import Form, form_for_year
from helpers.frame import section, title
from helpers.integrity import check
from helpers.narrative import compose
from helpers.report import AnnualReport, Body
from helpers.tables import table

RIGHT = {
    "services.household.births.online": 3,
    "services.household.births.window": 4,
    "services.household.births.sum": 7,
    "services.household.moves.online": 10,
    "services.household.moves.window": 0,
    "services.household.moves.sum": 10,
    "services.all.online": 13,
    "services.all.window": 4,
    "services.all.sum": 17,
    "hotline.calls.open_before": 5,
    "hotline.calls.taken": 40,
    "hotline.calls.open_after": 6,
    "hotline.balance.change": -2,
    "hotline.balance.cost": Decimal("1.5"),
}


@pytest.fixture
def form_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "forms"
    folder.mkdir()
    shutil.copy(Path(__file__).parent / "invented.yaml", folder)
    monkeypatch.setenv("GONGKAI_FORMS", str(folder))
    return folder


@pytest.fixture
def invented(form_folder: Path) -> Form:
    return form_for_year(2031)


@pytest.fixture
def right(invented: Form) -> AnnualReport:
    """A report without a fault, with the year before."""
    body = Body("某镇人民政府", "某镇", "990101", "town")
    before = AnnualReport(body, 2030, invented, RIGHT | {"hotline.calls.open_after": 5})
    # The town states 迁移, which this form leaves to counties: LEVEL has to say so elsewhere, not here.
    return AnnualReport(Body("某县人民政府", "某县", "990100", "county"), 2031, invented, RIGHT, previous=before)


def test_it_applies_to_its_years_and_leaves_the_others_alone(invented: Form) -> None:
    assert invented.id == "2030"
    assert set(invented.cells) == set(RIGHT)
    assert form_for_year(2029).id == "2021"
    assert form_for_year(2040).id == "2021"


def test_its_tables_come_out_as_html(right: AnnualReport) -> None:
    services = lxml.html.fromstring(table(right, "services").html)
    rows = [[cell.text_content() for cell in row] for row in services.iter("tr")]
    assert rows == [
        ["事项", "办件", "合计"],
        ["网上", "窗口"],
        ["户政", "出生", "3", "4", "7"],
        ["迁移", "10", "0", "10"],
        ["全部", "13", "4", "17"],
    ]
    hotline = lxml.html.fromstring(table(right, "hotline").html)
    assert [cell.text_content() for cell in hotline.iter("td")] == ["5", "40", "6", "-2", "1.5万元"]


def test_its_tables_and_sections_can_be_typeset(right: AnnualReport) -> None:
    """Guards the form-independence of the document template, under PDF/A-2a and PDF/UA-1."""
    parts = [title(right), *(section(right, name) for name in ("opening", "services"))]
    parts += [table(right, "services"), section(right, "hotline"), table(right, "hotline")]
    body = "\n\n".join(part.typst for part in parts)
    assert literal("公共服务事项（2031年，单位：件）") in body
    assert typeset(body, "公共服务工作年度报告", "某县人民政府", dt.date(2032, 1, 1)).startswith(b"%PDF")


def test_its_laws_pass_on_a_right_report(right: AnnualReport) -> None:
    checks = check(right)
    assert not checks.findings
    assert {"S-COLS", "S-ROWS", "H-YEAR", "H-SAME"} <= {rule.id for rule in checks.rules if rule.status == "passed"}


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"services.household.births.online": 4}, {"S-COLS", "S-ROWS"}),
        ({"services.household.births.sum": 8}, {"S-COLS", "S-ROWS"}),
        ({"services.all.window": 5, "services.all.sum": 18}, {"S-ROWS"}),
        ({"hotline.calls.open_before": 4}, {"H-YEAR"}),
        ({"hotline.calls.taken": 1}, {"H-SAME"}),
        ({"hotline.calls.taken": 400}, {"JUMP"}),
        ({"hotline.calls.taken": -40}, {"DOMAIN"}),
        ({"hotline.balance.cost": None}, {"BLANK"}),
    ],
)
def test_every_one_of_its_laws_can_fail(right: AnnualReport, changes: dict[str, int], rules: set[str]) -> None:
    assert {finding.rule for finding in check(right.with_cells(changes)).findings} == rules


def test_its_levels_are_held(right: AnnualReport) -> None:
    assert right.previous is not None
    findings = check(right.previous).findings
    assert {finding.rule for finding in findings} == {"LEVEL"}
    assert {finding.addresses[0].rpartition(".")[0] for finding in findings} == {"services.household.moves"}


def test_an_empty_data_folder_comes_from_it(form_folder: Path, tmp_path: Path) -> None:
    folder = new_year(tmp_path, "990100-mou", 2031, "某县", "某县人民政府")
    with (folder / "services.csv").open(encoding="utf-8", newline="") as file:
        lines = [line for line in csv.reader(file) if not line[0].startswith("#")]
    assert lines == [
        ["address", "label", "online", "window", "sum"],
        ["", "", "网上", "窗口", "合计"],
        ["services.household.births", "出生", "", "", ""],
        ["services.household.moves", "迁移", "", "", ""],
        ["services.all", "全部", "", "", ""],
    ]
    assert "# 一、概况\n## （一）民生" in (folder / "narrative.md").read_text(encoding="utf-8")
    report = read_report("990100-mou", 2031, tmp_path)
    assert report.form.id == "2030"
    assert set(report.cells) == set(RIGHT)
    assert set(report.cells.values()) == {None}


def test_its_data_folder_takes_no_other_forms_rows(form_folder: Path, tmp_path: Path) -> None:
    folder = new_year(tmp_path, "990100-mou", 2031, "某县", "某县人民政府")
    path = folder / "services.csv"
    path.write_text(path.read_text(encoding="utf-8") + "requests.received,新收,1,1,2\n", encoding="utf-8")
    with pytest.raises(
        FolderError, match=r"services\.csv:9 \[requests\.received\]: expected a row address of the form"
    ):
        read_report("990100-mou", 2031, tmp_path)


def test_a_forms_folder_that_is_not_there_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A misspelt GONGKAI_FORMS would otherwise report the year on the wrong form without a word."""
    monkeypatch.setenv("GONGKAI_FORMS", str(tmp_path / "fomrs"))
    with pytest.raises(ParameterError, match=r"fomrs: expected a folder of form files.*Correct GONGKAI_FORMS"):
        form_for_year(2024)


PROSE = {
    "preface": "现公布某县2031年公共服务工作年度报告。统计期限自2031年1月1日起至2031年12月31日止。",
    "opening": "2031年，全县共受理政府信息公开申请128件，均已办结，占50%，同比增长3%，比上年增加7件。"
    "行政复议3件，均获维持；制发规范性文件5件；收取信息处理费3元。接听热线40个，其中网上30个、窗口10个。",
}


def test_its_prose_is_judged_by_what_it_has(right: AnnualReport) -> None:
    """Words about tables it does not have mean nothing here, and it has neither a section 五 nor a 六."""
    assert right.previous is not None
    before = replace(right.previous, text={"opening": "2030年，一切如常。"})
    checks = check(replace(right, text=PROSE, previous=before))
    assert checks.findings == ()
    states = {rule.id: rule.status for rule in checks.rules if rule.id.startswith("TEXT")}
    assert states == dict.fromkeys(
        ("TEXT-COUNT", "TEXT-SHARE", "TEXT-GROWTH", "TEXT-SUM", "TEXT-CLOSED", "TEXT-YEAR", "TEXT-RESIDUE",
         "TEXT-REPEAT"), "passed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("section", "words", "rule"),
    [
        ("opening", "接听热线40个，其中网上30个、窗口10个、其他5个。", "TEXT-SUM"),
        ("opening", "全年发布信息XX条。", "TEXT-RESIDUE"),
        ("preface", "统计期限自2030年1月1日起至2030年12月31日止。", "TEXT-YEAR"),
        ("opening", "一是窗口少、排队久，二是热线忙、接不通。" * 6, "TEXT-REPEAT"),
    ],
)
def test_rules_on_words_hold_for_it_as_for_any(right: AnnualReport, section: str, words: str, rule: str) -> None:
    assert right.previous is not None
    before = replace(right.previous, text={"opening": words if rule == "TEXT-REPEAT" else "无"})
    findings = check(replace(right, text={**PROSE, section: words}, previous=before)).findings
    assert [(finding.rule, finding.addresses) for finding in findings] == [(rule, (f"text.{section}",))]


def test_its_prose_can_be_left_to_its_defaults(right: AnnualReport) -> None:
    """No rule asks for a section that it does not have, whoever wrote the others."""
    composed = compose(right)
    assert composed.by_default
    assert check(composed).findings == ()


def test_a_sixth_section_is_called_what_it_is_here(form_folder: Path) -> None:
    """A form may have the section on problems, and that on fees, at another place and under another name."""
    file = form_folder / "invented.yaml"
    text = file.read_text(encoding="utf-8")
    last = "  - {id: hotline, heading: 三、热线情况, en: Hotline}\n"
    assert last in text
    added = "  - {id: problems, heading: 四、不足, en: Problems}\n  - {id: other, heading: 其他, en: Other}\n"
    file.write_text(text.replace(last, last + added), encoding="utf-8")
    form = form_for_year(2031)
    report = AnnualReport(
        Body("某县人民政府", level="county"), 2031, form, RIGHT, text={"other": "无", "problems": "无"}
    )
    assert [(finding.rule, finding.message) for finding in check(report).findings] == [
        ("TEXT-FEE", "第五部分没有报告信息处理费收取情况（没有收取的也应写明）。"),
        ("TEXT-EMPTY", "第四部分“不足”只写了“无”，应如实写明问题和改进情况。"),
    ]
