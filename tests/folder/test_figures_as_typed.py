"""A figure as people type it: read where its meaning is certain, refused where it is not."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.errors import FolderError
from helpers.folder import read_report
from helpers.folder.numbers import Unreadable, read_figure
from helpers.forms.spec import Kind


@pytest.mark.parametrize(
    ("typed", "kind", "value", "note"),
    [
        ("46", "whole", 46, None),
        ("0", "whole", 0, None),
        ("046", "whole", 46, None),
        ("１２３", "whole", 123, None),
        (" 46 ", "whole", 46, None),
        ("　46\xa0", "whole", 46, None),
        ("\ufeff46\u200b", "whole", 46, None),
        ("+5", "whole", 5, None),
        ("1,573,179", "whole", 1573179, None),
        ("1，573，179", "whole", 1573179, None),
        ("22（其中修订16件）", "whole", 22, "其中修订16件"),
        ("22(其中修订16件)", "whole", 22, "其中修订16件"),
        ("22 （其中（新）16件）", "whole", 22, "其中（新）16件"),
        ("+24", "signed", 24, None),
        ("＋24", "signed", 24, None),
        ("-7", "signed", -7, None),
        ("－7", "signed", -7, None),
        ("\u22127", "signed", -7, None),
        ("0", "signed", 0, None),
        ("72701.2578", "decimal", Decimal("72701.2578"), None),
        ("72,701.2578", "decimal", Decimal("72701.2578"), None),
        ("251000元", "decimal", Decimal("25.1"), "251000元"),
        ("6.03亿元", "decimal", Decimal(60300), "6.03亿元"),
        ("5万元", "decimal", Decimal(5), "5万元"),
        ("60300（原公布为6.03亿元）", "decimal", Decimal(60300), "原公布为6.03亿元"),
    ],
)
def test_what_is_certain_is_read(typed: str, kind: Kind, value: int | Decimal, note: str | None) -> None:
    read, read_note = read_figure(typed, kind)
    assert (read, read_note) == (value, note)
    assert type(read) is type(value)


@pytest.mark.parametrize("typed", ["", " ", "　", "\xa0", "/", "／", "-", "－", "—", "——", "无", "×"])
@pytest.mark.parametrize("kind", ["whole", "signed", "decimal"])
def test_what_is_not_stated_is_blank_and_never_nought(typed: str, kind: Kind) -> None:
    assert read_figure(typed, kind) == (None, None)


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("若干", "whole", "a whole number"),
        ("5500余", "whole", "a whole number"),
        ("46件", "whole", "a whole number"),
        ("1.5", "whole", "a whole number"),
        ("1.0", "signed", "a whole number"),
        ("1e3", "whole", "a whole number"),
        ("1 573", "whole", "a whole number"),
        ("-7", "whole", "a whole number of 0 or more"),
        ("-0", "whole", "a whole number of 0 or more"),
        ("1,23", "whole", "thousands separators every three digits"),
        ("12,34,567", "whole", "thousands separators every three digits"),
        ("-1.5", "decimal", "an amount of 0 or more"),
        ("-6亿元", "decimal", "an amount of 0 or more"),
        ("1.5.2", "decimal", "a decimal figure in 万元"),
        ("NaN", "decimal", "a decimal figure in 万元"),
        ("5美元", "decimal", "a decimal figure in 万元"),
        ("（只有说明）", "whole", "a figure before the note"),
        ("/（未统计）", "whole", "a figure before the note"),
        ("9" * 21, "whole", "a figure of at most 20 digits"),
        ("9" * 5000, "decimal", "a figure of at most 20 digits"),
        ("9" * 5000 + "亿元", "decimal", "a figure of at most 20 digits"),
    ],
)
def test_what_has_no_certain_meaning_is_refused(typed: str, kind: Kind, expected: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_figure(typed, kind)
    assert caught.value.expected == expected
    assert caught.value.remedy.endswith(".")


@pytest.mark.parametrize("typed", ["22①", "5²", "½", "22⑴", "22﹙注﹚", "٣", "四十六", "Ⅳ"])
@pytest.mark.parametrize("kind", ["whole", "signed", "decimal"])
def test_a_footnote_mark_is_never_taken_for_a_digit(typed: str, kind: Kind) -> None:
    """22① is 22 with a mark, not 221: Unicode's compatibility folding would say 221."""
    with pytest.raises(Unreadable):
        read_figure(typed, kind)


@given(
    st.text(max_size=12) | st.text("0123456789０１,，.．+-－()（）①元万亿/ 　", max_size=12),
    st.sampled_from(["whole", "signed", "decimal"]),
)
@example("22⑴", "whole")
@example("()", "whole")
def test_any_text_is_a_figure_a_blank_or_refused(typed: str, kind: Kind) -> None:
    try:
        value, _ = read_figure(typed, kind)
    except Unreadable:
        return
    if value is None:
        return
    # Whatever is read, its digits are those that were typed, and nothing else.
    figure = re.split("[（(]", typed)[0].translate(str.maketrans("０１２３４５６７８９．", "0123456789."))
    digits = "".join(re.findall(r"[0-9.]", figure))
    scale = {"亿": 10_000, "万": 1}.get(figure.rstrip("元 　").strip()[-1:], 1)
    scale = Decimal("0.0001") if "元" in figure and "万" not in figure and "亿" not in figure else Decimal(scale)
    assert abs(value) == Decimal(digits) * scale


@pytest.mark.parametrize("file", ["indicators.csv", "proactive_disclosure.csv"])
def test_a_figure_finer_than_it_is_printed_is_refused_with_its_line(params_to_spoil: Path, file: str) -> None:
    """It was read, and the default prose then ended in a traceback."""
    path = params_to_spoil / "320800-huaian" / "2024" / file
    lines = path.read_text(encoding="utf-8").splitlines()
    last = lines[-1].split(",")
    last[2 if file == "indicators.csv" else -1] = "0.1234567"
    path.write_text("\n".join([*lines[:-1], ",".join(last)]) + "\n", encoding="utf-8")
    with pytest.raises(FolderError, match=r"at most 6 decimals, found “0\.1234567”") as caught:
        read_report("320800-huaian", 2024, params_to_spoil)
    assert caught.value.where.line == len(lines)
