"""What a chart is, and the register of those there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from helpers.charts._canvas import Canvas
from helpers.charts._text import tidy
from helpers.display import escape
from helpers.report import AnnualReport
from helpers.stamp import identity, stamped


class Plan(Protocol):
    """A chart's figures, decided on but not drawn: cheap to make, so that asking what there is costs nothing."""

    def statements(self) -> Iterator[str]:
        """Every figure of the chart in words, for those who cannot see it."""

    def draw(self) -> Canvas:
        """The drawing."""


@dataclass(frozen=True)
class Chart:
    """One drawn chart: `svg` stands in a page as it is, `title` is its caption, `alt` states its figures.

    `section` is the section of the form that it belongs beside, `report` the identity of the report whose figures it
    shows. Shows itself in Jupyter as a figure with caption.
    """

    id: str
    title: str
    section: str
    svg: str
    alt: str
    report: Mapping[str, Any]

    @property
    def html(self) -> str:
        """The chart with its caption, for a page that holds each chart once."""
        caption = f"<figcaption>{escape(self.title)}</figcaption>"
        # On a narrow screen the picture scrolls within its frame, which the keyboard must be able to reach.
        frame = f'<div class="chart-frame" role="group" aria-label="{escape(self.title)}" tabindex="0">{self.svg}</div>'
        return f'<figure class="chart" id="chart-{escape(self.id)}">\n{caption}\n{frame}\n</figure>'

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/html": self.html, "image/svg+xml": self.svg, "text/plain": f"{self.title}\n{self.alt}"}
        said = {"id": self.id, "section": self.section, "title": self.title, "alt": self.alt}
        return data, {"gongkai": stamped(data, self.report, kind="chart", **said)}


@dataclass(frozen=True)
class Entry:
    """A chart in the register: `plan` gives its figures, or None where the report has none for it."""

    id: str
    title: str
    section: str
    plan: Callable[[AnnualReport], Plan | None]

    def draw(self, report: AnnualReport, plan: Plan) -> Chart:
        """The chart of `plan`, captioned with the report's year."""
        title = f"{report.year}年{self.title}"
        alt = tidy(f"{title}：{'；'.join(plan.statements())}。")
        return Chart(self.id, title, self.section, plan.draw().svg(self.id, title, alt), alt, identity(report))


ENTRIES: dict[str, Entry] = {}

Planner = Callable[[AnnualReport], "Plan | None"]


def chart(chart_id: str, title: str, section: str) -> Callable[[Planner], Planner]:
    """Enter the decorated function in the register as the chart `chart_id`."""

    def enter(plan: Planner) -> Planner:
        ENTRIES[chart_id] = Entry(chart_id, title, section, plan)
        return plan

    return enter
