"""Names of bodies: the place, the short name, the level."""

from __future__ import annotations

import pytest

from helpers.bodies import level_of, place_of, short_name


@pytest.mark.parametrize(
    ("body", "code", "level"),
    [
        ("山东省人民政府", "", "province"),
        ("上海市人民政府", "310000", "province"),
        ("广西壮族自治区人民政府", "", "province"),
        ("淮安市人民政府", "320800", "prefecture"),
        ("常熟市人民政府", "320581", "county"),
        ("临夏州", "", "department"),
        ("锡林郭勒盟行政公署", "", "prefecture"),
        ("东阿县人民政府", "371524", "county"),
        ("城关镇人民政府", "", "town"),
        ("新城街道办事处", "", "town"),
        ("东阿县教育局", "371524", "department"),
        ("大兴安岭地区行政公署", "232700", "prefecture"),
    ],
)
def test_the_level_that_a_name_speaks_of(body: str, code: str, level: str) -> None:
    assert level_of(body, code) == level


def test_a_place_and_a_short_name() -> None:
    assert (place_of("东阿县人民政府"), place_of("东阿县教育局")) == ("东阿县", "东阿县教育局")
    assert (short_name("东阿县人民政府"), short_name("高新区管委会"), short_name("人民政府")) == (
        "东阿县",
        "高新区管委会",
        "人民政府",
    )
