"""The chart of table 四: reconsideration and litigation."""

from __future__ import annotations

from helpers.charts._bar import Bar
from helpers.charts._bars import BarGroup
from helpers.charts._chart import chart
from helpers.charts._facets import Facets
from helpers.charts._form import names, on_form, stated
from helpers.charts._text import UNSTATED, figure, share
from helpers.report import AnnualReport


@chart("review", "政府信息公开行政复议、行政诉讼结果", "review")
def review(report: AnnualReport) -> Facets | None:
    """Three kinds of case, four results each: length is the share of the kind's cases, so that kinds compare."""
    known = names(report.form, "review")
    kinds = [row for row in known.rows if on_form(report, f"review.{row}.total")]
    last = report.previous
    compared = any(stated(last, f"review.{kind}.total") is not None for kind in kinds)
    blocks = []
    for kind in kinds:
        total, before = (stated(each, f"review.{kind}.total") for each in (report, last))
        bars = tuple(
            Bar(label, now, "件", share(now, total), then, share(then, before))
            for column, label in known.columns.items()
            if column != "total"
            for now, then in [(stated(each, f"review.{kind}.{column}") for each in (report, last))]
        )
        heading = f"{known.rows[kind]}{UNSTATED if total is None else figure(total) + '件'}"
        if compared:
            heading += f"（上年{'无数据' if before is None else figure(before) + '件'}）"
        # A kind without a case says so in its heading; four zeros under it would say it again.
        empty = all(bar.value == 0 and not bar.before for bar in bars)
        blocks.append(BarGroup(() if empty else bars, heading))
    if not any(bar.value or bar.before for block in blocks for bar in block.bars):
        return None
    hint = "条长为该结果占同类案件总数的比重"
    return Facets(tuple(blocks), report.year, last.year if last and compared else None, hint)
