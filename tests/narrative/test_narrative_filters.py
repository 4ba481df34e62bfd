"""The filters: what they say, and the laws their arithmetic keeps."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.narrative import FILTERS
from helpers.narrative.filters import amount, change, count, difference, listing, rounded, share, signed, with_unit
from helpers.narrative.values import FigureError, figure

counts = st.integers(0, 10**12)
amounts = st.decimals(0, 10**9, places=4)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (count(46), "46"),
        (count(8241, "条"), "8241条"),
        (count(Decimal("12.0"), "件"), "12件"),
        (with_unit(figure(8241, "条")), "8241条"),
        (with_unit(figure(Decimal("3.50"), "万元")), "3.50万元"),
        (share(1362, 3050), "44.66%"),
        (share(1, 8, 1), "12.5%"),
        (share(1, 8, 0), "13%"),
        (share(1, 800), "0.13%"),
        (share(3, 3), "100.00%"),
        (share(0, 5), "0.00%"),
        (share(0, 0), "不适用"),
        (change(3119, 3000), "同比增长3.97%"),
        (change(877, 1000), "同比下降12.30%"),
        (change(0, 10), "同比下降100.00%"),
        (change(7, 7), "与上年持平"),
        (change(0, 0), "与上年持平"),
        (change(figure(46, "件"), 0), "上年为零，本年46件"),
        (change(46, 0, unit="项"), "上年为零，本年46项"),
        (change(1_000_001, 1_000_000), "与上年基本持平"),
        (change(1_000_001, 1_000_000, digits=4), "同比增长0.0001%"),
        (difference(figure(14, "件"), 0), "增加14件"),
        (difference(figure(170, "件"), 440), "减少270件"),
        (difference(5, 5), "与上年持平"),
        (amount(Decimal("96171.6")), "96171.6万元"),
        (amount(Decimal("96171.60")), "96171.6万元"),
        (amount(Decimal("60300")), "6.03亿元"),
        (amount(Decimal("59237.2449")), "59237.2449万元"),
        (amount(Decimal("0")), "0万元"),
        (amount(10_000), "1亿元"),
        (amount(Decimal("25.1")), "25.1万元"),
        (amount(Decimal("0.394")), "0.394万元"),
        (amount(Decimal("0.394"), "元"), "3940元"),
        (amount(figure(3940, "元")), "3940元"),
        (amount(figure(39400, "元")), "3.94万元"),
        (amount(Decimal("96171.6"), "亿元"), "9.61716亿元"),
        (signed(24), "+24"),
        (signed(-7, "项"), "-7项"),
        (signed(0), "0"),
        (rounded(Decimal(8241) / 12, 1), "686.8"),
        (rounded(Decimal("0.125")), "0.13"),
        (listing([("予以公开", figure(23, "件")), ("部分公开", figure(5, "件"))]), "予以公开23件、部分公开5件"),
        (listing([("甲", 1), ("乙", 0), ("丙", 3)], "件"), "甲1件、丙3件"),
        (listing([("甲", 1), ("乙", 0)], "件", zeros=True), "甲1件、乙0件"),
        (listing([("甲", 0)]), "无"),
        (listing([]), "无"),
        (listing([("甲", 23), ("乙", 12)], "件", of=35), "甲23件（占65.71%）、乙12件（占34.29%）"),
        (listing([("逾期不补正、不再处理", 2), ("其他", 3)], "件"), "逾期不补正、不再处理2件；其他3件"),
        (listing(["甲"]), "甲"),
        (listing(["甲", "乙"]), "甲和乙"),
        (listing(["甲", "乙", "丙"]), "甲、乙和丙"),
        (listing(["甲、乙", "丙"]), "甲、乙；丙"),
    ],
)
def test_filters_say(said: str, expected: str) -> None:
    assert said == expected


@pytest.mark.parametrize(
    ("filter_", "arguments"),
    [
        (count, ["46"]),
        (count, [-1]),
        (count, [Decimal("1.5")]),
        (count, [True]),
        (count, [None]),
        (with_unit, [46]),
        (share, [1, "2"]),
        (share, [1, 2, 99]),
        (share, [1, 2, -1]),
        (change, [-1, 2]),
        (change, [1, -2]),
        (change, [1, None]),
        (amount, [figure(3, "件")]),
        (amount, [3, "美元"]),
        (rounded, [1, 7]),
        (listing, ["甲乙"]),
        (listing, [3]),
        (listing, [[("甲", "一")]]),
        (listing, [[("甲", 1, 2)]]),
        (listing, [[(1, 2)]]),
    ],
)
def test_filters_refuse_what_they_cannot_say(filter_: Any, arguments: list[Any]) -> None:
    with pytest.raises(FigureError) as caught:
        filter_(*arguments)
    assert caught.value.remedy


@given(st.lists(counts, min_size=1, max_size=8).filter(any))
def test_shares_of_a_whole_add_up_within_their_rounding(parts: list[int]) -> None:
    shares = [Decimal(share(part, sum(parts)).removesuffix("%")) for part in parts]
    assert abs(sum(shares) - 100) <= Decimal("0.005") * len(parts)


@given(counts, counts.filter(bool))
def test_a_share_is_rounded_half_up_to_two_decimals(part: int, whole: int) -> None:
    exact = Decimal(part * 100) / Decimal(whole)
    assert share(part, whole) == f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


@given(counts, counts)
def test_a_change_names_the_direction_of_the_figures(now: int, before: int) -> None:
    said = change(now, before)
    if "增长" in said or "上年为零" in said:
        assert now > before
    elif "下降" in said:
        assert now < before
    elif said == "与上年持平":
        assert now == before
    else:
        assert said == "与上年基本持平"
        assert abs(now - before) * 20_000 < before


@given(counts, counts)
def test_a_difference_leads_from_last_year_to_this(now: int, before: int) -> None:
    said = difference(now, before)
    step = 0 if said == "与上年持平" else int(said[2:]) * (1 if said.startswith("增加") else -1)
    assert before + step == now


@given(amounts, st.sampled_from([None, "元", "万元", "亿元"]))
def test_an_amount_in_words_is_exactly_the_amount(value: Decimal, unit: str | None) -> None:
    said = amount(value, unit)
    factor = Decimal(10_000) if said.endswith("亿元") else Decimal(1) if said.endswith("万元") else Decimal("0.0001")
    assert Decimal(said.rstrip("亿万元")) * factor == value
    assert "E" not in said


@given(st.lists(st.tuples(st.text("甲乙丙丁", min_size=1), counts)))
def test_an_enumeration_names_every_figure_but_zeros(items: list[tuple[str, int]]) -> None:
    said = listing(items, "件")
    shown = [f"{label}{value}件" for label, value in items if value]
    assert said == ("、".join(shown) or "无")


@given(st.integers(-(10**12), 10**12))
def test_a_signed_figure_reads_back(value: int) -> None:
    assert int(signed(value)) == value
    assert signed(value).startswith("+") == (value > 0)


def test_every_filter_explains_itself() -> None:
    assert {"count", "share", "change", "amount", "listing", "signed", "with_unit", "rows", "group"} <= set(FILTERS)
    for name, filter_ in FILTERS.items():
        assert filter_.__name__ == name
        assert (filter_.__doc__ or "").splitlines()[0].strip()
