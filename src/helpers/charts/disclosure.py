"""Charts of table 二: documents, decisions, items, charges, procurement."""

from __future__ import annotations

from typing import Final

from helpers.charts._bar import Bar
from helpers.charts._bars import BarGroup, Bars
from helpers.charts._chart import chart
from helpers.charts._columns import OWN_SCALES, Columns, Panel, Pillar, yearly
from helpers.charts._form import history, names, on_form, stated
from helpers.charts._text import UNSTATED, change, figure
from helpers.digits import signed
from helpers.report import AnnualReport

_TABLE: Final = "proactive_disclosure"


@chart("documents", "规章和规范性文件数量", _TABLE)
def documents(report: AnnualReport) -> Bars | None:
    """Art. 20(1) as the form counts it: issued, repealed, in force; or made, disclosed, in all."""
    last = report.previous
    rows = [f"{_TABLE}.{row}" for row in ("rules", "normative_documents")]
    blocks = []
    for row, cells in report.form.tables[_TABLE].rows.items() if _TABLE in report.form.tables else ():
        if row not in rows:
            continue
        bars = tuple(
            Bar(cell.column_label, stated(report, cell.address), cell.unit, before=stated(last, cell.address))
            for cell in cells
        )
        nothing = all(bar.value == 0 and not bar.before for bar in bars)
        label = cells[0].row_label
        blocks.append(BarGroup((), f"{label}：各项均为0{cells[0].unit}") if nothing else BarGroup(bars, label))
    shown = [bar for block in blocks for bar in block.bars]
    if not any(bar.value or bar.before for bar in shown):
        return None
    compared = last is not None and any(bar.before is not None for bar in shown)
    hint = "上下两组刻度不同" if sum(bool(block.bars) for block in blocks) > 1 else ""
    before = last.year if last and compared else None
    return Bars(tuple(blocks), report.year, before, hint=hint, own_scales=True)


@chart("decisions", "行政许可、行政处罚、行政强制等处理决定数量", _TABLE)
def decisions(report: AnnualReport) -> Columns | None:
    """Art. 20(5) and (6): orders of magnitude apart, so every kind has its own panel and scale."""
    years = history(report)[-2:]
    panels = []
    for row, label in names(report.form, _TABLE).rows.items():
        address = f"{_TABLE}.{row}.decisions"
        if on_form(report, address):
            values = [stated(year, address) for year in years]
            panels.append(yearly(label, report.form.cells[address].unit, [year.year for year in years], values))
    return Columns(tuple(panels), OWN_SCALES) if sum(panel.speaks for panel in panels) > 1 else None


@chart("items", "行政许可等事项数量增减", _TABLE)
def items(report: AnnualReport) -> Columns | None:
    """Form 2019: the items last year, what was added or dropped, the items this year."""
    panels = []
    for row, label in names(report.form, _TABLE).rows.items():
        addresses = [f"{_TABLE}.{row}.{column}" for column in ("items_last_year", "items_change")]
        if not on_form(report, *addresses):
            continue
        before, changed = (stated(report, address) for address in addresses)
        now = None if before is None or changed is None else before + changed
        columns = (
            Pillar("上年", before, figure(before), "before"),
            Pillar("增减", changed, UNSTATED if changed is None else signed(changed),
                   "less" if (changed or 0) < 0 else "more", start=before or 0),
            Pillar("本年", now, "不详" if now is None else figure(now)),
        )  # fmt: skip
        panels.append(Panel(label, report.form.cells[addresses[0]].unit, columns))
    return Columns(tuple(panels), f"本年＝上年＋增减；{OWN_SCALES}") if any(panel.speaks for panel in panels) else None


@chart("charges", "行政事业性收费金额", _TABLE)
def charges(report: AnnualReport) -> Bars | None:
    """Art. 20(8), form 2021: the amount beside last year's."""
    return _against_last_year(report, "fees", ("amount",))


@chart("procurement", "政府集中采购", _TABLE)
def procurement(report: AnnualReport) -> Bars | None:
    """Art. 20(9), form 2019: projects and amount beside last year's."""
    return _against_last_year(report, "procurement", ("projects", "amount"))


def _against_last_year(report: AnnualReport, row: str, columns: tuple[str, ...]) -> Bars | None:
    """A row whose figures compare with nothing but themselves a year ago, each on its own scale."""
    last = report.previous
    blocks = []
    for cell in report.form.cells.values():
        if cell.row == f"{_TABLE}.{row}" and cell.column in columns:
            now, then = stated(report, cell.address), stated(last, cell.address)
            label = cell.column_label.partition("（")[0]
            changed = change(now, then)
            heading = cell.row_label + (f"（{changed}）" if changed else "")
            blocks.append(BarGroup((Bar(label, now, cell.unit, before=then),), heading))
    marks = [mark for block in blocks for bar in block.bars for mark in (bar.value, bar.before)]
    if last is None or not any(marks) or all(bar.before is None for block in blocks for bar in block.bars):
        return None
    return Bars(tuple(blocks), report.year, last.year, own_scales=True)
