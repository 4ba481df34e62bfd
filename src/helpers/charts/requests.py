"""Charts of table 三: how many asked, who, what became of it, and why not."""

from __future__ import annotations

from functools import partial

from helpers.charts._bar import Bar
from helpers.charts._bars import BarGroup, Bars
from helpers.charts._chart import chart
from helpers.charts._columns import OWN_SCALES, Columns, yearly
from helpers.charts._flow import Stream, Streams
from helpers.charts._form import history, names, on_form, stated
from helpers.charts._text import figure, share
from helpers.report import AnnualReport, Number

_AROUND = {"received", "carried_over_in", "total", "carried_over_out"}
"""The rows that frame the outcomes: what stands between them is an outcome, whatever the form calls it."""


@chart("received", "新收政府信息公开申请数量", "requests")
def received(report: AnnualReport) -> Columns | None:
    """Requests over the years: all, from natural persons, from organizations."""
    years = history(report)
    panels = []
    for title, columns in (
        ("新收申请总数", ("total",)),
        ("自然人", ("natural_person",)),
        ("法人或其他组织", _organizations(report)),
    ):
        values = [_sum(year, "received", columns) for year in years]
        if columns and on_form(report, *(f"requests.received.{column}" for column in columns)):
            panels.append(yearly(title, "件", [year.year for year in years], values))
    return Columns(tuple(panels), OWN_SCALES) if len(years) > 1 and any(panel.speaks for panel in panels) else None


@chart("applicants", "政府信息公开申请人构成", "requests")
def applicants(report: AnnualReport) -> Bars | None:
    """Natural persons against organizations, then the kinds of organization on a scale of their own."""
    columns = names(report.form, "requests").columns
    organizations = _organizations(report)
    total = stated(report, "requests.received.total")
    if not total or "natural_person" not in columns or not organizations:
        return None
    last = report.previous
    before = stated(last, "requests.received.total")

    def bar(label: str, ids: tuple[str, ...]) -> Bar:
        now, then = _sum(report, "received", ids), _sum(last, "received", ids) if last else None
        return Bar(label, now, "件", share(now, total), then, share(then, before))

    kinds = tuple(bar(columns[column], (column,)) for column in organizations)
    blocks = [BarGroup((bar(columns["natural_person"], ("natural_person",)), bar("法人或其他组织", organizations)))]
    if any(kind.value or kind.before for kind in kinds):
        blocks.append(BarGroup(kinds, heading="其中，法人或其他组织"))
    compared = any(each.before is not None for block in blocks for each in block.bars)
    note = _basis("新收申请总数", report, total, before, compared)
    hint = "上下两组刻度不同" if len(blocks) > 1 else ""
    return Bars(tuple(blocks), report.year, _before(last, compared), note, hint, own_scales=True)


@chart("flow", "政府信息公开申请收办平衡情况", "requests")
def flow(report: AnnualReport) -> Streams | None:
    """What came in equals what went out; not drawn where it does not, for that is an error to be found, not shown."""
    rows = names(report.form, "requests")
    groups = [row for row in rows.below() if row not in _AROUND]
    values = {row: stated(report, f"requests.{row}.total") for row in [*_AROUND, *groups]}
    if not groups or any(value is None or value != int(value) for value in values.values()):
        return None
    count = {row: int(value or 0) for row, value in values.items()}
    total = count["received"] + count["carried_over_in"]
    handled = sum(count[row] for row in groups)
    if (
        not total
        or min(count.values()) < 0
        or handled != count["total"]
        or total != handled + count["carried_over_out"]
    ):
        return None
    incoming = (Stream("上年结转", count["carried_over_in"], carried=True), Stream("本年新收", count["received"]))
    outcomes = [Stream(rows.rows[row], count[row]) for row in groups if count[row]]
    outgoing = (*outcomes, Stream("结转下年度", count["carried_over_out"], carried=True))
    balance = (
        f"收办平衡：本年新收{count['received']}件＋上年结转{count['carried_over_in']}件"
        f"＝办理结果总计{handled}件＋结转下年度继续办理{count['carried_over_out']}件"
    )
    return Streams(incoming, outgoing, total, "本年度应办理", balance)


@chart("outcomes", "政府信息公开申请办理结果", "requests")
def outcomes(report: AnnualReport) -> Bars | None:
    """The outcome groups with their shares of all requests handled."""
    groups = tuple(row for row in names(report.form, "requests").below() if row not in _AROUND)
    return _breakdown(report, groups, "total", "办理结果总计") if stated(report, "requests.total.total") else None


def _group(report: AnnualReport, group: str) -> Bars | None:
    rows = names(report.form, "requests")
    return _breakdown(report, rows.below(group), group, f"{rows.rows.get(group, '')}合计")


def _breakdown(report: AnnualReport, rows: tuple[str, ...], whole: str, whole_label: str) -> Bars | None:
    """Rows of table 三 with their shares of the row `whole`, beside last year's.

    None for fewer than two figures other than zero: one bar among nothing compares nothing.
    """
    known = names(report.form, "requests").rows
    if not rows or not on_form(report, *(f"requests.{row}.total" for row in rows)):
        return None
    last = report.previous
    total, before = (stated(each, f"requests.{whole}.total") for each in (report, last))
    bars = tuple(
        Bar(known[row], now, "件", share(now, total), then, share(then, before))
        for row in rows
        for now, then in [(stated(report, f"requests.{row}.total"), stated(last, f"requests.{row}.total"))]
    )
    if sum(bool(bar.value) for bar in bars) + sum(bool(bar.before) for bar in bars) < 2:
        return None
    compared = any(bar.before is not None for bar in bars)
    note = _basis(whole_label, report, total, before, compared)
    return Bars((BarGroup(bars),), report.year, _before(last, compared), note)


def _basis(whole: str, report: AnnualReport, total: Number | None, before: Number | None, compared: bool) -> str:
    """What the shares are shares of, each year's of its own whole."""
    if not total:
        return ""
    if compared and report.previous:
        then = "无数据" if before is None else f"{figure(before)}件"
        years = f"（{report.year}年{figure(total)}件、{report.previous.year}年{then}）"
        return f"占比以当年{whole}{years}为100%"
    return f"占比以{whole}{figure(total)}件为100%"


def _organizations(report: AnnualReport) -> tuple[str, ...]:
    """The applicant columns of organizations: all but natural persons and the total."""
    columns = names(report.form, "requests").columns
    return tuple(column for column in columns if column not in ("natural_person", "total"))


def _sum(report: AnnualReport, row: str, columns: tuple[str, ...]) -> Number | None:
    values = [stated(report, f"requests.{row}.{column}") for column in columns]
    return None if any(value is None for value in values) else sum(value for value in values if value is not None)


def _before(last: AnnualReport | None, compared: bool) -> int | None:
    return last.year if last is not None and compared else None


# Form 2019 has one row of others, and so no chart of them.
for _id, _title in {
    "denied": "不予公开的理由", "unable_to_provide": "无法提供的情形", "not_processed": "不予处理的情形",
    "otherwise_handled": "其他处理的情形",
}.items():  # fmt: skip
    chart(_id, _title, "requests")(partial(_group, group=_id))
