"""What the tests of the charts share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.etree
import pytest
from extremes import extremes

from helpers.charts import Chart, available, draw
from helpers.folder import read_report
from helpers.report import AnnualReport

PARAMS = Path(__file__).parents[2] / "params"
EXAMPLES = (("320800-huaian", 2024), ("321300-suqian", 2023), ("321300-suqian", 2024), ("371524-donge", 2020))


@pytest.fixture(scope="session")
def all_reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, AnnualReport]:
    """The four examples and every extreme, by name."""
    examples = {f"{county}/{year}": read_report(county, year, PARAMS) for county, year in EXAMPLES}
    return examples | extremes(tmp_path_factory.mktemp("forms"))


@pytest.fixture(scope="session")
def all_charts(all_reports: dict[str, AnnualReport]) -> dict[str, Chart]:
    """Every chart of every one of them, drawn."""
    return {
        f"{name}: {chart}": draw(report, chart) for name, report in all_reports.items() for chart in available(report)
    }


@pytest.fixture
def texts() -> Callable[[Chart], list[str]]:
    """What stands written in a chart's drawing, line by line; the title that browsers show is not part of it."""

    def written(chart: Chart) -> list[str]:
        root: Any = lxml.etree.fromstring(chart.svg)
        return [str(text.text) for text in root.iter("{http://www.w3.org/2000/svg}text")]

    return written
