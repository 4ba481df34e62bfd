"""A report that was read → a complete year folder (`gongkai import FILE --into params/CODE-SLUG`)."""

from __future__ import annotations

import io
import re
import shutil
import tempfile
from pathlib import Path

from ruamel.yaml import YAML

from helpers.errors import ParameterError
from helpers.folder.csvfile import write_indicators, write_table
from helpers.forms import form_for_year
from helpers.report import AnnualReport

_COUNTY = re.compile(r"^\d{6}-[a-z0-9]+(-[a-z0-9]+)*$")
_LEVELS = (
    (r"(省|自治区)人民政府$|^(北京|天津|上海|重庆)市人民政府$", "province"),
    (r"(自治州|地区|盟)(人民政府|行政公署)$", "prefecture"),
    (r"(市)人民政府$", "prefecture"),
    (r"(县|区|旗)人民政府$", "county"),
    (r"[镇乡]人民政府$|街道办事处$", "town"),
)
_TEMPLATE = re.compile(r"\{(?=[{%#])")


def write_year(report: AnnualReport, county_dir: Path) -> Path:
    """Write `county_dir/YEAR` with the report's cells, notes, prose and source, and return it.

    `county.yml` is written where there is none. The folder is written aside and renamed, so that it is there whole
    or not at all; a year that exists is refused, as are a folder that is not called CODE-SLUG, and a report on a
    form that the year does not use (both would be misread later). Cells the form's own files cannot hold, such as
    其他处理 printed as one row, are kept as a comment at the head of their CSV file.
    """
    county_dir = Path(county_dir)
    county = county_dir.name
    if not _COUNTY.match(county):
        raise ParameterError(
            f"folder {county_dir}", "CODE-SLUG: six digits, a hyphen, small letters", repr(county), "E.g. 371524-donge."
        )
    if form_for_year(report.year) is not report.form:
        raise ParameterError(
            f"year {report.year}", f"a report on form {form_for_year(report.year).id}", f"form {report.form.id}",
            "Look whether the year was read rightly; a folder takes the form from its year.",
        )  # fmt: skip
    folder = county_dir / str(report.year)
    if folder.exists():
        raise ParameterError(folder, "a year that is not there yet", "the folder", "Edit it, or move it away first.")
    county_dir.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{report.year}-", dir=county_dir))
    try:
        _fill(aside, report, county)
        aside.chmod(0o755)
        if not (county_dir / "county.yml").exists():
            whole = county_dir / f".county-{report.year}.yml"
            whole.write_text(_yaml(_about(report, county)), encoding="utf-8")
            whole.rename(county_dir / "county.yml")
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return folder


def _fill(folder: Path, report: AnnualReport, county: str) -> None:
    (folder / "params.yml").write_text(f"county: {county}\nyear: {report.year}\n", encoding="utf-8")
    (folder / "report.yml").write_text(_yaml(_settings(report)), encoding="utf-8")
    (folder / "narrative.md").write_text(narrative(report), encoding="utf-8")
    for table in report.form.tables.values():
        write_table(folder / f"{table.id}.csv", table, report.cells, report.notes, tuple(_comments(report, table.id)))
    if report.indicators:
        write_indicators(folder / "indicators.csv", report.indicators)


def narrative(report: AnnualReport) -> str:
    """The prose as `narrative.md`: under the form's headings, template signs shown as such and not run."""
    parts = [_inert(report.text["preface"])] if report.text.get("preface") else []
    for section in report.form.prose_sections:
        if report.text.get(section.id):
            parts.append(f"# {section.heading}\n\n{_inert(report.text[section.id])}")
    return "\n\n".join(parts) + "\n" if parts else ""


def _inert(markdown: str) -> str:
    """`{{`, `{%` and `{#` as text: their first bracket is printed by the template instead of opening it."""
    return _TEMPLATE.sub("{{ '{' }}", markdown)


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
    level = next((level for pattern, level in _LEVELS if re.search(pattern, body)), "department")
    # 县级市 are cities by name; the last two digits of a code tell them from those above.
    if level == "prefecture" and county[4:6] != "00":
        level = "county"
    short = report.body.short or body.removesuffix("人民政府") or body
    return {"name": short, "body": body, "level": report.body.level or level}


def _yaml(data: dict[str, object]) -> str:
    buffer = io.StringIO()
    yaml = YAML()
    yaml.allow_unicode = True
    yaml.width = 4096
    yaml.dump(data, buffer)
    return buffer.getvalue()
