"""Chinese numerals, and the numbering of labels, in their one home."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.chinese import number, numeral, split_numbering


@given(st.integers(0, 99))
def test_a_numeral_reads_back(value: int) -> None:
    assert number(numeral(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零三", 103),
        ("两千三百", 2300),
        ("一万二千", 12000),
        ("三亿", 3 * 10**8),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("二零一九", 2019),
        ("12", 12),
        ("１２", 12),
        ("一万亿", 10**12),
    ],
)
def test_numerals_as_documents_write_them(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize("text", ["", "甲", "二〇××", "²", "十x", "1.5", "-1"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number(text)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("（三）不予公开", (3, "不予公开")),
        ("三、不予公开", (3, "不予公开")),
        ("3.不予公开", (3, "不予公开")),
        ("十二）不予公开", (12, "不予公开")),
        ("第二部分 依申请公开", (2, "依申请公开")),
        ("总计", (None, "总计")),
        ("5G建设情况", (None, "5G建设情况")),
        ("2024年工作", (None, "2024年工作")),
        ("1.5倍", (None, "1.5倍")),
        ("（三）", (None, "（三）")),
        ("一体化平台", (None, "一体化平台")),
    ],
)
def test_a_label_and_its_number(label: str, expected: tuple[int | None, str]) -> None:
    assert split_numbering(label) == expected


def test_a_row_may_be_numbered_with_a_digit_alone() -> None:
    assert split_numbering("1属于国家秘密", bare_digits=True) == (1, "属于国家秘密")
    assert split_numbering("12件", bare_digits=True) == (None, "12件")
