"""A report with its findings: every part in the form's order, what is wrong in it marked, and where each mark is."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from helpers.audit.marks import Ref, mark_cells, mark_prose
from helpers.digits import digits
from helpers.exporters.standalone import printable
from helpers.hypertext import to_html
from helpers.integrity import Finding
from helpers.integrity.findings import LEVEL_NAMES
from helpers.markup import prose
from helpers.report import AnnualReport
from helpers.tables import as_html


@dataclass(frozen=True)
class ShownSection:
    """A section of the report as the page shows it: its table, its prose, and what is said of it as a whole."""

    id: str
    heading: str
    table: Markup | None
    prose: Markup | None
    refs: tuple[Ref, ...]


@dataclass(frozen=True)
class Shown:
    """A finding as the page lists it: where its first mark is, and what that place is called."""

    ref: Ref
    finding: Finding
    place: str | None
    place_name: str


@dataclass(frozen=True)
class Doubted:
    """A cell that could not be read with certainty; `name` is None where the form has no such cell."""

    ref: Ref
    address: str
    name: str | None
    why: str


@dataclass(frozen=True)
class Annotated:
    """Everything the page of a report shows."""

    findings: tuple[Shown, ...]
    doubts: tuple[Doubted, ...]
    parts: tuple[ShownSection, ...]


def annotate(report: AnnualReport, findings: Sequence[Finding], uncertain: Sequence[Mapping[str, str]]) -> Annotated:
    """The report's parts with the places marked that `findings` and `uncertain` speak of, numbered as they come."""
    refs = {number: Ref(number, finding.level, _says(finding)) for number, finding in enumerate(findings, 1)}
    doubts = [_doubted(number, doubt, report) for number, doubt in enumerate(uncertain, len(refs) + 1)]
    cells = {number: _cells(finding, report) for number, finding in enumerate(findings, 1)}
    at_cell: dict[str, list[Ref]] = {}
    for number, addresses in cells.items():
        for address in addresses:
            at_cell.setdefault(address, []).append(refs[number])
    for doubt in doubts:
        at_cell.setdefault(doubt.address, []).append(doubt.ref)
    parts: list[ShownSection] = []
    in_prose: dict[int, str] = {}
    for name, heading in _headings(report).items():
        table = as_html(report, name) + _extra(report, name) if name in report.form.tables else None
        text, found = _prose(report, name, findings, refs, in_prose)
        in_prose |= dict.fromkeys(found, name)
        whole = (refs[n] for n, f in enumerate(findings, 1) if n not in in_prose and name in _sections(f))
        marked = Markup(mark_cells(table, at_cell)) if table else None
        if name != "preface" or text:
            parts.append(ShownSection(name, heading, marked, text, tuple(whole)))
    listed = (
        Shown(refs[number], finding, *_place(number, finding, cells[number], in_prose, report))
        for number, finding in enumerate(findings, 1)
    )
    return Annotated(tuple(listed), tuple(doubts), tuple(parts))


def _prose(
    report: AnnualReport, name: str, findings: Sequence[Finding], refs: Mapping[int, Ref], marked: Mapping[int, str]
) -> tuple[Markup | None, set[int]]:
    """The section's prose with the passages marked that no earlier section has marked already."""
    if not report.text.get(name):
        return None, set()
    quoted = {
        number: finding.excerpt
        for number, finding in enumerate(findings, 1)
        if finding.excerpt and number not in marked and name in (_sections(finding) or (name,))
    }
    text, found = mark_prose(to_html(prose(report.text[name]), headings=1), quoted, refs)
    return Markup(text), found


def _headings(report: AnnualReport) -> dict[str, str]:
    return {"preface": "前言"} | {section.id: section.heading for section in report.form.sections}


def _doubted(number: int, doubt: Mapping[str, str], report: AnnualReport) -> Doubted:
    address = doubt["address"]
    name = report.form.cells[address].name if address in report.form.cells else None
    return Doubted(Ref(number, "doubt", printable(f"未能确定：{doubt['why']}")), address, name, doubt["why"])


def _extra(report: AnnualReport, table: str) -> str:
    """Rows that the document prints and the form does not have (其他处理 as one row), under the table."""
    lines = []
    for row, addresses in report.printed.items():
        if not row.startswith(f"{table}."):
            continue
        columns = report.form.tables[table].columns
        names = [columns.get(address.rpartition(".")[2], "") for address in addresses]
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
        values = ("" if (v := report.cells[address]) is None else digits(v) for address in addresses)
        line = "".join(f'<td data-cell="{a}">{v}</td>' for a, v in zip(addresses, values, strict=True))
        label = html.escape(report.form.label(row))
        lines.append(
            f"<p>原报告将“{label}”印为一行：</p>"
            f'<div class="table-frame" role="region" aria-label="{label}" tabindex="0">'
            f'<table class="statutory wide"><thead><tr>{head}</tr></thead><tbody><tr>{line}</tr></tbody></table></div>'
        )
    return "".join(lines)


def _sections(finding: Finding) -> tuple[str, ...]:
    """The sections that a finding is about; none for one about cells, whose excerpt may stand in any."""
    return tuple(address.removeprefix("text.") for address in finding.addresses if address.startswith("text."))


def _cells(finding: Finding, report: AnnualReport) -> tuple[str, ...]:
    """The cells to mark: the addresses of a finding, groups by their cells."""
    found: list[str] = []
    for address in finding.addresses:
        try:
            found += report.contributors(address)
        except KeyError:
            continue
    return tuple(dict.fromkeys(found))


def _place(
    number: int, finding: Finding, cells: Sequence[str], in_prose: Mapping[int, str], report: AnnualReport
) -> tuple[str | None, str]:
    headings = _headings(report)
    if number in in_prose:
        return f"mark-{number}", headings[in_prose[number]]
    if section := next((name for name in _sections(finding) if name in headings), None):
        return section, headings[section]
    if not cells:
        return None, ""
    cell = report.form.cells.get(cells[0])
    name = cell.name if cell else report.form.label(cells[0].rpartition(".")[0])
    return f"cell-{cells[0]}", f"{name}{f'等{len(cells)}格' if len(cells) > 1 else ''}"


def _says(finding: Finding) -> str:
    return printable(f"{LEVEL_NAMES[finding.level]} {finding.rule}，{finding.message}")
