"""Names of government bodies: what they end in, which place they govern, at which level they stand."""

from __future__ import annotations

import re

UNITS = ("街道", "镇", "乡", "省", "市", "县", "区", "州", "旗", "盟")
"""What the name of a place that has a government ends in."""

SUFFIXES = ("人民政府", "管理委员会", "管委会", "街道办事处", "行政公署")
"""What turns the name of a place into that of its government."""

HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
"""Every character that a Chinese name is written in, the rare ones of places and persons too (𠮷, 䶮); for a class."""

PLACE = "(?:自治区|自治州|自治县|开发区|新区|街道|园区|街(?!道)|省|市|县|区|州|旗|盟|镇|乡)"
"""The same and wider or looser ones, as prose names places; part of a regular expression."""

ENDS = (
    "人民政府|人民政府办公[室厅]|管理委员会|管委会|委员会|办公[室厅]|办事处|分?局|厅|中心|[镇乡]|街道|部|院|"
    "总队|支队|大队|集团|公司|学校|医院|站|处|所|银行|社"
)
"""What the names of bodies end in, departments included; part of a regular expression."""

_GOVERNMENT = re.compile(r"(?:人民政府|管理委员会|管委会|办事处|行政公署)$")
LOCAL = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)$")

_LEVELS = (
    (r"(省|自治区)人民政府$|^(北京|天津|上海|重庆)市人民政府$", "province"),
    (r"(自治州|地区|盟)(人民政府|行政公署)$", "prefecture"),
    (r"市人民政府$", "prefecture"),
    (r"(县|区|旗)人民政府$", "county"),
    (r"[镇乡]人民政府$|街道办事处$", "town"),
)


def place_of(body: str) -> str:
    """The place that a government governs: 东阿县人民政府 → 东阿县; a name that is no government's stays."""
    return _GOVERNMENT.sub("", body)


def is_government(body: str) -> bool:
    """Whether a name is that of a government, or of what stands in for one."""
    return _GOVERNMENT.search(body) is not None


def short_name(body: str) -> str:
    """What prose calls the body: 东阿县人民政府 → 东阿县."""
    return body.removesuffix("人民政府") or body


def level_of(body: str, code: str = "") -> str:
    """The level that a body's name speaks of, `department` where it names no government.

    县级市 are cities by name; the last two digits of a six-digit `code` tell them from those above.
    """
    level = next((level for pattern, level in _LEVELS if re.search(pattern, body)), "department")
    return "county" if level == "prefecture" and code[4:6] not in ("", "00") else level
