"""The chart of table 四: reconsideration and litigation."""

from __future__ import annotations

from helpers.charts._bars import Bar, Bars, Block
from helpers.charts._chart import chart
from helpers.charts._form import names, on_form, stated
from helpers.charts._text import BLANK, figure, share
from helpers.report import AnnualReport


@chart("review", "政府信息公开行政复议、行政诉讼结果", "review")
def review(report: AnnualReport) -> Bars | None:
    """Three kinds of case, four results each: length is the share of the kind's cases, so that kinds compare."""
    labels = names(report.form, "review").columns
    last = report.previous
    compared = any(stated(last, f"review.{row}.total") is not None for row in labels)
    blocks = []
    cases = 0
    for row in (path for path in labels if "." not in path and on_form(report, f"review.{path}.total")):
        results = [path for path in labels if path.startswith(f"{row}.") and path != f"{row}.total"]
        total, before = (stated(each, f"review.{row}.total") for each in (report, last))
        bars = tuple(
            Bar(labels[path], now, "件", share(now, total), then, share(then, before))
            for path in results
            for now, then in [(stated(report, f"review.{path}"), stated(last, f"review.{path}"))]
        )
        shown = bars if any(bar.value != 0 or bar.before for bar in bars) else ()
        last_total = f"，上年{figure(before)}件" if before is not None else ""
        blocks.append(Block(shown, f"{labels[row]} {BLANK if total is None else figure(total) + '件'}{last_total}"))
        cases += int((total or 0) + (before or 0))
    if not cases:
        return None
    note = "条长为该结果占同类案件总数的百分比"
    return Bars(tuple(blocks), report.year, last.year if last and compared else None, note, by_share=True)
