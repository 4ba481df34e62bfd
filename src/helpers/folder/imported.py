"""A report that was read → a complete year folder (`gongkai import FILE --into DIR`), added by `writing`."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

from ruamel.yaml import YAML

from helpers.bodies import level_of, short_name
from helpers.errors import ParameterError
from helpers.folder.csvfile import too_fine, write_figure
from helpers.folder.numbers import Unreadable, read_figure
from helpers.folder.writing import add_year
from helpers.forms import form_for_year
from helpers.report import AnnualReport, Draft

_OPENED = "{{ '{' }}"
_MARKUP = re.compile(r"[\\`*_\[\]()<>#+\-.!|~=&:]")
_SECTION = re.compile(r" {0,3}[#＃](?![#＃])")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TEMPLATE = re.compile(r"\{(?=[{%#])")


def import_year(report: AnnualReport, county_dir: Path, prose: str | None = None) -> Path:
    """Write `county_dir/YEAR` with the report's cells, notes, prose and source, and return it.

    `prose` is the text of `narrative.md` where it is not `narrative(report)`. What the form's own files cannot hold,
    such as 其他处理 printed as one row or half a request, is blank there and kept as a comment at the head of the CSV
    file. Besides what `add_year` refuses, raises ParameterError for a report on a form that the year does
    not use: it would be misread later.
    """
    if form_for_year(report.year) is not report.form:
        raise ParameterError(
            f"year {report.year}", f"a report on form {form_for_year(report.year).id}", f"form {report.form.id}",
            "Look whether the year was read rightly; a folder takes the form from its year.",
        )  # fmt: skip
    report = as_held(report)
    written = replace(report, draft=Draft(Path("narrative.md"), narrative(report) if prose is None else prose))
    comments = {table: tuple(_comments(report, table)) for table in report.form.tables}
    about = _about(report, county_dir.name)
    return add_year(county_dir.parent, county_dir.name, written, _yaml(_settings(report)), _yaml(about), comments)


def narrative(report: AnnualReport) -> str:
    """The prose as `narrative.md`: under the form's headings, template signs shown as such and not run."""
    parts = [_below_a_heading(report.text["preface"])] if report.text.get("preface") else []
    for section in report.form.prose_sections:
        if report.text.get(section.id):
            parts.append(f"# {section.heading}\n\n{_below_a_heading(report.text[section.id])}")
    return "\n\n".join(parts) + "\n" if parts else ""


def _below_a_heading(markdown: str) -> str:
    """The text of one section: what would begin another is mere letters, and its last block of code ends with it."""
    lines, fence = [], ""
    for line in markdown.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        match = _FENCE.match(line)
        if match and (not fence or match[1].startswith(fence)):
            fence = "" if fence else match[1]
        lines.append(_inert(line) if fence or not _SECTION.match(line) else literal_line(line))
    return "\n".join([*lines, fence] if fence else lines)


def literal_line(line: str) -> str:
    """A line of `narrative.md` with nothing in it that is markup: it shows its letters, whatever they are."""
    text = line.replace(_OPENED, "{").strip()
    return "　" * text.startswith("＃") + _inert(_MARKUP.sub(r"\\\g<0>", text))


def as_held(report: AnnualReport) -> AnnualReport:
    """The report with such figures as its data files give back; another is blank, and its note says what it was."""
    cells, notes = dict(report.cells), dict(report.notes)
    for address, cell in report.form.cells.items():
        written = write_figure(cell, cells, notes)
        try:
            held = not too_fine(cells[address]) and read_figure(written, cell.kind)[0] == cells[address]
        except Unreadable:
            held = False
        if not held:
            cells[address], notes[address] = None, written
    return replace(report, cells=cells, notes=notes)


def _inert(markdown: str) -> str:
    """`{{`, `{%` and `{#` as text: their first bracket is printed by the template instead of opening it."""
    return _TEMPLATE.sub(_OPENED, markdown)


def _comments(report: AnnualReport, table: str) -> list[str]:
    comments = [f"读自已发布的报告：{_one_line(report.source.title)}"] if report.source.title else []
    extra = {address: value for address, value in report.cells.items() if address not in report.form.cells}
    rows: dict[str, list[str]] = {}
    for address, value in extra.items():
        if address.startswith(f"{table}."):
            rows.setdefault(address.rpartition(".")[0], []).append("" if value is None else str(value))
    comments += [f"原报告只有一行 {row}：{','.join(values)}；请分到下面各行" for row, values in rows.items()]
    doubts = [doubt for doubt in report.uncertain if doubt.address.startswith(f"{table}.")]
    comments += [f"未能确定 {doubt.address}：{_one_line(doubt.why)}" for doubt in doubts]
    marks = {a: n for a, n in report.notes.items() if a.startswith(f"{table}.") and report.cells.get(a) is None}
    return comments + [f"原报告此格为“{_one_line(note)}” {address}" for address, note in marks.items()]


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _settings(report: AnnualReport) -> dict[str, object]:
    source = {key: value for key, value in vars(report.source).items() if value is not None}
    source.setdefault("title", report.title)
    settings: dict[str, object] = {"source": source}
    if report.published:
        settings["published"] = report.published
    return settings


def _about(report: AnnualReport, county: str) -> dict[str, object]:
    body = report.body.name or county
    level = report.body.level or level_of(body, county.partition("-")[0])
    return {"name": report.body.short or short_name(body), "body": body, "level": level}


def _yaml(data: dict[str, object]) -> str:
    buffer = io.StringIO()
    yaml = YAML()
    yaml.allow_unicode = True
    yaml.width = 4096
    yaml.dump(data, buffer)
    return buffer.getvalue()
