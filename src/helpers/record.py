"""What a notebook must show of its report, in order, and the data published beside it: handed on as metadata."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from helpers import charts as chart_room
from helpers.display import Fragment
from helpers.errors import ParameterError
from helpers.frame import closing
from helpers.integrity import Checks
from helpers.report import AnnualReport
from helpers.stamp import piece


def record(
    report: AnnualReport,
    checks: Checks,
    charts: Iterable[str] | None = None,
    loaded: Mapping[str, Any] | None = None,
) -> Fragment:
    """A piece that shows nothing. Whoever publishes the executed notebook computes nothing twice.

    Its metadata says what must be seen (`shows`, in the report's order), from where the report was `loaded`, the data
    `files` of the published folder, and the `warnings`. All of the statutory report must be seen, and its `charts`: as
    many as its figures allow, or those named. Raises ParameterError for a chart that this report does not have.
    """
    warnings = [f"{found.rule}：{found.message}" for found in checks.warnings]
    return piece(
        report, "record", "", "", checks.summary(),
        shows=list(_shows(report, _chosen(report, charts))),
        loaded=loaded,
        files={"data.json": report.as_json(), "data.csv": report.as_csv(), "checks.json": checks.as_json()},
        warnings=[*warnings, *chart_room.uncharted(report)],
    )  # fmt: skip


def _chosen(report: AnnualReport, charts: Iterable[str] | None) -> Mapping[str, str]:
    places = chart_room.places(report)
    names = list(places) if charts is None else list(charts)
    for name in names:
        if name not in places:
            known = ", ".join(places) or "none, this report has no figures for any"
            raise ParameterError(f"chart {name!r}", f"one of {known}", "no such chart", "Correct the name.")
    return {name: section for name, section in places.items() if name in names}


def _shows(report: AnnualReport, charts: Mapping[str, str]) -> Iterator[str]:
    """Every piece by kind and id, e.g. `table requests`; a preface or closing without a word need not be seen."""
    sections = [section.id for section in report.form.sections]
    yield "title"
    if report.text.get("preface"):
        yield "preface"
    for section in sections:
        yield f"section {section}"
        if section in report.form.tables:
            yield f"table {section}"
        yield from (f"chart {name}" for name, place in charts.items() if place == section)
    yield from (f"table {name}" for name in report.form.tables if name not in sections)
    if closing(report).html:
        yield "closing"
