"""The same charts as matplotlib is usually asked for them: axes, constrained layout, a tight bounding box, as SVG."""

from __future__ import annotations

import io
from time import perf_counter
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from helpers import charts
from helpers.charts._chart import ENTRIES
from helpers.charts._style import STYLE, warm_up
from helpers.report import AnnualReport


def costs(report: AnnualReport) -> tuple[int, float, float]:
    """How many charts the report has, and the seconds that ours and the usual ones take."""
    ids = charts.available(report)
    started = perf_counter()
    for chart in ids:
        charts.draw(report, chart)
    between = perf_counter()
    for chart in ids:
        usual(ENTRIES[chart].plan(report), ENTRIES[chart].title)
    return len(ids), between - started, perf_counter() - between


def usual(plan: Any, title: str) -> bytes:
    """A chart's figures, labels and notes drawn with axes."""
    warm_up()
    with mpl.rc_context(STYLE):
        figure = Figure(layout="constrained")
        figure.suptitle(title)
        if hasattr(plan, "blocks"):
            _bars(figure, plan)
        elif hasattr(plan, "panels"):
            _columns(figure, plan)
        else:
            _flow(figure, plan)
        if note := getattr(plan, "note", ""):
            figure.supxlabel(note)
        FigureCanvasSVG(figure)
        buffer = io.BytesIO()
        figure.savefig(buffer, format="svg", bbox_inches="tight")
    return buffer.getvalue()


def _bars(figure: Figure, plan: Any) -> None:
    blocks = [block for block in plan.blocks if block.bars]
    for axes, block in zip(figure.subplots(len(blocks), squeeze=False)[:, 0], blocks, strict=True):
        places = range(len(block.bars))
        series = [(0.2, [bar.value for bar in block.bars], [bar.text for bar in block.bars])]
        if plan.before:
            series.append((-0.2, [bar.before for bar in block.bars], [bar.before_text for bar in block.bars]))
        for shift, values, texts in series:
            drawn = axes.barh([place + shift for place in places], [float(value or 0) for value in values], 0.38)
            axes.bar_label(drawn, texts, padding=3)
        axes.set_yticks(places, [bar.label for bar in block.bars])
        axes.set_title(block.heading)


def _columns(figure: Figure, plan: Any) -> None:
    for axes, panel in zip(figure.subplots(1, len(plan.panels), squeeze=False)[0], plan.panels, strict=True):
        feet = [column.foot for column in panel.columns]
        values = [float(column.value or 0) for column in panel.columns]
        drawn = axes.bar(feet, values, bottom=[float(column.start) for column in panel.columns])
        axes.bar_label(drawn, [column.text for column in panel.columns])
        axes.set_title(panel.heading)


def _flow(figure: Figure, plan: Any) -> None:
    axes = figure.subplots()
    for place, streams in ((0, plan.incoming), (1, plan.outgoing)):
        bottom = 0.0
        for stream in streams:
            axes.bar([place], [float(stream.value)], bottom=bottom)
            axes.text(place, bottom, f"{stream.label} {stream.value}")
            bottom += float(stream.value)
