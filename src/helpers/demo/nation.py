"""A nation written as a params folder, county by county, whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
from collections.abc import Callable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

from helpers.demo.counts import figures
from helpers.demo.dice import Dice
from helpers.demo.drafts import narrative
from helpers.demo.indicators import indicators
from helpers.demo.places import MOST, County, place
from helpers.demo.slips import Planted, plant
from helpers.errors import ParameterError
from helpers.folder.writing import add_year
from helpers.forms import form_for_year
from helpers.report import AnnualReport, Draft
from helpers.saving import save

LISTING = "errors.csv"

REPORT_FILE = """\
source:
  title: 程序生成的虚构数据
  statement: 本报告由程序生成，机关、数据和文字均为虚构，仅供演示和测试。
published: {published}
"""


@dataclass(frozen=True)
class Nation:
    """What to make up: `counties`, each with `years` up to `last_year`; `errors` of them get one thing wrong.

    The same seed makes the same counties, however many there are of them.
    """

    counties: int = 2844
    years: int = 2
    last_year: int = 2024
    errors: int = 28
    seed: int = 1


def write_nation(
    folder: Path, nation: Nation, progress: Callable[[int], None] = lambda done: None
) -> tuple[Planted, ...]:
    """Write a params root at `folder`; what is wrong in it, as `folder/errors.csv` lists it.

    It is written aside and renamed. `progress` is told the number of counties written. Raises ParameterError for a
    folder that holds anything, for numbers no nation has, and for years without a form.
    """
    folder = folder.absolute()
    _possible(folder, nation)
    dice = Dice(f"nation {nation.seed}")
    wrong = set(dice.shuffled(range(1, nation.counties + 1), "wrong")[: nation.errors])
    aside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True)
    planted: list[Planted] = []
    for number in range(1, nation.counties + 1):
        where = place(number, dice)
        county = dice.of(where.folder)
        years = county_years(where, county, nation)
        if number in wrong:
            years, found = plant(where.folder, years, county.of("slip"))
            planted += found
        for report in years:
            settings = REPORT_FILE.format(published=report.published)
            add_year(aside, where.folder, report, settings, where.county_file, {})
        progress(number)
    planted.sort(key=astuple)
    _write_listing(aside / LISTING, planted)
    if folder.exists():
        folder.rmdir()
    aside.rename(folder)
    return tuple(planted)


def county_years(where: County, county: Dice, nation: Nation) -> list[AnnualReport]:
    """A county's consecutive reports, each holding the one before to its word."""
    reports: list[AnnualReport] = []
    for year in range(nation.last_year - nation.years + 1, nation.last_year + 1):
        form = form_for_year(year)
        cells = figures(form, where.body.level or "county", county, year, reports[-1] if reports else None)
        reports.append(
            AnnualReport(
                where.body,
                year,
                form,
                cells,
                indicators=indicators(county, year),
                draft=Draft(Path("narrative.md"), narrative(form, county, year)),
                published=dt.date(year + 1, 1, 15) + dt.timedelta(days=county.of(year).below(60, "published")),
            )
        )
    return reports


def _possible(folder: Path, nation: Nation) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ParameterError(folder, "an empty folder, or none", "one that is in use", "Choose another DIR.")
    for what, value, least, most in (
        ("counties", nation.counties, 1, MOST),
        ("years", nation.years, 1, 99),
        ("errors", nation.errors, 0, nation.counties),
    ):
        if not least <= value <= most:
            raise ParameterError(what, f"a number from {least} to {most}", str(value), "Choose another number.")
    form_for_year(nation.last_year - nation.years + 1)
    form_for_year(nation.last_year)


def _write_listing(path: Path, planted: list[Planted]) -> None:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([field.name for field in fields(Planted)])
    writer.writerows(astuple(line) for line in planted)
    save(path, file.getvalue())
