"""Charts of what the form does not count: one a group of `indicators.csv`, whatever a county puts into it.

A group that has no chart of its own gets the general one where its figures can be compared; where they cannot,
`uncharted` says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from helpers.charts._bar import SQUARES_MAX, Bar
from helpers.charts._bars import BarGroup, Bars
from helpers.charts._chart import ENTRIES, Entry, chart
from helpers.charts._text import figure, share
from helpers.report import AnnualReport, Indicator

_TOTAL = re.compile("总|共|合计")
_MEASURES = {"%": 100, "‰": 1000, "元": None, "万元": None, "亿元": None}
"""Units of rates and amounts, each on a scale of its own, with its end where it has one.

Every other unit is a Chinese counting word (条, 件, 期, 场…): things counted one by one share a scale."""

_OWN = {"公开主体": "bodies"}
"""Group of indicators → its own chart."""


def _group(chart_id: str, group: str, title: str, section: str = "overview", *, counted: bool = False) -> None:
    """Register the chart of an indicator group; `counted` draws one square for each thing counted."""
    _OWN[group] = chart_id

    @chart(chart_id, title, section)
    def plan(report: AnnualReport) -> Bars | None:
        return _bars(report, _items(report, group), counted)


def _items(report: AnnualReport, group: str) -> list[Indicator]:
    return [item for item in report.indicators.values() if item.group == group]


def _bars(report: AnnualReport, items: list[Indicator], counted: bool, *, shares: bool = False) -> Bars | None:
    """Counts, then rates, then amounts as the file has them; None for fewer than two figures to compare."""
    last = report.previous
    earlier = {item.id: last.indicators[item.id].value for item in items if last and item.id in last.indicators}
    figures = [item.value for item in items] + list(earlier.values())
    if sum(bool(value) for value in figures) < 2:
        return None
    units = list(dict.fromkeys(item.unit for item in items))
    # Only things of one kind add up to a whole, and only things can be drawn one by one.
    things = not any(unit in _MEASURES for unit in units)
    whole = sum(item.value for item in items) if shares and things and len(units) == 1 else None
    blocks: dict[str, list[Bar]] = {}
    for item in items:
        bar = Bar(item.label, item.value, item.unit, share(item.value, whole), earlier.get(item.id))
        blocks.setdefault(item.unit if item.unit in _MEASURES else "", []).append(bar)
    squares = counted and things and max(figures) <= SQUARES_MAX
    return Bars(
        tuple(BarGroup(tuple(bars), full=_MEASURES.get(unit)) for unit, bars in blocks.items()),
        report.year,
        last.year if last and earlier else None,
        note="" if whole is None else f"占比以合计{figure(whole)}{'、'.join(units)}为100%",
        hint=f"每格代表{'、'.join(f'1{unit}' for unit in units)}" if squares else "",
        own_scales=True,
        counted=squares,
    )


@chart("bodies", "政府信息公开主体构成", "overview")
def bodies(report: AnnualReport) -> Bars | None:
    """The bodies and how they divide; a stated total is the whole and no part of itself."""
    items = [item for item in _items(report, "公开主体") if not _TOTAL.search(item.label)]
    return _bars(report, items, counted=True, shares=True)


_group("channels", "公开渠道", "各渠道主动公开政府信息数量")
_group("activities", "公开活动", "政府公报、新闻发布会等公开活动", counted=True)
_group("key_areas", "重点领域", "重点领域政府信息公开数量")
_group("decision_making", "决策与执行公开", "决策与执行公开情况")
_group("finance", "财政信息", "财政信息公开数量")
_group("interpretation", "解读回应", "政策解读和回应关切情况")
_group("proposals", "建议提案", "建议提案办理情况", "other")
_group("processing_fees", "信息处理费", "政府信息公开信息处理费收取情况", "other")


def general(report: AnnualReport) -> Iterator[Entry]:
    """The charts of groups that have none of their own, beside the form's first section; what has one unit compares."""
    for group in _without_own(report):
        items = _items(report, group)
        if len({item.unit for item in items}) == 1:
            plan = partial(_bars, items=items, counted=False)
            yield Entry(f"group_{items[0].id}", f"{group.removesuffix('情况')}情况", report.form.sections[0].id, plan)


def uncharted(report: AnnualReport) -> Iterator[str]:
    """For the analyst, a Chinese sentence on every group that neither a chart of its own nor the general one shows."""
    charted = {entry.id for entry in general(report) if entry.plan(report) is not None}
    for group in _without_own(report):
        items = _items(report, group)
        if f"group_{items[0].id}" not in charted:
            units = list(dict.fromkeys(item.unit for item in items))
            why = f"单位不一（{'、'.join(units)}）" if len(units) > 1 else "可以比较的数字不足两个"
            yield f"指标组“{group}”没有专门的图，{why}，不适用通用的图，因此没有作图。"


def _without_own(report: AnnualReport) -> list[str]:
    """The groups that no registered chart shows, or only one beside a section that the form does not have."""
    sections = {section.id for section in report.form.sections}
    groups = dict.fromkeys(item.group for item in report.indicators.values())
    return [group for group in groups if group not in _OWN or ENTRIES[_OWN[group]].section not in sections]
