"""What gongkai publishes, it reads back: no cell, note or word is lost between publishing and importing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from publishing import FILES, bare, publish, published_reports, read_back

from helpers.loading import whole_report
from helpers.report import AnnualReport

PARAMS = Path(__file__).parents[2] / "params"
EXAMPLES = (("320800-huaian", 2024), ("321300-suqian", 2023), ("321300-suqian", 2024), ("371524-donge", 2020))


def same(name: str, read: AnnualReport, written: AnnualReport) -> None:
    """The equality of a round trip, by format.

    All: body, year, form, every cell (as a number; blank is blank), the address of every note, nothing uncertain.
    HTML and JSON: notes and prose to the character, Markdown and all. PDF: notes and prose by their words, without
    emphasis and white space, which print does not tell. CSV: cells and notes; it holds no prose.
    """
    assert read.uncertain == ()
    assert (read.body.name, read.year, read.form) == (written.body.name, written.year, written.form)
    assert dict(read.cells) == dict(written.cells)
    if name == "report.pdf":
        assert {a: bare(n) for a, n in read.notes.items()} == {a: bare(n) for a, n in written.notes.items()}
        assert {s: bare(t) for s, t in read.text.items()} == {s: bare(t) for s, t in written.text.items() if t}
        return
    assert dict(read.notes) == dict(written.notes)
    if name != "data.csv":
        assert dict(read.text) == dict(written.text)


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda example: f"{example[0]}/{example[1]}")
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[AnnualReport, Path]:
    """Each example, and the folder it was published to."""
    report = whole_report(*request.param, PARAMS)
    folder = tmp_path_factory.mktemp("published")
    publish(report, folder)
    return report, folder


@pytest.mark.parametrize("name", FILES)
def test_the_examples_come_back(published: tuple[AnnualReport, Path], name: str) -> None:
    report, folder = published
    read = read_back(folder, name)
    same(name, read, report)
    if name in ("report.html", "report.pdf"):
        assert read.published == report.published


@pytest.mark.parametrize("name", ["report.html", "report.pdf"])
def test_a_body_with_a_rare_character_in_its_name_comes_back(tmp_path: Path, name: str) -> None:
    report = whole_report(*EXAMPLES[1], PARAMS)
    named = replace(report, body=replace(report.body, name="𠮷䶮县人民政府"))
    publish(named, tmp_path)
    same(name, read_back(tmp_path, name), named)


# Publishing hundreds of times to find a shorter example takes longer than reading this one.
GENERATE = (Phase.explicit, Phase.generate)


@settings(max_examples=30, phases=GENERATE)
@given(published_reports())
def test_every_report_comes_back_from_html_json_and_csv(report: AnnualReport) -> None:
    with TemporaryDirectory() as folder:
        names = ("report.html", "data.json", "data.csv")
        publish(report, Path(folder), names)
        for name in names:
            same(name, read_back(Path(folder), name), report)


@settings(max_examples=8, phases=GENERATE)
@given(published_reports())
def test_every_report_comes_back_from_pdf(report: AnnualReport) -> None:
    with TemporaryDirectory() as folder:
        publish(report, Path(folder), ("report.pdf",))
        same("report.pdf", read_back(Path(folder), "report.pdf"), report)


@pytest.mark.parametrize("name", ["report.html", "data.json", "data.csv"])
def test_a_blank_comes_back_blank(tmp_path: Path, name: str) -> None:
    """A blank is never published, but an imported report has some, and what is read is written again."""
    report = whole_report("371524-donge", 2020, PARAMS)
    blank = replace(report.with_cells({"review.reconsideration.upheld": None, "requests.granted.other": None}))
    publish(blank, tmp_path)
    same(name, read_back(tmp_path, name), blank)


@pytest.mark.parametrize("name", FILES)
def test_a_note_on_the_first_figure_of_every_row_comes_back(tmp_path: Path, name: str) -> None:
    """A figure with its note must not be taken for the row's label, least of all in the table that has no labels."""
    report = whole_report("321300-suqian", 2024, PARAMS)
    rows = [cells for table in report.form.tables.values() for cells in table.rows.values()]
    noted = replace(report, notes={cells[0].address: f"按第{number}号口径统计" for number, cells in enumerate(rows, 1)})
    publish(noted, tmp_path)
    same(name, read_back(tmp_path, name), noted)
