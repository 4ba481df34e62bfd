"""Charts: a report → drawings that stand beside the statutory tables.

`available` names the charts whose figures the report has, `places` their sections, both without drawing; `draw` draws
one, `for_section` those that belong beside a section of the form. `uncharted` says which indicators have none.
"""

from __future__ import annotations

from helpers.charts import disclosure, indicators, requests, review  # noqa: F401  # they enter their charts
from helpers.charts._chart import ENTRIES, Chart, Entry
from helpers.charts._style import use_style, warm_up
from helpers.charts.indicators import general, uncharted
from helpers.errors import ParameterError
from helpers.report import AnnualReport

__all__ = ["Chart", "available", "draw", "for_section", "places", "uncharted", "use_style", "warm_up"]


def available(report: AnnualReport) -> tuple[str, ...]:
    """The ids of the charts that the report has figures for, in the order of the form's sections."""
    return tuple(places(report))


def places(report: AnnualReport) -> dict[str, str]:
    """The available charts' ids, each with the section of the form that it belongs beside."""
    return {entry.id: entry.section for entry in _in_order(report) if entry.plan(report) is not None}


def draw(report: AnnualReport, chart_id: str) -> Chart:
    """The chart `chart_id`; raises ParameterError for an unknown one and for one without figures in this report."""
    entries = {entry.id: entry for entry in _in_order(report)}
    if chart_id not in entries:
        known = ", ".join(entries)
        raise ParameterError(f"chart {chart_id!r}", f"one of {known}", "no such chart", "Correct the name.")
    entry = entries[chart_id]
    plan = entry.plan(report)
    if plan is None:
        raise ParameterError(
            f"chart {chart_id!r}", f"figures for it in the report on {report.year}", "none, or too few to compare",
            f"This report has: {', '.join(available(report))}.",
        )  # fmt: skip
    return entry.draw(report, plan)


def for_section(report: AnnualReport, section: str) -> tuple[Chart, ...]:
    """The charts that belong beside `section` of the form, drawn; a section without figures has none."""
    entries = (entry for entry in _in_order(report) if entry.section == section)
    return tuple(entry.draw(report, plan) for entry in entries if (plan := entry.plan(report)) is not None)


def _in_order(report: AnnualReport) -> list[Entry]:
    sections = [section.id for section in report.form.sections]
    entries = [entry for entry in (*ENTRIES.values(), *general(report)) if entry.section in sections]
    return sorted(entries, key=lambda entry: sections.index(entry.section))
