"""The one place that writes a year folder: `gongkai new`, `gongkai import --into` and the made-up nation use it."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from helpers.errors import FolderError, ParameterError
from helpers.folder.csvfile import write_indicators, write_table
from helpers.opening import PROSE, SETTINGS, TABLE
from helpers.report import AnnualReport
from helpers.saving import save

_COUNTY = re.compile(r"^\d{6}-[a-z0-9]+(-[a-z0-9]+)*$")

INDICATORS = "indicators"

_MOST = {".yml": SETTINGS, ".csv": TABLE, ".md": PROSE}

Comments = Mapping[str, tuple[str, ...]]
"""What is written for people at the head of a CSV file, by the file's name without its suffix."""


def add_year(root: Path, county: str, report: AnnualReport, settings: str, about: str, comments: Comments) -> Path:
    """Write `root/county/YEAR` with the report's cells, notes, indicators and draft, and return it.

    `settings` is the text of `report.yml`, `about` that of `county.yml`, which is written only where there is none.
    The folder is written aside and renamed, so that it is there whole or not at all. Raises ParameterError for a
    county folder that is not called CODE-SLUG and for a year that is there already, FolderError for a file that
    would be larger than is read.
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
        save(aside / "county.yml", about)
        _refuse_what_is_not_read(aside, folder)
        if folder.with_name("county.yml").exists():
            (aside / "county.yml").unlink()
        else:
            (aside / "county.yml").rename(folder.with_name("county.yml"))
        aside.rename(folder)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    return folder


def _refuse_what_is_not_read(aside: Path, folder: Path) -> None:
    for file in sorted(aside.iterdir()):
        size, most = file.stat().st_size, _MOST[file.suffix]
        if size > most:
            raise FolderError(folder / file.name, f"at most {most:,} bytes", f"{size:,}", "Shorten what is in it.")


def _fill(folder: Path, county: str, report: AnnualReport, settings: str, comments: Comments) -> None:
    save(folder / "params.yml", f"county: {county}\nyear: {report.year}\n")
    save(folder / "report.yml", settings)
    if report.draft:
        save(folder / report.draft.path, report.draft.text)
    for name, table in report.form.tables.items():
        write_table(folder / f"{name}.csv", table, report.cells, report.notes, comments.get(name, ()))
    if report.indicators or INDICATORS in comments:
        write_indicators(folder / f"{INDICATORS}.csv", report.indicators, comments.get(INDICATORS, ()))
