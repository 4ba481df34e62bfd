"""Published files made for auditing: two consistent years of one body, spoilt as a test wants."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from helpers.report import AnnualReport, Body, Number
from strategies import flawless_report

# The makers of published-looking documents live with the tests of the readers.
sys.path.append(str(Path(__file__).parents[1] / "readers"))

from formats import encoded, to_html
from published import page


def published_report(year: int, name: str = "云州市人民政府", **text: str) -> AnnualReport:
    """A report without a fault; `text` replaces sections of its prose."""
    report = flawless_report(2024) if year == 2024 else flawless_report(2024).previous
    assert report is not None
    prose = {
        "preface": f"本报告由{name}办公室编制。所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。",
        "overview": f"{year}年，我市坚持以公开为常态、不公开为例外，扎实推进各项工作。",
        "problems": f"一是解读质量仍需提升；二是第{year - 2000}期培训覆盖面不够。下一步将加强培训，提升实效。",
        "other": f"{year}年，本机关未收取政府信息公开信息处理费。",
    }
    return replace(report, year=year, body=Body(name), text=prose | text, previous=None)


def changed(report: AnnualReport, changes: Mapping[str, int]) -> AnnualReport:
    """The report with figures raised by so much."""
    cells: dict[str, Number | None] = {a: (report.cells[a] or 0) + by for a, by in changes.items()}
    return report.with_cells(cells)


def publish(report: AnnualReport, path: Path) -> Path:
    """The report as a web page at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encoded(to_html(page(report)), "utf-8"))
    return path


ONE_MORE_LAST_YEAR = {
    f"requests.{row}.{column}": 1 for row in ("received", "carried_over_out") for column in ("natural_person", "total")
}
"""Leaves last year's report consistent, and this year's carry-over wrong in two columns."""
