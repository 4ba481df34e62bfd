"""Charts of table 二: documents, decisions, items, charges, procurement."""

from __future__ import annotations

from typing import Final

from helpers.charts._chart import chart
from helpers.charts._columns import Column, Columns, Panel, yearly
from helpers.charts._form import history, names, on_form, stated
from helpers.charts._text import figure, signed
from helpers.report import AnnualReport

_TABLE: Final = "proactive_disclosure"
_APART = "数量级不同，各小图纵轴刻度各自独立"


@chart("documents", "规章和规范性文件", _TABLE)
def documents(report: AnnualReport) -> Columns | None:
    """Art. 20(1), as the form counts it: issued, repealed, in force; or made, disclosed, in all."""
    rows = ("rules", "normative_documents")
    years = history(report)[-2:]
    panels = []
    for address, cells in report.form.tables[_TABLE].rows.items() if _TABLE in report.form.tables else ():
        if address.rpartition(".")[2] not in rows:
            continue
        columns = tuple(
            Column(f"{cell.column_label}", value, figure(value))
            for cell in cells
            if (value := stated(report, cell.address)) is not None
        )
        if any(column.value for column in columns):
            panels += [
                yearly(
                    f"{cell.row_label}·{cell.column_label}",
                    cell.unit,
                    [year.year for year in years],
                    [stated(year, cell.address) for year in years],
                )
                for cell in cells
            ]
    return Columns(tuple(panels), _APART if len(panels) > 1 else "") if panels else None


@chart("decisions", "行政许可、行政处罚、行政强制等处理决定数量", _TABLE)
def decisions(report: AnnualReport) -> Columns | None:
    """Art. 20(5) and (6): orders of magnitude apart, so every kind has its own panel and scale."""
    years = history(report)[-2:]
    panels = []
    for row, label in names(report.form, _TABLE).rows.items():
        address = f"{_TABLE}.{row}.decisions"
        values = [stated(year, address) for year in years] if on_form(report, address) else []
        if any(values):
            panels.append(yearly(label, report.form.cells[address].unit, [year.year for year in years], values))
    return Columns(tuple(panels), _APART) if len(panels) > 1 else None


@chart("items", "行政许可等事项数量增减", _TABLE)
def items(report: AnnualReport) -> Columns | None:
    """Form 2019: the items last year, what was added or dropped, the items this year."""
    panels = []
    for row, label in names(report.form, _TABLE).rows.items():
        before, change = (stated(report, f"{_TABLE}.{row}.{column}") for column in ("items_last_year", "items_change"))
        if before is None or change is None or not (before or change) or before + change < 0:
            continue
        columns = (
            Column("上年", before, figure(before), "before"),
            Column("增减", change, signed(change), "more" if change >= 0 else "less", start=before),
            Column("本年", before + change, figure(before + change)),
        )
        panels.append(Panel(label, report.form.cells[f"{_TABLE}.{row}.items_change"].unit, columns))
    return Columns(tuple(panels), f"本年＝上年＋增减；{_APART}") if panels else None


@chart("charges", "行政事业性收费和政府集中采购", _TABLE)
def charges(report: AnnualReport) -> Columns | None:
    """Amounts charged and bought for, this year beside last: drawn only where the year before counted the same."""
    years = history(report)[-2:]
    panels = []
    for address, cell in report.form.cells.items():
        if cell.row in (f"{_TABLE}.fees", f"{_TABLE}.procurement") and cell.column in ("amount", "projects"):
            values = [stated(year, address) for year in years]
            if len(years) > 1 and all(value is not None for value in values) and any(values):
                panels.append(
                    yearly(
                        cell.row_labels[-1] + ("项目" if cell.column == "projects" else "金额"),
                        cell.unit,
                        [year.year for year in years],
                        values,
                    )
                )
    return Columns(tuple(panels)) if panels else None
