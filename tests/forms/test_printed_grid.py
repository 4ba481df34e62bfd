"""The forms against the printed ones: every heading verbatim, every span, every address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers.forms import Band, Form, Slot, Table, all_forms, get_form

FORMS = tuple(form.id for form in all_forms())
EXAMPLE_OF = {"2019": "371524-donge-2020.json", "2021": "320800-huaian-2024.json"}


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return get_form(request.param)


def printed(form: Form) -> str:
    """The form's grid in the notation of `tests/ground_truth/form-*.txt`."""
    return "\n\n".join(
        "\n".join(" | ".join(map(_slot, line)) for band in table.bands for line in (*band.head, *band.body))
        for table in form.tables.values()
    )


def _slot(slot: Slot) -> str:
    text = slot.text if slot.address is None else "□"
    return text + f" →{slot.colspan}" * (slot.colspan > 1) + f" ↓{slot.rowspan}" * (slot.rowspan > 1)


def covered(table: Table, band: Band) -> dict[tuple[int, int], int]:
    """How often each position of a band is covered, slots placed as a browser places them."""
    count: dict[tuple[int, int], int] = {}
    for row, line in enumerate((*band.head, *band.body)):
        column = 0
        for slot in line:
            while (row, column) in count:
                column += 1
            for down in range(slot.rowspan):
                for right in range(slot.colspan):
                    position = (row + down, column + right)
                    count[position] = count.get(position, 0) + 1
    return count


def test_a_form_prints_exactly_as_decreed(form: Form, ground_truth: Path) -> None:
    """Guards every label, order and span against the blank form of the State Council's office."""
    assert printed(form) == (ground_truth / f"form-{form.id}.txt").read_text(encoding="utf-8").strip()


def test_every_position_of_a_grid_is_covered_exactly_once(form: Form) -> None:
    for table in form.tables.values():
        for band in table.bands:
            height = len(band.head) + len(band.body)
            everywhere = {(row, column): 1 for row in range(height) for column in range(table.width)}
            assert covered(table, band) == everywhere, f"{table.id} in form {form.id}"


@pytest.mark.parametrize(("form_id", "count"), [("2019", 198), ("2021", 200)])
def test_a_form_has_exactly_the_addresses_of_the_contract(form_id: str, count: int, ground_truth: Path) -> None:
    addresses = json.loads((ground_truth / EXAMPLE_OF[form_id]).read_text(encoding="utf-8"))
    assert set(get_form(form_id).cells) == set(addresses)
    assert len(get_form(form_id).cells) == count


def test_every_address_bears_its_chinese_labels(form: Form, ground_truth: Path) -> None:
    labels = json.loads((ground_truth / f"labels-{form.id}.json").read_text(encoding="utf-8"))
    rows = {row: cells[0].row_label for table in form.tables.values() for row, cells in table.rows.items()}
    assert rows == labels["rows"]
    assert {name: dict(table.columns) for name, table in form.tables.items()} == labels["columns"]
    for cell in form.cells.values():
        assert (cell.row_label, cell.column_label) == (
            labels["rows"][cell.row],
            labels["columns"][cell.address.split(".")[0]][cell.column],
        )


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("requests.denied.state_secret.other", "三、本年度办理结果－（三）不予公开－1.属于国家秘密·其他"),
        ("requests.received.natural_person", "一、本年新收政府信息公开申请数量·自然人"),
        ("review.litigation_after_reconsideration.total", "行政诉讼－复议后起诉·总计"),
        ("review.reconsideration.pending", "行政复议·尚未审结"),
    ],
)
def test_a_cell_is_named_by_its_headings_from_the_outermost(address: str, name: str) -> None:
    assert get_form("2021").cells[address].name == name


def test_tables_three_and_four_are_the_same_but_for_other_handling() -> None:
    old, new = (set(get_form(form).cells) for form in FORMS)
    differing = {cell for cell in old ^ new if not cell.startswith("proactive_disclosure.")}
    assert differing == {cell for cell in differing if cell.startswith("requests.otherwise_handled")}
    assert len(differing) == 7 + 21
