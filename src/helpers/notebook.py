"""What the report notebook imports, and how analysts' own objects find their way into both outputs.

Loading a report teaches the kernel to show DataFrames and Stylers as Typst beside their HTML, and figures as SVG in
the report's style, so that a cell added in JupyterLab looks alike on the page and in print.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpers import charts as chart_room
from helpers.charts import Chart
from helpers.charts import draw as chart
from helpers.display import TYPST, Fragment, typst_text
from helpers.frame import closing, preface, section, title
from helpers.integrity import check
from helpers.loading import whole_report
from helpers.report import AnnualReport
from helpers.tables import table

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

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


def load(county: str, year: int, params: Path | str | None = None) -> AnnualReport:
    """The county's year with its prose, as it is to be judged; the running kernel learns to show it."""
    teach_shell()
    return whole_report(county, year, params)


def stop_if_wrong(report: AnnualReport) -> Fragment:
    """Stop with all findings where the report breaks a law; otherwise show nothing.

    What it hands on instead is a record in the output's metadata: the data files of the published folder, the tables
    and charts that must not be missing, the warnings. Whoever publishes the executed notebook computes nothing twice.
    """
    checks = check(report)
    checks.stop_if_wrong()
    record = {
        "kind": "record",
        "files": {"data.json": report.as_json(), "data.csv": report.as_csv(), "checks.json": checks.as_json()},
        "tables": list(report.form.tables),
        "charts": list(chart_room.available(report)),
        "warnings": [*(f"{found.rule}：{found.message}" for found in checks.warnings), *chart_room.uncharted(report)],
    }
    return Fragment("", "", checks.summary(), record)


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


def _styler_typst(styler: Styler) -> str:
    caption = getattr(styler, "caption", None)  # pandas sets it, writes it to HTML and leaves it out of Typst
    heading = f"{typst_text(caption)}\n\n" if isinstance(caption, str) else ""
    return heading + str(styler.to_typst())


def _frame_typst(frame: pd.DataFrame) -> str:
    return _styler_typst(frame.style)


def teach_shell() -> None:
    """Hook the formatters into the running shell; outside Jupyter there is none, and nothing to do.

    Not done on import: a kernel forked from a warmed process has imported this before its shell existed.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None:
        return
    from IPython.core.formatters import BaseFormatter
    from traitlets import ObjectName, Unicode

    class TypstFormatter(BaseFormatter):
        format_type = Unicode(TYPST)
        print_method = ObjectName("_repr_typst_")

    formatters = shell.display_formatter.formatters
    formatter = formatters.setdefault(TYPST, TypstFormatter(parent=shell.display_formatter))
    formatter.for_type_by_name("pandas", "DataFrame", _frame_typst)
    formatter.for_type_by_name("pandas.io.formats.style", "Styler", _styler_typst)
    from matplotlib_inline.backend_inline import set_matplotlib_formats

    set_matplotlib_formats("svg")  # its import also teaches the shell to show a Figure made without pyplot
    chart_room.use_style()
