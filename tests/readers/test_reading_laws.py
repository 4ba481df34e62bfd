"""Laws of reading, for any report and any one defect in any one place."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from formats import encoded, to_html
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from published import Box, boxes, defective, report

from helpers.forms import get_form
from helpers.readers import read_document
from helpers.readers.pages.html import from_markup
from helpers.readers.table.alignment import align, choose_form
from helpers.readers.table.figures import read_cell
from helpers.readers.table.formlabels import labels_of
from helpers.readers.table.similarity import edit_distance, split

FORMS = st.sampled_from(["2019", "2021"])
SEEDS = st.integers(0, 10_000)
quick = settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def aligned(page, form: str):
    return align(from_markup(to_html(page)), get_form(form))


def silently_wrong(page, found) -> set[str]:
    doubtful = {doubt.address for doubt in found.uncertain}
    return {a for a, v in page.expected.items() if found.cells.get(a, "absent") != v and a not in doubtful}


@quick
@given(FORMS, SEEDS)
def test_a_clean_page_is_read_whole(form: str, seed: int) -> None:
    _, page = defective(form, seed, [])
    found = aligned(page, form)
    assert (found.cells, found.uncertain) == (page.expected, ())
    assert choose_form(from_markup(to_html(page)), [get_form("2019"), get_form("2021")], None).id == form


@quick
@given(FORMS, SEEDS, st.data())
def test_any_one_label_may_lose_characters(form: str, seed: int, data) -> None:
    _, page = defective(form, seed, [])
    box = data.draw(st.sampled_from([box for box in boxes(page) if box.role in ("row", "column")]))
    start = data.draw(st.integers(0, len(box.text)))
    box.text = box.text[:start] + box.text[start + data.draw(st.integers(1, 4)) :]
    assert silently_wrong(page, aligned(page, form)) == set()


@quick
@given(FORMS, SEEDS, st.data())
def test_any_one_label_may_be_another_ones(form: str, seed: int, data) -> None:
    """A label copied to the wrong row: figures must not be read into it without a doubt."""
    _, page = defective(form, seed, [])
    labels = [box for box in boxes(page) if box.role == "row" and box.rowspan == 1]
    one, other = data.draw(st.sampled_from(labels)), data.draw(st.sampled_from(labels))
    one.text = other.text
    found = aligned(page, form)
    wrong = silently_wrong(page, found)
    assert wrong == set()


@quick
@given(FORMS, SEEDS, st.data())
def test_any_one_cell_may_be_missing(form: str, seed: int, data) -> None:
    _, page = defective(form, seed, [])
    rows = [row for row in page.tables["requests"][0] if any(box.address for box in row)]
    row = data.draw(st.sampled_from(rows))
    row.remove(data.draw(st.sampled_from([box for box in row if box.address])))
    assert silently_wrong(page, aligned(page, form)) == set()


@quick
@given(FORMS, SEEDS, st.data())
def test_rows_of_something_else_do_not_disturb(form: str, seed: int, data) -> None:
    _, page = defective(form, seed, [])
    rows = page.tables["proactive_disclosure"][0]
    words = data.draw(
        st.lists(st.sampled_from(["合计", "备注", "附", "单位：件", "数据截至年末"]), min_size=1, max_size=3)
    )
    rows.insert(data.draw(st.integers(0, len(rows))), [Box(word) for word in words])
    found = aligned(page, form)
    assert silently_wrong(page, found) == set()


@quick
@given(st.integers(0, 10**9), st.sampled_from(["{}", " {} ", "{}件", "{:,}", "{}（其中修订1件）", "　{}"]))
def test_a_count_is_read_however_it_is_printed(value: int, shape: str) -> None:
    cell = get_form("2021").cells["requests.received.total"]
    reading = read_cell(shape.format(value), cell)
    assert (reading.value, reading.doubt) == (value, None)


@quick
@given(st.text(max_size=12))
def test_any_text_in_a_cell_is_a_figure_a_blank_or_a_doubt(text: str) -> None:
    for address in ("requests.received.total", "proactive_disclosure.fees.amount"):
        cell = get_form("2021").cells[address]
        value, _, doubt = read_cell(text, cell)
        assert value is None or doubt is None
        assert value is None or value >= 0


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("6.03亿元", Decimal(60300), "6.03亿元"), ("251000元", Decimal("25.1"), "251000元"),
        ("96171.6万元", Decimal("96171.6"), None), ("９６，１７１.６", Decimal("96171.6"), None), ("—", None, "—"),
        ("/", None, "/"), ("", None, None), ("\xa0", None, None), ("零", Decimal(0), "原文为“零”"),
    ],
)  # fmt: skip
def test_amounts_and_marks(text: str, value: Decimal | None, note: str | None) -> None:
    cell = get_form("2019").cells["proactive_disclosure.procurement.amount"]
    assert tuple(read_cell(text, cell)) == (value, note, None)


@pytest.mark.parametrize("text", ["-3", "2.5", "1,23", "3 1", "12\n3", "约20", "20余", "1O", "＝？", "3/4", "½"])
def test_what_is_no_count_is_a_doubt(text: str) -> None:
    reading = read_cell(text, get_form("2021").cells["requests.received.total"])
    assert reading.value is None
    assert reading.doubt


@quick
@given(st.text("政府信息公开申请一二三", max_size=8), st.text("政府信息公开申请一二三", max_size=8))
def test_edit_distance_is_a_distance(left: str, right: str) -> None:
    distance = edit_distance(left, right, 99)
    assert distance == edit_distance(right, left, 99)
    assert (distance == 0) == (left == right)
    assert distance <= max(len(left), len(right))


def test_every_label_of_both_forms_is_its_own_best_match() -> None:
    for form in ("2019", "2021"):
        labels = labels_of(get_form(form))
        for row in labels.rows:
            for key in row.keys:
                found = labels.best_row(f"{key.number}.{key.core}" if key.number else key.core)
                assert found is not None
                assert found[0] is row


@pytest.mark.parametrize(
    "text", ["（三）不予公开", "三、不予公开", "3.不予公开", "③不予公开", "（3）不予公开", "３．不予公开", "㈢不予公开"]
)
def test_numbering_is_told_from_the_label(text: str) -> None:
    assert split(text) == ("不予公开", 3)


def test_what_gongkai_writes_it_reads(tmp_path: Path) -> None:
    original = report("2021", 9)
    (tmp_path / "data.json").write_text(original.as_json(), encoding="utf-8")
    original.long().to_csv(tmp_path / "data.csv", index=False)
    assert json.loads(read_document(tmp_path / "data.json").as_json()) == original.as_dict()
    assert dict(read_document(tmp_path / "data.csv").cells) == dict(original.cells)


def test_reading_is_deterministic(tmp_path: Path) -> None:
    _, page = defective("2021", 8, ["blanks_for_zero", "extra_column", "cut_tables"])
    path = tmp_path / "page.html"
    path.write_bytes(encoded(to_html(page), "utf-8"))
    assert read_document(path).as_json() == read_document(path).as_json()
