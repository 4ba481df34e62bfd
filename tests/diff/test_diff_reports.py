"""Two reports side by side: what differs is found, what does not is silent, and nothing is said of a blank's size."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import process_time

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from building import run_gongkai
from helpers.diff import compare
from helpers.diff.cells import CellChange
from helpers.diff.page import page
from helpers.loading import whole_report
from helpers.report import AnnualReport
from strategies import consistent_reports, flawless_report
from strategies import text as any_text

CELL = "requests.granted.natural_person"
PARAMS = Path(__file__).parents[2] / "params"


def cell(old: AnnualReport, new: AnnualReport, address: str) -> CellChange:
    return next(entry for entry in compare(old, new).cells if entry.address == address)


@given(consistent_reports())
def test_a_report_does_not_differ_from_itself(report: AnnualReport) -> None:
    found = compare(report, report)
    assert not found.differs
    assert {entry.address for entry in found.cells} == set(report.cells)


@given(consistent_reports(), st.data())
def test_one_changed_cell_is_the_only_difference(report: AnnualReport, data: st.DataObject) -> None:
    address = data.draw(st.sampled_from(sorted(report.cells)))
    changed = report.with_cells({address: (report.cells[address] or 0) + 3})
    assert [entry.address for entry in compare(report, changed).cells if entry.differs] == [address]


def test_change_and_rate() -> None:
    report = flawless_report(2024)
    entry = cell(report.with_cells({CELL: 40}), report.with_cells({CELL: 47}), CELL)
    assert (entry.change, entry.rate, entry.says) == (7, Decimal("17.5"), ("", ""))


def test_a_zero_base_and_a_blank_are_said_in_words() -> None:
    """Blank is not zero, and nothing grows from zero by a percentage."""
    report = flawless_report(2024)
    zero, blank, five = (report.with_cells({CELL: value}) for value in (0, None, 5))
    assert cell(zero, five, CELL).rate is None
    assert cell(zero, five, CELL).says == ("前者为0，不计算增减率", "no rate: it was 0")
    entry = cell(blank, zero, CELL)
    assert entry.differs
    assert (entry.change, entry.rate, entry.says) == (None, None, ("前者空白", "blank before"))
    assert not cell(blank, blank, CELL).differs


def test_a_group_is_compared_by_sum_across_forms_and_the_rest_is_listed() -> None:
    old, new = flawless_report(2020), flawless_report(2024)
    group = "requests.otherwise_handled.total"
    entry = cell(old, new, group)
    assert entry.group
    assert (entry.old, entry.new) == (old.cells[group], new.value(group))
    assert entry.row.endswith("（六）其他处理")
    states = {entry.address: entry.states for entry in compare(old, new).cells}
    assert states["requests.otherwise_handled.other.total"] == ("absent", "stated")
    assert states["proactive_disclosure.procurement.amount"] == ("stated", "absent")
    assert set(states) == set(old.cells) | set(new.cells)


@given(any_text(max_size=200), any_text(max_size=200))
def test_pieces_joined_are_both_texts(old: str, new: str) -> None:
    """Whatever is marked as removed or inserted, no word of either text is lost."""
    report = flawless_report(2024)
    sections = compare(replace(report, text={"problems": old}), replace(report, text={"problems": new})).prose
    flat = [
        "".join("".join(piece.text.split()) for piece in section.pieces if piece.kind != other)
        for section in sections
        for other in ("inserted", "removed")
    ]
    assert flat == ["".join((section.old or "").split()) for section in sections] + [
        "".join((section.new or "").split()) for section in sections
    ]


def test_prose_by_sentence_then_by_word() -> None:
    report = flawless_report(2024)
    old = replace(report, text={"problems": "一是人手不足。二是收到申请146件，均已办结。"})
    new = replace(report, text={"problems": "一是人手不足。二是收到申请164件，均已办结。"})
    (section,) = compare(old, new).prose
    assert [tuple(piece) for piece in section.pieces if piece.kind != "same"] == [
        ("removed", "146"), ("inserted", "164")
    ]  # fmt: skip
    assert section.repeated == 30.4  # 7 of 23 characters


def test_texts_of_very_many_sentences_are_compared_by_their_ends() -> None:
    """Sentence by sentence, the same one 100,000 times on both sides would take hours."""
    report = flawless_report(2024)
    old, new = (replace(report, text={"problems": f"甲。{'一。' * 100_000}{end}乙。"}) for end in ("丙。", "丁。"))
    start = process_time()
    (section,) = compare(old, new).prose
    assert process_time() - start < 30
    told = [(piece.kind, piece.text) for piece in section.pieces if piece.kind != "same"]
    assert told == [("removed", "丙。"), ("inserted", "丁。")]


def test_a_comparison_ends_with_its_limits(tmp_path: Path) -> None:
    """Also of a county's folder, which is read like any other's document."""
    (tmp_path / "data.json").write_text(flawless_report(2024).as_json(), encoding="utf-8")
    for side in (tmp_path / "data.json", PARAMS / "371524-donge" / "2020", "371524-donge/2020"):
        done = run_gongkai("diff", side, side, "--timeout", "0.001")
        assert done.returncode == 1
        assert f"{side}: expected a report that is read within 0.001 s" in done.stderr
        assert done.stderr.count("\n") == 1


def test_the_page_stands_alone_and_marks_what_changed() -> None:
    markup = page(compare(whole_report("321300-suqian", 2023, PARAMS), whole_report("321300-suqian", 2024, PARAMS)))
    assert "<script" not in markup
    assert 'lang="zh-CN"' in markup
    root = lxml_html.fromstring(markup)
    assert root.findall(".//ins")
    assert root.findall(".//del")
    for table in root.iter("table"):
        assert table.find("caption") is not None
        assert all(head.get("scope") for head in table.iter("th"))
    for link in root.findall(".//nav//a"):
        assert root.get_element_by_id(link.get("href")[1:]) is not None


def test_the_command_says_by_its_exit_code_only_when_asked() -> None:
    years = ("params/321300-suqian/2023", "321300-suqian/2024")
    done = run_gongkai("diff", *years, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["differs"]
    assert run_gongkai("diff", *years, "--exit-code").returncode == 1
    same = run_gongkai("diff", years[1], years[1], "--exit-code")
    assert same.returncode == 0
    assert "no difference" in same.stdout
    nothing = run_gongkai("diff", "nowhere", years[1])
    assert nothing.returncode == 2
    assert "COUNTY/YEAR" in nothing.stderr
