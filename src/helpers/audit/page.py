"""The pages of an audit: a page a report, with what is wrong marked in it, and an index of all, worst first."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

import helpers.exporters
from helpers.audit.annotate import annotate
from helpers.audit.marks import printable
from helpers.audit.outcome import Outcome, Tally, Verdict
from helpers.exporters.fonts import FAMILY, embedded
from helpers.integrity import rules_for
from helpers.integrity.findings import LEVEL_NAMES
from helpers.report import AnnualReport

VERDICTS: Mapping[Verdict, str] = {
    "errors": "有错误",
    "unreadable": "未能读取",
    "warnings": "有提醒",
    "passed": "未发现问题",
}
"""Worst first, as the index sorts them."""

_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Entry:
    """A line of the table of contents."""

    id: str
    text: str
    below: tuple[Entry, ...] = ()


def write_page(path: Path, outcome: Outcome, report: AnnualReport) -> None:
    """Write the page of a report that was audited: verdict, findings, then the report with every place marked."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(outcome, report), encoding="utf-8")


def page(outcome: Outcome, report: AnnualReport) -> str:
    """The page: self-contained, without script; findings and marks are linked both ways."""
    report = _printable(report)
    annotated = annotate(report, outcome.findings, outcome.uncertain)
    titles = {rule.id: rule.title for rule in rules_for(report.form)}
    template = _environment().get_template("report.html.j2")
    body = template.render(
        report=report, outcome=outcome, annotated=annotated, titles=titles, levels=LEVEL_NAMES,
        verdict=VERDICTS[outcome.verdict],
    )  # fmt: skip
    sections = ((part.id, part.heading) for part in annotated.parts)
    heads = [("findings", "发现的问题"), *sections, ("rules", "校验项目")]
    return _whole(f"{outcome.title}年度报告校验", report.body.name, body, heads)


def write_index(folder: Path, outcomes: Sequence[Outcome]) -> Path:
    """Write `index.html` over the pages in `folder`, worst report first; returns its path."""
    tally = Tally()
    for outcome in outcomes:
        tally.add(outcome)
    order = list(VERDICTS)
    ranked = sorted(outcomes, key=lambda o: (order.index(o.verdict), -o.errors, -o.warnings, o.file))
    links = {o.file: quote(o.page.relative_to(folder).as_posix()) for o in ranked if o.page}
    body = (
        _environment()
        .get_template("index.html.j2")
        .render(outcomes=ranked, links=links, tally=tally, verdicts=VERDICTS)
    )
    heads = [("rules", "按规则"), ("reports", "按报告")]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "index.html"
    path.write_text(_whole("政府信息公开工作年度报告校验汇总", "gongkai", body, heads), encoding="utf-8")
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
def _environment() -> Environment:
    # The report's own page and style, with this room's style behind it: `style.css` is looked up here first.
    published = Path(helpers.exporters.__file__).parent / "templates" / "report_html"
    own = FileSystemLoader(Path(__file__).parent / "templates")
    theirs = FileSystemLoader(published)
    return Environment(
        loader=ChoiceLoader([own, PrefixLoader({"published": theirs}), theirs]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=_finalized,
    )  # fmt: skip


def _finalized(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _whole(title: str, author: str, body: str, heads: Iterable[tuple[str, str]]) -> str:
    template = _environment().get_template("page.html.j2")
    about = {"title": title, "body": author}
    contents = [Entry(name, text) for name, text in heads]
    parts = {"about": about, "body": Markup(body), "contents": contents, "family": FAMILY}
    plain = _TAG.sub("", html.unescape(body)) + template.render(**parts, font="")
    return template.render(**parts, font=embedded(printable(plain)))
