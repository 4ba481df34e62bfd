"""A report that was read becomes a complete params folder, or none."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from helpers.errors import ParameterError
from helpers.folder import read
from helpers.folder.imported import import_year
from helpers.narrative import compose
from helpers.readers import read_document

# The makers of published-looking documents live with the tests of the readers.
sys.path.append(str(Path(__file__).parents[1] / "readers"))

from formats import encoded, to_html
from published import defective, report


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_read_report_survives_the_folder(tmp_path: Path, form: str) -> None:
    _, page = defective(form, 4, ["odd_figures"])
    path = tmp_path / "page.html"
    path.write_bytes(encoded(to_html(page), "utf-8"))
    found = read_document(path)

    folder = import_year(found, tmp_path / "371524-donghe")
    again = read(folder)

    assert dict(again.cells) == dict(found.cells)
    assert dict(again.notes) == dict(found.notes)
    assert again.body.name == found.body.name
    assert again.source.checksum == found.source.checksum
    composed = compose(again).text
    assert all(
        paragraph in composed[name] for name, text in found.text.items() for paragraph in text.split("\n\n")[-1:]
    )
    assert sorted(item.name for item in folder.iterdir()) == [
        "narrative.md", "params.yml", "proactive_disclosure.csv", "report.yml", "requests.csv", "review.csv",
    ]  # fmt: skip


def test_template_signs_in_prose_are_text(tmp_path: Path) -> None:
    original = report("2021", 2)
    prose = "按照{{ year }}、{% if %}与 {# 注 #} 的格式填写。"
    folder = import_year(replace(original, text={"problems": prose}), tmp_path / "371524-linjiang")
    assert compose(read(folder)).text["problems"] == prose


def test_an_existing_year_is_not_overwritten(tmp_path: Path) -> None:
    original = report("2021", 2)
    folder = import_year(original, tmp_path / "371524-linjiang")
    before = (folder / "requests.csv").read_bytes()
    with pytest.raises(ParameterError, match="a year that is not there yet"):
        import_year(report("2021", 7), tmp_path / "371524-linjiang")
    assert (folder / "requests.csv").read_bytes() == before


def test_a_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch) -> None:
    from helpers.folder import writing

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(writing, "write_table", fail)
    with pytest.raises(OSError, match="disk full"):
        import_year(report("2021", 2), tmp_path / "371524-linjiang")
    assert list((tmp_path / "371524-linjiang").iterdir()) == []


@pytest.mark.parametrize("name", ["linjiang", "37152-linjiang", "371524-Linjiang"])
def test_the_folder_is_called_code_and_slug(tmp_path: Path, name: str) -> None:
    with pytest.raises(ParameterError, match="CODE-SLUG"):
        import_year(report("2021", 2), tmp_path / name)


def test_a_report_on_another_years_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="form 2019"):
        import_year(replace(report("2021", 2), year=2020), tmp_path / "371524-linjiang")


def test_a_group_printed_as_one_row_is_kept_as_a_comment(tmp_path: Path) -> None:
    _, page = defective("2021", 6, ["one_row_group"])
    path = tmp_path / "page.html"
    path.write_bytes(encoded(to_html(page), "utf-8"))
    folder = import_year(read_document(path), tmp_path / "371524-linjiang")
    lines = (folder / "requests.csv").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("# ") and "requests.otherwise_handled：" in line for line in lines)
    assert read(folder).cells["requests.otherwise_handled.other.total"] is None


@pytest.mark.parametrize(
    ("code", "body", "level"),
    [
        ("371524", "东阿县人民政府", "county"),
        ("320800", "淮安市人民政府", "prefecture"),
        ("320581", "常熟市人民政府", "county"),
        ("371524", "白水镇人民政府", "town"),
        ("371524", "东河县教育局", "department"),
    ],
)
def test_the_level_follows_from_name_and_code(tmp_path: Path, code: str, body: str, level: str) -> None:
    original = report("2021", 2)
    named = replace(original, body=replace(original.body, name=body))
    assert read(import_year(named, tmp_path / f"{code}-place")).body.level == level
