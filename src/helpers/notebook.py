"""What the report notebook imports, and how analysts' own objects find their way into both outputs.

Loading a report teaches the kernel to show figures as SVG in the report's style, with what they are about as their
alternative text; see `show`.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from helpers import charts as chart_room
from helpers import show
from helpers.charts import Chart
from helpers.charts import draw as chart
from helpers.display import Fragment
from helpers.folder import params_root, sources
from helpers.frame import closing, preface, section, title
from helpers.integrity import check
from helpers.loading import whole_report
from helpers.record import record
from helpers.report import AnnualReport
from helpers.tables import table

__all__ = [
    "Charts",
    "Fragment",
    "chart",
    "charts",
    "check",
    "closing",
    "load",
    "preface",
    "section",
    "stop_if_wrong",
    "table",
    "title",
]

_LOADED: dict[str, dict[str, Any]] = {}
"""Where this process has its reports from, by fingerprint: one that was altered since has another."""


def load(county: str, year: int, params: Path | str | None = None) -> AnnualReport:
    """The county's year with its prose, as it is to be judged; the running kernel learns to show it."""
    teach_shell()
    report = whole_report(county, year, params)
    files = sources(params_root(params), county, year).items()
    read = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files}
    _LOADED.setdefault(report.fingerprint, {"county": county, "year": year, "files": read})
    return report


def stop_if_wrong(report: AnnualReport, charts: Iterable[str] | None = None) -> Fragment:
    """Stop with all findings where the report breaks a law; otherwise show nothing, and promise the whole report.

    No export is made of a notebook that does not show every section and table of this report, and its `charts`: all
    that its figures allow, or those that the notebook chooses here, e.g. `charts=["flow", "outcomes"]`. See `record`.
    """
    checks = check(report)
    checks.stop_if_wrong()
    return record(report, checks, charts, _LOADED.get(report.fingerprint))


class Charts(tuple[Chart, ...]):
    """Several charts that a cell shows one below the other."""

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for one in self:
            display(one)


def charts(report: AnnualReport, section: str) -> Charts:
    """The charts that stand beside a section, as many as its data allow; the first tells what cannot be charted."""
    if section == report.form.sections[0].id:
        for message in chart_room.uncharted(report):
            print(message, file=sys.stderr)  # for whoever runs the notebook: it is published nowhere
    return Charts(chart_room.for_section(report, section))


def teach_shell() -> None:
    """Hook the formatters into the running shell; outside Jupyter there is none, and nothing to do.

    Not done on import: a kernel forked from a warmed process has imported this before its shell existed.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None:
        return
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg")  # its import also teaches the shell to show a Figure made without pyplot
    chart_room.use_style()
    show.teach(shell.display_formatter.formatters)
