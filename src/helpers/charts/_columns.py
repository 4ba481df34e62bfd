"""Small multiples: columns side by side, every panel on its own scale, with that scale shown."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from helpers.charts._canvas import Canvas
from helpers.charts._style import BLUE, FAINT, LEAD, ORANGE, SMALL, TEXT, WIDTH
from helpers.charts._text import change, figure, tidy, width, wrap
from helpers.report import Number

_PLOT = 78.0
_GUTTER = 18.0
_COLUMN_MAX = 30.0

OWN_SCALES = "各小图刻度各自独立"

Tone = Literal["now", "before", "more", "less"]
_PAINT: dict[Tone, tuple[str, float | None]] = {
    "now": (BLUE, None),
    "before": (BLUE, FAINT),
    "more": (BLUE, 0.65),
    "less": (ORANGE, None),
}


@dataclass(frozen=True)
class Pillar:
    """One column from `start` to `start + value`; `text` is its figure, `foot` what stands under it."""

    foot: str
    value: Number | None
    text: str
    tone: Tone = "now"
    start: Number = 0

    @property
    def top(self) -> float:
        """Where the column's upper end is, in the figure's unit."""
        return float(max(self.start, self.start + (self.value or 0)))


@dataclass(frozen=True)
class Panel:
    """Columns of one kind on one scale: what is counted, in which unit, what changed."""

    title: str
    unit: str
    columns: tuple[Pillar, ...]
    remark: str = ""

    @property
    def speaks(self) -> bool:
        """Whether there is anything to see."""
        return any(column.value for column in self.columns)

    @property
    def heading(self) -> str:
        """The title with its unit."""
        return f"{self.title}（{self.unit}）"

    @property
    def step(self) -> float:
        """A round step of the scale that gives two to four of them."""
        top = max((column.top for column in self.columns), default=0.0) or 1.0
        power = 10.0 ** math.floor(math.log10(top))
        step = next(power * part for part in (0.5, 1, 2, 5) if top / (power * part) <= 4)
        return max(step, 1.0) if self.whole else step

    @property
    def whole(self) -> bool:
        """Whether only whole numbers are counted: half a case is no place on a scale."""
        return all(column.value is None or column.value == int(column.value) for column in self.columns)

    @property
    def ticks(self) -> tuple[float, ...]:
        """The scale from zero to the first step that holds every column."""
        top = max((column.top for column in self.columns), default=0.0)
        return tuple(number * self.step for number in range(max(1, math.ceil(top / self.step)) + 1))

    @property
    def axis(self) -> float:
        """The width of the scale's labels."""
        return max(width(_round(tick), SMALL) for tick in self.ticks) + 4

    @property
    def need(self) -> float:
        """The least width in which no two labels touch."""
        widest = max(max(width(column.text, TEXT), width(column.foot, SMALL)) for column in self.columns)
        return self.axis + len(self.columns) * (widest + 6)


@dataclass(frozen=True)
class Columns:
    """Panels in as many rows as their labels need."""

    panels: tuple[Panel, ...]
    hint: str = ""

    def statements(self) -> Iterator[str]:
        """Panel by panel, column by column."""
        for panel in self.panels:
            columns = "，".join(
                f"{column.foot}{column.text}{'' if column.value is None else panel.unit}" for column in panel.columns
            )
            yield f"{panel.title}：{columns}" + (f"，{panel.remark}" if panel.remark else "")

    def draw(self) -> Canvas:
        """Equal panels, titles and base lines aligned along each row."""
        canvas = Canvas()
        widest = max(panel.need for panel in self.panels)
        fit = max(1, min(len(self.panels), int((WIDTH + _GUTTER) // (widest + _GUTTER))))
        rows = math.ceil(len(self.panels) / fit)
        across = math.ceil(len(self.panels) / rows)
        # One or two panels do not spread over the page: panels look alike in every chart.
        wide = max((WIDTH + _GUTTER) / max(across, 3) - _GUTTER, min(widest, WIDTH))
        y = 0.0
        for row in range(rows):
            panels = self.panels[row * across : (row + 1) * across]
            y = self._row(canvas, panels, wide, y + (16 if row else 0))
        return canvas.sized(canvas.note(y + 6, self.hint))

    def _row(self, canvas: Canvas, panels: tuple[Panel, ...], wide: float, y: float) -> float:
        titles = [wrap(tidy(panel.heading), wide, TEXT) for panel in panels]
        head = max(map(len, titles)) * TEXT * LEAD
        remarks = SMALL * LEAD if any(panel.remark for panel in panels) else 0.0
        base = y + head + remarks + 6 + TEXT * LEAD + _PLOT
        for number, panel in enumerate(panels):
            x = number * (wide + _GUTTER)
            canvas.lines(x, y + len(titles[number]) * TEXT * LEAD / 2, titles[number])
            if panel.remark:
                below = y + len(titles[number]) * TEXT * LEAD + SMALL * LEAD / 2
                canvas.text(x, below, panel.remark, size=SMALL, muted=True)
            _panel(canvas, panel, x, wide, base)
        return base + 4 + SMALL * LEAD


def yearly(title: str, unit: str, years: Sequence[int], values: Sequence[Number | None]) -> Panel:
    """One figure over the years as a panel, the last year in full colour, its change said beside it."""
    columns = tuple(
        Pillar(f"{year}年", value, figure(value), "now" if year == years[-1] else "before")
        for year, value in zip(years, values, strict=True)
    )
    return Panel(title, unit, columns, change(values[-1], values[-2]) if len(values) > 1 else "")


def _panel(canvas: Canvas, panel: Panel, x: float, wide: float, base: float) -> None:
    full = panel.ticks[-1]
    left, inner = x + panel.axis, wide - panel.axis
    for tick in panel.ticks:
        level = base - tick / full * _PLOT
        canvas.text(left - 4, level, _round(tick), size=SMALL, muted=True, anchor="right")
        canvas.rule(left, level, wide=3 if tick else inner)
    slot = inner / len(panel.columns)
    thick = min(_COLUMN_MAX, slot * 0.62)
    for number, column in enumerate(panel.columns):
        middle = left + (number + 0.5) * slot
        top = base - column.top / full * _PLOT
        if column.value:
            high = max(0.8, abs(float(column.value)) / full * _PLOT)
            colour, alpha = _PAINT[column.tone]
            canvas.bar(middle - thick / 2, top, thick, high, colour, alpha)
        canvas.text(middle, top - TEXT * 0.62, column.text, anchor="center", muted=column.value is None)
        canvas.text(middle, base + 4 + SMALL * LEAD / 2, column.foot, size=SMALL, muted=True, anchor="center")


def _round(tick: float) -> str:
    """A scale label: large numbers in 万 or 亿."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if tick >= size:
            return f"{tick / size:g}{name}"
    return f"{tick:g}"
