"""Warm-up for processes that make many reports: what every report repeats, done once before they are forked off.

Much is only built on first use (forms, fonts, styles, compiled templates and patterns). Made-up counties with every
kind of data go all the way to their tables and charts here; what that leaves behind is caches.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from helpers import notebook
from helpers.demo import Nation, write_nation
from helpers.folder import counties
from helpers.forms import all_forms
from helpers.loading import whole_report

COUNTIES = 2
"""Enough for one that writes its own prose and one that leaves it to the defaults."""


def warm_up() -> None:
    """Make two made-up counties' second year under every form, as the master notebook would."""
    for form in all_forms():
        last_year = form.spec.years.first + 1
        with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
            root = Path(scratch) / "nation"
            write_nation(root, Nation(COUNTIES, years=2, last_year=last_year, errors=0))
            for county in counties(root):
                report = whole_report(county, last_year, root)
                notebook.stop_if_wrong(report)
                notebook.title(report)
                notebook.preface(report)
                notebook.closing(report)
                for entry in report.form.sections:
                    notebook.section(report, entry.id)
                    for chart in notebook.charts(report, entry.id):
                        chart._repr_mimebundle_()
                for name in report.form.tables:
                    notebook.table(report, name)
