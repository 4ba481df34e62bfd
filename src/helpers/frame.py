"""The report's frame: title, headings with their prose, and the small print at the end."""

from __future__ import annotations

import datetime as dt

from helpers.display import Fragment, escape, literal, typst_text
from helpers.errors import ParameterError
from helpers.hypertext import to_html, to_typst
from helpers.markup import prose, words
from helpers.report import AnnualReport
from helpers.stamp import piece


def title(report: AnnualReport) -> Fragment:
    """The body's name and the report's title; its metadata carries what an exporter needs to know."""
    name, rest = report.body.name, report.title
    return piece(
        report,
        "title",
        html=f'<div class="report-title"><p>{escape(name)}</p><h1>{escape(rest)}</h1></div>',
        typst=f"#report-title({literal(name)}, {literal(rest)})",
        plain=f"{name}\n{rest}",
        body=name,
        title=f"{name}{rest}",
        date=_date(report).isoformat(),
    )


def preface(report: AnnualReport) -> Fragment:
    """The text before the first section."""
    return _prose(report, "preface", "", "", kind="preface")


def section(report: AnnualReport, name: str) -> Fragment:
    """A section's heading, and under it its prose where the section has any."""
    for entry in report.form.sections:
        if entry.id == name:
            heading_html = f'<h2 id="{name}">{escape(entry.heading)}</h2>'
            heading_typst = f"#heading(level: 1)[{typst_text(entry.heading)}]"
            return _prose(report, name, heading_html, heading_typst, kind="section", id=name)
    known = ", ".join(entry.id for entry in report.form.sections)
    raise ParameterError(f"section {name!r}", f"one of {known}", "no such section", "Correct the name.")


def closing(report: AnnualReport) -> Fragment:
    """Who signs and when, where the figures come from, and any statement the source demands."""
    lines = []
    if report.source.title:
        lines.append(f"数据来源：{report.source.title}。")
    if report.source.statement:
        lines.append(report.source.statement)
    signature = [report.body.name, _chinese_date(report.published)] if report.published else []
    html = "".join(f"<p>{escape(line)}</p>" for line in signature)
    small = "".join(f"<p>{escape(line)}</p>" for line in lines)
    typst = "".join(f"[{typst_text(line)}], " for line in signature)
    typst_small = "".join(f"[{typst_text(line)}], " for line in lines)
    return piece(
        report,
        "closing",
        html=(f'<div class="signature">{html}</div>' if html else "")
        + (f'<div class="small-print">{small}</div>' if small else ""),
        typst=f"#closing(({typst}), ({typst_small}))",
        plain="\n".join([*signature, *lines]),
    )


def _prose(report: AnnualReport, name: str, heading_html: str, heading_typst: str, **about: str) -> Fragment:
    text = report.text.get(name, "")
    tree = prose(text)
    # A section's own heading is h2 on the page and level 1 in print; `## （一）…` in the prose comes below it.
    return piece(
        report,
        html=f'{heading_html}\n<div class="prose">{to_html(tree, headings=1)}</div>' if text else heading_html,
        typst=f"{heading_typst}\n\n{to_typst(tree)}" if text else heading_typst,
        plain=words(tree),
        **about,
    )


def _date(report: AnnualReport) -> dt.date:
    """The day the document is dated: when it was published, else the end of the year it covers."""
    return report.published or dt.date(report.year, 12, 31)


def _chinese_date(date: dt.date) -> str:
    return f"{date.year}年{date.month}月{date.day}日"
