"""A params folder ⇄ `AnnualReport`: `params/CODE-SLUG/YEAR/`, read strictly.

The root is the argument, else the environment variable GONGKAI_PARAMS, else the nearest `params/` above the
working directory, so that the notebook finds it from wherever Jupyter or papermill was started.
"""

from __future__ import annotations

import difflib
import os
from dataclasses import replace
from pathlib import Path

from helpers.errors import FolderError, ParameterError
from helpers.folder.contents import COUNTY_FILE, counties, refuse_strays, sources, years
from helpers.folder.csvfile import read_indicators, read_table
from helpers.folder.settings import CountyFile, ParamsFile, ReportFile
from helpers.forms import form_for_year
from helpers.opening import PROSE, SETTINGS, entries, is_folder, read_bytes, read_text
from helpers.report import Acknowledgement, AnnualReport, Body, Draft, Number, Source
from helpers.yamlfile import read_yaml

__all__ = ["counties", "notebook_of", "params_root", "read", "read_report", "sources", "year_folder", "years"]


def params_root(root: Path | str | None = None) -> Path:
    """The params folder: `root`, else $GONGKAI_PARAMS, else the nearest `params/` upwards of the working directory.

    So is a relative $GONGKAI_PARAMS: Jupyter and nbconvert start a kernel in its notebook's folder, wherever they were.
    """
    here = Path.cwd()
    if named := root or os.environ.get("GONGKAI_PARAMS"):
        for path in (Path(named), *(folder / named for folder in here.parents if not root)):
            if is_folder(path):
                return path
        raise ParameterError(named, "a params folder", "no such folder", "Correct --params or GONGKAI_PARAMS.")
    for folder in (here, *here.parents):
        if is_folder(folder / "params"):
            return folder / "params"
    raise ParameterError(here, "a folder `params` here or above", "none", "Use --params DIR or set GONGKAI_PARAMS.")


def year_folder(root: Path, county: str, year: int) -> Path:
    """The folder of one county-year; a county or year that is not there is refused with the nearest that is."""
    if Path(county).name != county or not is_folder(root / county):
        known = [entry.name for entry in entries(root, ParameterError) if entry.is_dir()]
        near = difflib.get_close_matches(county, known, 1)
        remedy = (
            f"Did you mean `{near[0]}`?" if near else "`gongkai list` shows what there is; `gongkai new` starts one."
        )
        raise ParameterError(f"county {county!r}", f"a folder under {root}", "no such folder", remedy)
    folder = root / county / str(year)
    if not is_folder(folder):
        known_years = ", ".join(map(str, years(root, county))) or "no year at all"
        raise ParameterError(
            f"year {year!r}", f"a year of {county}: {known_years}", "no such folder", f"`gongkai new {county} {year}`."
        )
    return folder


def read_report(county: str, year: int, root: Path | str | None = None) -> AnnualReport:
    """The county's year with its cells, indicators and draft, and as `previous` the year before where there is one.

    Raises FolderError with file, line and cell for anything that has no certain meaning. Blank cells are read as
    blank; that they may not be is a matter for the integrity rules.
    """
    _typed(county, year)
    base = params_root(root)
    report = read(year_folder(base, county, year))
    before = base / county / str(year - 1)
    return replace(report, previous=read(before)) if is_folder(before) else report


def read(folder: Path) -> AnnualReport:
    """One year folder, without the year before."""
    home, county, year = folder.parent, folder.parent.name, folder.name
    params = read_yaml(folder / "params.yml", ParamsFile, FolderError, within=home)
    if (params.county, str(params.year)) != (county, year):
        raise FolderError(
            folder / "params.yml", f"county: {county}, year: {year}, as the folders are called",
            f"county: {params.county}, year: {params.year}", "Correct the parameters or move the folder.",
        )  # fmt: skip
    form = form_for_year(params.year)
    refuse_strays(folder, form.tables)
    about = read_yaml(home / COUNTY_FILE, CountyFile, FolderError, within=home)
    settings = read_yaml(folder / "report.yml", ReportFile, FolderError, within=home)
    cells: dict[str, Number | None] = {}
    notes: dict[str, str] = {}
    for table in form.tables.values():
        table_cells, table_notes = read_table(folder / f"{table.id}.csv", table)
        cells |= table_cells
        notes |= table_notes
    contact = {key: value for key, value in about.contact.model_dump().items() if value}
    draft = folder / "narrative.md"
    return AnnualReport(
        body=Body(about.body, about.name, county.split("-")[0], about.level, about.superior, about.site, contact),
        year=params.year,
        form=form,
        cells=cells,
        notes=notes,
        indicators=read_indicators(folder / "indicators.csv"),
        draft=Draft(draft, read_text(draft, FolderError, PROSE, home)) if os.path.lexists(draft) else None,
        source=Source(**settings.source.model_dump()) if settings.source else Source(),
        published=settings.published,
        acknowledged=tuple(Acknowledgement(**entry.model_dump()) for entry in settings.acknowledged),
    )


def notebook_of(folder: Path) -> str | None:
    """The year's own notebook as `report.yml` names it, if any."""
    path = folder / "report.yml"
    if b"notebook" not in read_bytes(path, FolderError, SETTINGS, folder.parent):
        return None  # planning thousands of reports should not parse thousands of YAML files
    return read_yaml(path, ReportFile, FolderError, within=folder.parent).notebook


def _typed(county: object, year: object) -> None:
    """Papermill's `-p` turns 2020 into an int and 371524 too; a wrong type is said here, not as a missing folder."""
    if not isinstance(county, str):
        raise ParameterError("parameter `county`", "text such as 371524-donge", repr(county), "Quote it, or use -r.")
    if not isinstance(year, int) or isinstance(year, bool):
        raise ParameterError("parameter `year`", "a whole number such as 2020", repr(year), "Write it without quotes.")
