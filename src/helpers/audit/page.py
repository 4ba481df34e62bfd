"""The pages of an audit: a page a report, with what is wrong marked in it, and an index of all, worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment

from helpers.audit.annotate import annotate
from helpers.audit.outcome import Grade, Outcome, Tally
from helpers.exporters.standalone import environment, printable, whole
from helpers.integrity import rules_for
from helpers.integrity.findings import LEVEL_NAMES
from helpers.report import AnnualReport
from helpers.saving import save

VERDICTS: Mapping[Grade, str] = {
    "errors": "有错误",
    "unreadable": "未能读取",
    "warnings": "有提醒",
    "passed": "未发现问题",
}
"""Worst first, as the index sorts them."""


def write_page(path: Path, outcome: Outcome, report: AnnualReport) -> None:
    """Write the page of a report that was audited: verdict, findings, then the report with every place marked."""
    save(path, page(outcome, report))


def page(outcome: Outcome, report: AnnualReport) -> str:
    """The page: self-contained, without script; findings and marks are linked both ways."""
    report = _printable(report)
    annotated = annotate(report, outcome.findings, outcome.uncertain)
    titles = {rule.id: rule.title for rule in rules_for(report.form)}
    template = _templates().get_template("report.html.j2")
    body = template.render(
        report=report, outcome=outcome, annotated=annotated, titles=titles, levels=LEVEL_NAMES,
        verdict=VERDICTS[outcome.verdict],
    )  # fmt: skip
    sections = ((part.id, part.heading) for part in annotated.parts)
    heads = [("findings", "发现的问题"), *sections, ("rules", "校验项目")]
    return whole(_templates(), body, f"{outcome.title}年度报告校验", report.body.name, heads)


def write_index(folder: Path, outcomes: Sequence[Outcome]) -> Path:
    """Write `index.html` over the pages in `folder`, worst report first; returns its path."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    order = list(VERDICTS)
    ranked = sorted(outcomes, key=lambda o: (order.index(o.verdict), -o.errors, -o.warnings, o.file))
    links = {o.file: quote(o.page.relative_to(folder).as_posix()) for o in ranked if o.page}
    body = (
        _templates().get_template("index.html.j2").render(outcomes=ranked, links=links, tally=tally, verdicts=VERDICTS)
    )
    heads = [("rules", "按规则"), ("reports", "按报告")]
    path = folder / "index.html"
    save(path, whole(_templates(), body, "政府信息公开工作年度报告校验汇总", "gongkai", heads))
    return path


def _printable(report: AnnualReport) -> AnnualReport:
    """The report without characters that markup cannot hold."""

    return replace(
        report,
        body=replace(report.body, name=printable(report.body.name)),
        text={name: printable(text) for name, text in report.text.items()},
        notes={address: printable(text) for address, text in report.notes.items()},
    )


@cache
def _templates() -> Environment:
    return environment(Path(__file__).parent / "templates")
