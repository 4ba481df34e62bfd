"""Exchange files that no `--json` has written: one line that says what is wrong, never a report of nonsense."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.errors import DocumentError, InputError
from helpers.readers import read_document
from helpers.report import AnnualReport

Change = Callable[[dict[str, Any]], object]
CELL = "requests.received.total"


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_document(path)
    message = str(caught.value)
    assert isinstance(caught.value, DocumentError)
    assert len(message.splitlines()) == 1
    assert len(message) < 1500
    return message


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda data: data["cells"].update({CELL: float("nan")}), "NaN"),
        (lambda data: data["cells"].update({CELL: float("inf")}), "Infinity"),
        (lambda data: data["cells"].update({CELL: 1e300}), "in place of a figure"),
        (lambda data: data["cells"].update({CELL: 10**19}), "no whole number of at most 18 digits"),
        (lambda data: data["cells"].update({CELL: True}), "True in place of the figure"),
        (lambda data: data["cells"].update({CELL: "46"}), "'46' in place of the figure"),
        (lambda data: data["cells"].update({CELL: [46]}), "in place of the figure"),
        (lambda data: data["cells"].update({"a.b.c": 1}), "the cell 'a.b.c'"),
        (lambda data: data["cells"].pop(CELL), f"no cell {CELL}"),
        (lambda data: data.pop("notes"), "no 'notes'"),
        (lambda data: data.update(extra=1), "the key 'extra'"),
        (lambda data: data.update(year="2020"), "“year” that is not a whole number"),
        (lambda data: data.update(year=99999), "the year 99999"),
        (lambda data: data.update(form="1999"), "one of the forms"),
        (lambda data: data.update(form=["2019"]), "“form” that is not text"),
        (lambda data: data.update(body=None), "“body” that is not text"),
        (lambda data: data.update(cells=[]), "“cells” that is not an object"),
        (lambda data: data["notes"].update({CELL: 5}), "“notes” that is not an object of texts"),
        (lambda data: data["notes"].update({"a.b.c": "注"}), "the key 'a.b.c' under “notes”"),
        (lambda data: data["notes"].update({CELL: "注\x07"}), "control character '\\x07'"),
        (lambda data: data["text"].update({"overview": "\x02"}), "control character"),
        (lambda data: data["text"].update({"poem": "文"}), "the key 'poem' under “text”"),
        (lambda data: data["source"].update({"rating": "5"}), "the key 'rating' under “source”"),
        (lambda data: data.update(uncertain=[{"address": CELL}]), "why"),
        (lambda data: data.update(uncertain=[{"address": CELL, "why": 5}]), "“uncertain”"),
        (lambda data: data.update(uncertain=["x"]), "“uncertain”"),
        (lambda data: data.update(schema="gongkai/2"), "gongkai/2"),
    ],
)
def test_a_value_out_of_place_is_refused_in_one_line(
    donge: AnnualReport, tmp_path: Path, change: Change, said: str
) -> None:
    data = donge.as_dict()
    change(data)
    (tmp_path / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    assert said in refused(tmp_path / "data.json")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (f'"{CELL}": 46', f'"{CELL}": 1e309', "in place of a figure"),
        (f'"{CELL}": 46', f'"{CELL}": ' + "9" * 5000, "no whole number"),
        (f'"{CELL}": 46', f'"{CELL}": 46, "{CELL}": 47', f"the key '{CELL}' twice"),
        (f'"{CELL}": 46', f'"{CELL}": -Infinity', "Infinity"),
        ('"notes": {', '"notes": {"x": ' + "[" * 100_000, ""),
        ('"body": "', '"body": "\\ud800', "control character"),
    ],
)
def test_json_that_python_would_take_is_refused(
    donge: AnnualReport, tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = donge.as_json()
    assert text.count(old) == 1
    (tmp_path / "data.json").write_text(text.replace(old, new), encoding="utf-8")
    assert said in refused(tmp_path / "data.json")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (",46,", ",NaN,", "“NaN”"),
        (",46,", ",４６,", "“４６”"),
        (",46,", ",4_6,", "“4_6”"),
        (",46,", "," + "9" * 5000 + ",", "“999"),
        ("requests.granted.total", CELL, "once"),
        ("requests.granted.total", "requests.grantd.total", "once"),
        (",60300", ",Infinity", "“Infinity”"),
        (",60300", ",1e999999", "“1e999999”"),
        (",46,", ',"46,', ""),
    ],
)
def test_a_csv_of_nonsense_is_refused(donge: AnnualReport, tmp_path: Path, old: str, new: str, said: str) -> None:
    text = donge.as_csv()
    assert old in text
    (tmp_path / "data.csv").write_text(text.replace(old, new, 1), encoding="utf-8")
    (tmp_path / "data.json").write_text(donge.as_json(), encoding="utf-8")
    assert said in refused(tmp_path / "data.csv")


def test_rows_may_be_shorter_than_the_header_says(donge: AnnualReport, tmp_path: Path) -> None:
    """Also before the column of addresses: such a row is told, and one without a note is none the worse."""
    head, *rows = donge.as_csv().splitlines()
    columns = head.split(",")
    assert columns[0] == "address"
    (tmp_path / "data.json").write_text(donge.as_json(), encoding="utf-8")
    short = [",".join(line.split(",")[: columns.index("value") + 1]) for line in rows]
    (tmp_path / "data.csv").write_text("\n".join([head, *short]), encoding="utf-8")
    assert dict(read_document(tmp_path / "data.csv").cells) == dict(donge.cells)
    (tmp_path / "data.csv").write_text("# 2024年\nvalue,address\n1\naddress,x\n", encoding="utf-8")
    assert "the cells of a statutory form" in refused(tmp_path / "data.csv")


def test_a_note_of_two_lines_survives_the_csv(donge: AnnualReport, tmp_path: Path) -> None:
    """Its second line, where it began with #, was taken for a comment."""
    from dataclasses import replace

    report = replace(donge, notes={CELL: "一\n# 二"})
    (tmp_path / "data.csv").write_text(report.as_csv(), encoding="utf-8", newline="")
    (tmp_path / "data.json").write_text(donge.as_json(), encoding="utf-8")
    assert read_document(tmp_path / "data.csv").notes == {CELL: "一\n# 二"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda values: st.lists(values, max_size=3) | st.dictionaries(st.text(max_size=5), values, max_size=3),
    max_leaves=6,
)


@given(st.data())
def test_any_value_in_any_place_is_read_or_refused(donge: AnnualReport, tmp_path: Path, data: st.DataObject) -> None:
    content = donge.as_dict()
    key = data.draw(st.sampled_from([*content, "extra"]))
    if isinstance(content.get(key), dict) and data.draw(st.booleans()):
        content[key] = content[key] | {data.draw(st.sampled_from([*content[key], CELL, "x"])): data.draw(JSON)}
    else:
        content[key] = data.draw(JSON)
    path = tmp_path / "data.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    message, report = "", None
    try:
        report = read_document(path)
    except DocumentError as problem:
        message = str(problem)
    assert len(message.splitlines()) == (report is None)
    if report:
        assert json.loads(report.as_json().encode())["cells"].keys() >= donge.cells.keys()
