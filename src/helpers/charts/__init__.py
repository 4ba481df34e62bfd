"""Charts: a report → drawings that stand beside the statutory tables.

`available` names the charts whose figures the report has, without drawing; `draw` draws one; `for_section` draws
those that belong beside a section of the form.
"""

from __future__ import annotations

from helpers.charts import disclosure, indicators, requests, review  # noqa: F401  # they enter their charts
from helpers.charts._chart import ENTRIES, Chart, Entry
from helpers.charts._style import use_style, warm_up
from helpers.errors import ParameterError
from helpers.report import AnnualReport

__all__ = ["Chart", "available", "draw", "for_section", "use_style", "warm_up"]

_SECTIONS = ("overview", "proactive_disclosure", "requests", "review", "other")


def available(report: AnnualReport) -> tuple[str, ...]:
    """The ids of the charts that the report has figures for, in the order of the form's sections."""
    return tuple(entry.id for entry in _in_order() if entry.plan(report) is not None)


def draw(report: AnnualReport, chart_id: str) -> Chart:
    """The chart `chart_id`; raises ParameterError for an unknown one and for one without figures in this report."""
    if chart_id not in ENTRIES:
        known = ", ".join(entry.id for entry in _in_order())
        raise ParameterError(f"chart {chart_id!r}", f"one of {known}", "no such chart", "Correct the name.")
    entry = ENTRIES[chart_id]
    plan = entry.plan(report)
    if plan is None:
        raise ParameterError(
            f"chart {chart_id!r}", f"figures for it in the report on {report.year}", "none, or too few to compare",
            f"This report has: {', '.join(available(report))}.",
        )  # fmt: skip
    return entry.draw(report, plan)


def for_section(report: AnnualReport, section: str) -> tuple[Chart, ...]:
    """The charts that belong beside `section` of the form, drawn; a section without figures has none."""
    entries = (entry for entry in _in_order() if entry.section == section)
    return tuple(entry.draw(report, plan) for entry in entries if (plan := entry.plan(report)) is not None)


def _in_order() -> list[Entry]:
    return sorted(ENTRIES.values(), key=lambda entry: _SECTIONS.index(entry.section))
