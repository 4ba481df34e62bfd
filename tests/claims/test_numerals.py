"""A figure reads back however it is written."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.chinese import number as chinese_number
from helpers.integrity.claims.cleaning import clean
from helpers.integrity.claims.numerals import Figure, figures_in

FULL_WIDTH = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A whole number in Chinese words, up to the hundred millions."""
    if number == 0:
        return "零"
    for size, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if rest and rest < size // 10 else ""
            return chinese(head) + name + (gap + chinese(rest) if rest else "")
    return DIGITS[number]


def read_figures(text: str) -> list[Figure]:
    return figures_in(clean(text).text)


def spellings(number: int) -> list[str]:
    plain = str(number)
    return [
        f"{plain}件", f"{plain} 件", f"{plain}\n件", f"{number:,}件",
        f"{plain.translate(FULL_WIDTH)}件", f"**{plain}**件", f"{chinese(number)}件",
    ]  # fmt: skip


@given(st.integers(0, 99_999_999))
def test_a_count_reads_back_in_every_spelling(number: int) -> None:
    for spelling in spellings(number):
        text = f"共受理申请{spelling}，答复"
        [figure] = read_figures(text)
        assert (figure.value, figure.unit, figure.exact) == (number, "count", True), spelling


@given(st.decimals(0, 10_000, places=2))
def test_a_share_reads_back_with_its_printed_decimals(share: Decimal) -> None:
    for spelling in (f"{share}%", f"{share} %", f"{share}%".translate(FULL_WIDTH)):
        [figure] = read_figures(f"占{spelling}。")
        assert (figure.value, figure.unit, figure.places) == (share, "percent", 2)


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_read_back(number: int) -> None:
    assert chinese_number(chinese(number)) == number


@given(st.text(alphabet="共受理申请件，。（）0123456789 \n*#|《》年月日%.,-两十百余近约", max_size=60))
def test_offsets_always_lie_in_the_text_they_came_from(text: str) -> None:
    prose = clean(text)
    assert len(prose.at) == len(prose.text) + 1
    for figure in read_figures(text):
        start, end = prose.span(*figure.number)
        assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("5500余条", "over"), ("14万余条", "over"), ("近300个", "about"), ("超八成", "over"),
        ("约130件", "about"), ("30件以上", "over"), ("130件左右", "about"), ("不足50件", "under"),
        ("1.2万件", "rounded"), ("三十多件", "over"),
        ("最近30件", None), ("预约30件", None),
    ],
)  # fmt: skip
def test_hedged_figures_are_not_exact(text: str, hedge: str | None) -> None:
    [figure] = read_figures(text)
    assert figure.hedge == hedge


@pytest.mark.parametrize(
    "text",
    [
        "2024年", "12月31日", "2020年1 月1 日", "国办公开办函〔2021〕30", "电话0517-83605210", "第二十条",
        "http://a.cn/20240115件", "一起推进", "一件事一次办", "《2024年35件实事》", "- 4 -\n",
        "1.推进公开", "每件", "数十件",
    ],
)  # fmt: skip
def test_what_is_no_count_is_not_read(text: str) -> None:
    assert [figure for figure in read_figures(text) if figure.unit == "count"] == []
