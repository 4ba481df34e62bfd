"""Charts of what the form does not count: one a group of `indicators.csv`, whatever a county puts into it."""

from __future__ import annotations

import re

from helpers.charts._bars import SQUARES_MAX, Bar, Bars, Block
from helpers.charts._chart import Section, chart
from helpers.charts._text import share
from helpers.report import AnnualReport, Indicator

_TOTAL = re.compile("总|共|合计")


def _group(chart_id: str, group: str, title: str, section: Section = "overview", *, counted: bool = False) -> None:
    """Register the chart of an indicator group; `counted` draws one square for each thing counted."""

    @chart(chart_id, title, section)
    def plan(report: AnnualReport) -> Bars | None:
        items = [item for item in report.indicators.values() if item.group == group]
        return _bars(report, items, counted)


def _bars(report: AnnualReport, items: list[Indicator], counted: bool, *, shares: bool = False) -> Bars | None:
    """One block a unit, each on its own scale; None for fewer than two figures to compare."""
    last = report.previous
    earlier = last.indicators if last else {}
    known = [item for item in items if item.id in earlier]
    if sum(bool(item.value) for item in items) + sum(bool(earlier[item.id].value) for item in known) < 2:
        return None
    whole = sum(item.value for item in items) if shares else None
    # What can be counted square by square shares one scale, whatever it is called: an issue, a session, a visit.
    countable = counted and max(item.value for item in items) <= SQUARES_MAX
    blocks: dict[str, list[Bar]] = {}
    for item in items:
        before = earlier[item.id].value if item in known else None
        bar = Bar(item.label, item.value, item.unit, share(item.value, whole), before)
        blocks.setdefault("" if countable else item.unit, []).append(bar)
    return Bars(
        tuple(Block(tuple(bars), full=100 if unit == "%" else None) for unit, bars in blocks.items()),
        report.year,
        last.year if last and known else None,
        note="每个方格代表一个单位" if countable else "",
        own_scales=True,
        counted=counted,
    )


@chart("bodies", "政府信息公开主体构成", "overview")
def bodies(report: AnnualReport) -> Bars | None:
    """The bodies and how they divide; a stated total is the whole and no part of itself."""
    items = [item for item in report.indicators.values() if item.group == "公开主体"]
    return _bars(report, [item for item in items if not _TOTAL.search(item.label)], counted=True, shares=True)


_group("channels", "公开渠道", "各渠道主动公开政府信息数量")
_group("activities", "公开活动", "政府公报、新闻发布会和政府开放日等公开活动", counted=True)
_group("key_areas", "重点领域", "重点领域政府信息公开数量")
_group("decision_making", "决策与执行公开", "决策与执行公开")
_group("finance", "财政信息", "财政信息公开数量")
_group("interpretation", "解读回应", "政策解读和回应关切")
_group("proposals", "建议提案", "建议提案办理情况", "other")
_group("processing_fees", "信息处理费", "信息处理费收取情况", "other")
