"""A county-year, ready to be shown: its folder read, and its prose written where the figures hold."""

from __future__ import annotations

from pathlib import Path

from helpers import folder
from helpers.integrity import check
from helpers.narrative import compose
from helpers.report import AnnualReport


def load(county: str, year: int, params: Path | str | None = None) -> AnnualReport:
    """The report with its text; see `helpers.folder.load` for where it is looked for and what is refused.

    Prose about figures that break a law would only hide the finding behind another error (a blank cell cannot be
    written about), so such a report comes without text; its check cell stops it anyway.
    """
    report = folder.load(county, year, params)
    return report if check(report).errors else compose(report)
