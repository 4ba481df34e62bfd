"""Numbers in Chinese prose: 3,119 件, ３１１９件, 十二件, 5500余条, 1.05%, 3倍, 0.39万元."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from helpers.chinese import MYRIADS, NUMERALS, POWERS, number

Unit = Literal["count", "percent", "points", "times", "money", "thing"]
Hedge = Literal["about", "over", "under", "rounded"]

COUNTED = ("件次", "件", "宗", "起", "例", "份", "条", "个", "项", "桩", "次", "封")
"""Measure words that requests, cases and documents are counted in; every other measure word counts a thing."""
THINGS = ("人次", "小时", "分钟", *"期场篇名人家部种类批套天日页户块张幅位本册款章届层楼室号月岁轮站屏字级支")

NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d+)(?:\.\d+)?"
CHINESE = rf"[{NUMERALS}]+"
BEFORE = r"(?P<before>将近|接近|大约|(?<![预节契])约|(?<![最附临邻靠])近|超过|突破|超|逾|不足|不到|上(?=[百千万]))?"
MORE = r"(?P<more>余|多|几)?"
UNIT = (
    r"(?P<unit>个百分点|百分点|%|‰|倍|成|(?P<scale>[万亿])?(?P<more2>余|多)?(?:元|(?:"
    + "|".join(sorted((*COUNTED, *THINGS), key=len, reverse=True))
    + r"))?)"
)
AFTER = r"(?P<after>以上|左右|上下|以内)?"
ARABIC_FIGURE = re.compile(rf"{BEFORE}(?P<percent>百分之)?(?P<number>{NUMBER})(?P<tens>[十百千])?{MORE}{UNIT}{AFTER}")
CHINESE_FIGURE = re.compile(rf"{BEFORE}(?P<percent>百分之)?(?P<number>{CHINESE}){MORE}{UNIT}{AFTER}")

NOT_A_COUNT = re.compile(
    r"一(?:件事|次办|起来|起推|起学|个个|条龙|次性|条线|个窗|项项|件一|体)|(?:一件|一次|一个|一条)(?:一|不)"
)
ENUMERATING = ("类", "级", "成", "本", "部", "日", "月", "号", "章", "款")
"""三类, 二级, 一部: names of kinds rather than counts, when the numeral is a single character."""


@dataclass(frozen=True)
class Figure:
    """A number with its unit; `start`–`end` is the number with unit and hedging words, `number` the numeral alone.

    `places` is how many decimals were printed, `step` what one unit of the number stands for (10000 in 0.39万元).
    `hedge` is None for an exact figure; a figure given in 万 with decimals is `rounded`.
    """

    value: Decimal
    unit: Unit
    measure: str
    hedge: Hedge | None
    places: int
    start: int
    end: int
    number: tuple[int, int]
    step: Decimal = Decimal(1)

    @property
    def exact(self) -> bool:
        """Whether the figure is stated to the last digit."""
        return self.hedge is None


def figures_in(text: str) -> list[Figure]:
    """Every figure in cleaned text. Years, dates, document and telephone numbers, and list numbers are none."""
    found = [figure for match in ARABIC_FIGURE.finditer(text) if (figure := _arabic(text, match))]
    taken = list(found)
    for match in CHINESE_FIGURE.finditer(text):
        after = bisect_right(taken, match.start(), key=lambda figure: figure.end)
        if after == len(taken) or taken[after].start >= match.end():
            figure = _chinese(text, match)
            if figure:
                found.append(figure)
    return sorted(found, key=lambda figure: figure.start)


def _arabic(text: str, match: re.Match[str]) -> Figure | None:
    start, end = match.span("number")
    before, after = text[start - 1 : start], text[end : end + 1]
    if re.match(r"[A-Za-z/_@.\-—–~～+〔〕\[第号:]", before) or re.match(r"[A-Za-z/_@\-—–~～〕\]年月:]", after):
        return None
    if (
        before == " "
        or (before == "月" and match["unit"] in ("日", "号"))
        or after == " "
        or text[match.end() : match.end() + 1].isdigit()
        or (after in ".、．)" and after and _opens(text, start))
    ):
        return None
    number = match["number"].replace(",", "").replace(" ", "")
    return _figure(match, Decimal(number), len(number.partition(".")[2]), POWERS[match["tens"]] if match["tens"] else 1)


def _chinese(text: str, match: re.Match[str]) -> Figure | None:
    start, measure = match.start("number"), match["unit"]
    before = text[start - 1 : start]
    if not (measure or match["percent"]) or NOT_A_COUNT.match(text, start) or (before and before in "第每同之数几任"):
        return None
    if match["number"] == "一" and measure == "起" and before not in tuple("生有了为共诉议"):
        return None  # 一起 is "together" far more often than "one case"
    if measure in ENUMERATING and len(match["number"]) == 1 and not match["before"]:
        return None
    try:
        value = Decimal(number(match["number"]))
    except ValueError:
        return None
    return _figure(match, value, 0)


def _opens(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\n。；：("


def _figure(match: re.Match[str], number: Decimal, places: int, step: int = 1) -> Figure:
    measure = match["unit"]
    kind: Unit
    scale = match["scale"]
    if scale:
        step *= MYRIADS[scale]
    value = number * step
    more = bool(match["more"] or match["more2"])
    bare = measure.lstrip("万亿").lstrip("余多")
    if match["percent"] or measure == "%":
        kind = "percent"
    elif measure == "成":
        kind, value = "percent", value * 10
    elif measure.endswith("百分点"):
        kind = "points"
    elif measure == "倍":
        kind = "times"
    elif bare == "元":
        kind = "money"
    else:
        kind = "count" if bare in COUNTED or not bare else "thing"
    hedge = _hedge(match["before"], more, match["after"])
    if hedge is None and kind == "count" and scale:
        hedge = "rounded"
    # 0万元 is nothing to the last 分, not something below 5000元.
    unit = Decimal(step if number else 1)
    return Figure(value, kind, bare, hedge, places, match.start(), match.end(), match.span("number"), unit)


def _hedge(before: str | None, more: bool, after: str | None) -> Hedge | None:
    if more or before in ("超过", "突破", "超", "逾", "上") or after == "以上":
        return "over"
    if before in ("不足", "不到") or after == "以内":
        return "under"
    if before in ("将近", "接近", "大约", "约", "近") or after in ("左右", "上下"):
        return "about"
    return None
