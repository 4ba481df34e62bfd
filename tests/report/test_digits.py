"""How figures are written, wherever they are shown, and text for whoever reads it on a terminal."""

from __future__ import annotations

from decimal import Decimal

import pytest

from helpers.digits import MARKS, digits, percent, plain_number, signed


@pytest.mark.parametrize(
    ("value", "plain", "change"),
    [
        (0, "0", "0"),
        (1234567, "1234567", "+1234567"),
        (-7, "-7", "−7"),
        (Decimal("96171.60"), "96171.6", "+96171.6"),
        (Decimal("6.03E+4"), "60300", "+60300"),
        (Decimal("-1200.00"), "-1200", "−1200"),
        (Decimal("0.00"), "0", "0"),
    ],
)
def test_a_figure_has_no_separators_powers_or_needless_noughts(value: int | Decimal, plain: str, change: str) -> None:
    assert digits(value) == plain
    assert signed(value) == change


@pytest.mark.parametrize(
    ("part", "whole", "places", "rate"),
    [(1, 800, 2, "0.13"), (1, 8, 1, "12.5"), (-1, 800, 2, "-0.13"), (2, 3, 0, "67"), (10**40, 10**40, 2, "100.00")],
)
def test_per_cents_are_rounded_half_up_once(part: int, whole: int, places: int, rate: str) -> None:
    assert str(percent(part, whole, places)) == rate


def test_json_has_whole_figures_whole() -> None:
    assert [plain_number(value) for value in (None, 3, Decimal("3.00"), Decimal("3.5"))] == [None, 3, 3, 3.5]
    assert type(plain_number(Decimal("3.00"))) is int


def test_no_mark_in_place_of_a_figure_is_a_figure() -> None:
    assert not any(character.isdigit() for mark in MARKS for character in mark)
    assert "" not in MARKS
