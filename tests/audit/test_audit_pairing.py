"""Which report is last year's: only where that is certain, because T3-YEAR accuses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reports import changed, published_report

from helpers.audit.files import find_files, page_names
from helpers.audit.pairing import Card, agree, pair
from helpers.audit.run import fair
from helpers.errors import ParameterError
from helpers.integrity import check
from helpers.report import Doubt


def cards(*entries: tuple[str, str, int]) -> list[Card]:
    return [Card(number, Path(file), body, year) for number, (file, body, year) in enumerate(entries)]


@pytest.mark.parametrize(
    ("entries", "pairs"),
    [
        ([("a/1", "东阿县人民政府", 2023), ("b/2", "东阿县人民政府", 2024)], {1: 0}),
        ([("a/1", "东阿县", 2023), ("b/2", "东阿县 人民政府", 2024)], {1: 0}),
        ([("a/1", "东阿县人民政府", 2022), ("b/2", "东阿县人民政府", 2024)], {}),
        ([("a/1", "东阿县教育局", 2023), ("b/2", "东阿县人民政府", 2024)], {}),
        ([("a/1", "教育局", 2023), ("b/2", "教育局", 2024)], {}),
        ([("a/1", "市财政局", 2023), ("b/2", "市财政局", 2024)], {}),
        ([("a/1", "教育局", 2023), ("a/2", "教育局", 2024)], {1: 0}),
        ([("a/1", "", 2023), ("a/2", "", 2024)], {}),
        ([("a/1", "冠县人民政府", 2022), ("a/2", "冠县人民政府", 2023), ("a/3", "冠县人民政府", 2024)], {1: 0, 2: 1}),
    ],
)
def test_the_same_body_the_year_before(entries, pairs) -> None:
    assert pair(cards(*entries), lambda one, other: True) == pairs


def test_of_several_candidates_the_one_beside_it_is_taken_and_none_where_they_contradict_each_other() -> None:
    entries = cards(("a/1", "冠县", 2023), ("b/2", "冠县", 2023), ("b/3", "冠县", 2024), ("c/4", "冠县", 2024))
    assert pair(entries, lambda one, other: False) == {2: 1}
    assert pair(entries, lambda one, other: True) == {2: 1, 3: 0}


def test_two_readings_agree_where_no_figure_differs() -> None:
    report = published_report(2024)
    assert agree(report, report.with_cells({"review.reconsideration.total": None}))
    assert not agree(report, changed(report, {"review.reconsideration.total": 1}))


def test_a_cell_that_was_not_read_convicts_nobody() -> None:
    report = published_report(2024).with_cells({"review.reconsideration.upheld": None})
    certain = check(report, own=False)
    doubtful = fair(check(replace(report, uncertain=(Doubt("review.reconsideration.upheld", "torn"),)), own=False))
    assert [f.rule for f in certain.errors] == ["T4-SUM"]
    assert doubtful.errors == ()
    assert any(f.rule == "T4-SUM" and "未能确定" in f.message for f in doubtful.findings)


def test_every_file_of_a_known_suffix_is_found_once(tmp_path: Path) -> None:
    for name in ("a.html", "b/c.PDF", "b/.d.html", "b/~$e.docx", "f.json", ".git/g.html", "out/pages/h.html"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = find_files([tmp_path, tmp_path / "b" / "c.PDF", tmp_path / "f.json"], besides=tmp_path / "out")
    assert [file.relative_to(tmp_path).as_posix() for file in found] == ["a.html", "b/c.PDF", "f.json"]
    with pytest.raises(ParameterError, match="no such file in it"):
        find_files([tmp_path / ".git" / "none", tmp_path / "out"], besides=tmp_path / "out" / "pages")


def test_pages_lie_as_their_files_do_and_have_names_that_file_systems_take() -> None:
    long = "政" * 85 + ".pdf"
    names = page_names(
        [Path("x/2020.html"), Path("x/y/2020.html"), Path("x") / long, Path("x/a.html"), Path("x/a.pdf")]
    )
    pages = list(names.values())
    assert pages[:2] == ["pages/2020.html.html", "pages/y/2020.html.html"]
    assert len(set(pages)) == 5
    assert all(len(part.encode()) <= 255 for page in pages for part in page.split("/"))
