"""The one place that writes a year folder: `gongkai new`, `gongkai import --into` and the made-up nation use it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from helpers.errors import ParameterError
from helpers.folder.csvfile import write_indicators, write_table
from helpers.report import AnnualReport

_COUNTY = re.compile(r"^\d{6}-[a-z0-9]+(-[a-z0-9]+)*$")

INDICATORS = "indicators"

Comments = Mapping[str, tuple[str, ...]]
"""What is written for people at the head of a CSV file, by the file's name without its suffix."""


def add_year(root: Path, county: str, report: AnnualReport, settings: str, about: str, comments: Comments) -> Path:
    """Write `root/county/YEAR` with the report's cells, notes, indicators and draft, and return it.

    `settings` is the text of `report.yml`, `about` that of `county.yml`, which is written only where there is none.
    The folder is written aside and renamed, so that it is there whole or not at all. Raises ParameterError for a
    county folder that is not called CODE-SLUG and for a year that is there already.
    """
    if not _COUNTY.match(county):
        raise ParameterError(
            f"county {county!r}", "CODE-SLUG: six digits, a hyphen, small letters", repr(county), "E.g. 371524-donge."
        )
    folder = root / county / str(report.year)
    if folder.exists():
        raise ParameterError(folder, "a year that is not there yet", "the folder", "Edit it, or move it away first.")
    aside = folder.with_name(f".{report.year}-{os.getpid()}")
    aside.mkdir(parents=True)
    try:
        _fill(aside, county, report, settings, comments)
        if not folder.with_name("county.yml").exists():
            (aside / "county.yml").write_text(about, encoding="utf-8")
            (aside / "county.yml").rename(folder.with_name("county.yml"))
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return folder


def _fill(folder: Path, county: str, report: AnnualReport, settings: str, comments: Comments) -> None:
    (folder / "params.yml").write_text(f"county: {county}\nyear: {report.year}\n", encoding="utf-8")
    (folder / "report.yml").write_text(settings, encoding="utf-8")
    if report.draft:
        (folder / report.draft.path).write_text(report.draft.text, encoding="utf-8")
    for name, table in report.form.tables.items():
        write_table(folder / f"{name}.csv", table, report.cells, report.notes, comments.get(name, ()))
    if report.indicators or INDICATORS in comments:
        write_indicators(folder / f"{INDICATORS}.csv", report.indicators, comments.get(INDICATORS, ()))
