"""Horizontal bars, each labelled with its figure; last year's bar, paler, under this year's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.charts._canvas import Canvas
from helpers.charts._style import FAINT, LEAD, SMALL, TEXT, WIDTH
from helpers.charts._text import BLANK, figure, tidy, width, wrap
from helpers.report import Number

_THICK = 9.5
_GAP = 7.0
_LABEL_MAX = 152.0
_PLOT_MIN = 110.0
_INSET = 2.0  # squares keep off the line they start from
SQUARES_MAX = 50
"""Above this many, squares are no longer countable at a glance and a bar says it better."""


@dataclass(frozen=True)
class Bar:
    """One figure with its share in per cent, and last year's."""

    label: str
    value: Number | None
    unit: str
    share: Decimal | None = None
    before: Number | None = None
    before_share: Decimal | None = None

    @property
    def text(self) -> str:
        """The label at the end of the bar."""
        return _stated(self.value, self.unit, self.share)

    @property
    def before_text(self) -> str:
        """The label at the end of last year's bar."""
        return _stated(self.before, self.unit, self.before_share)

    def sentence(self, compared: bool) -> str:
        """The figure in words."""
        share = "" if self.share is None else f"，占{self.share}%"
        now = BLANK if self.value is None else f"{figure(self.value)}{self.unit}{share}"
        if not compared:
            return f"{self.label}{now}"
        return (
            f"{self.label}{now}（上年{'无数据' if self.before is None else self.before_text.replace(' · ', '，占')}）"
        )


@dataclass(frozen=True)
class Block:
    """Bars on one scale, under a heading; `full` is the end of a scale that has one, such as 100 %."""

    bars: tuple[Bar, ...]
    heading: str = ""
    full: Number | None = None


@dataclass(frozen=True)
class Bars:
    """Blocks of bars. `by_share`: the length is the share; `own_scales`: each block has its own.

    `counted`: each unit is a square, where they can be counted. `before` is last year where it is compared.
    """

    blocks: tuple[Block, ...]
    year: int
    before: int | None = None
    note: str = ""
    by_share: bool = False
    own_scales: bool = False
    counted: bool = False

    def statements(self) -> Iterator[str]:
        """Block by block, bar by bar."""
        for block in self.blocks:
            bars = "、".join(bar.sentence(self.before is not None) for bar in block.bars)
            yield "：".join(part for part in (block.heading, bars) if part)
        if self.note:
            yield self.note

    def draw(self) -> Canvas:
        """Labels left, bars from one common line, figures at their ends."""
        canvas = Canvas()
        rows = [bar for block in self.blocks for bar in block.bars]
        room = 5 + max(
            max(width(bar.text, TEXT), width(bar.before_text, SMALL) if self.before else 0.0) for bar in rows
        )
        limit = max(60.0, min(_LABEL_MAX, WIDTH - room - 8 - _PLOT_MIN))
        labels = {bar: wrap(tidy(bar.label), limit, TEXT) for bar in rows}
        start = 8 + max(width(line, TEXT) for lines in labels.values() for line in lines)
        plot = WIDTH - room - start
        y = canvas.key(self.year, self.before) if self.before else 0.0
        for number, block in enumerate(self.blocks):
            if block.heading:
                y += 6.0 if number else 0.0
                for line in wrap(tidy(block.heading), WIDTH, TEXT):
                    canvas.text(0, y + TEXT * LEAD / 2, line, muted=True)
                    y += TEXT * LEAD
                y += 5.0 if block.bars else 0.0
            elif number:
                y += 9.0
            y = self._block(canvas, block, labels, start, plot, y)
        return canvas.sized(canvas.note(y + 4, self.note) if self.note else y)

    def _block(
        self, canvas: Canvas, block: Block, labels: dict[Bar, tuple[str, ...]], start: float, plot: float, y: float
    ) -> float:
        top, scale = y, self._scale(block)
        for bar in block.bars:
            both = (2 if self.before else 1) * _THICK + (1.5 if self.before else 0)
            high = max(both, len(labels[bar]) * TEXT * LEAD) + _GAP
            first = y + (high - both) / 2
            canvas.lines(0, y + high / 2, labels[bar])
            end = start + self._length(canvas, bar.value, bar.share, block, scale, (start, first, plot), None)
            canvas.text(end + 5, first + _THICK / 2, bar.text, muted=bar.value is None)
            if self.before:
                second = first + _THICK + 1.5
                at = (start, second, plot)
                end = start + self._length(canvas, bar.before, bar.before_share, block, scale, at, FAINT)
                canvas.text(end + 5, second + _THICK / 2, bar.before_text, size=SMALL, muted=True)
            y += high
        if block.bars:
            canvas.rule(start - 0.6, top + 1, high=y - top - 2)
        return y

    def _scale(self, block: Block) -> float:
        if block.full is not None:
            return float(block.full)
        blocks = (block,) if self.own_scales else self.blocks
        measures = [
            value
            for each in blocks
            for bar in each.bars
            for value in ((bar.share, bar.before_share) if self.by_share else (bar.value, bar.before))
            if value is not None
        ]
        return float(max(measures, default=0)) or 1.0

    def _length(
        self, canvas: Canvas, value: Number | None, share: Decimal | None, block: Block, scale: float,
        at: tuple[float, float, float], alpha: float | None,
    ) -> float:  # fmt: skip
        """Draw one bar and say how long it came out."""
        x, y, plot = at
        measure = share if self.by_share else value
        if block.full is not None:
            canvas.bar(x, y, plot, _THICK, alpha=0.12)
        if not measure or measure < 0:
            return plot if block.full is not None else 0.0
        if self.counted and scale <= SQUARES_MAX and measure == int(measure):
            pitch = min(_THICK + 2.0, (plot - _INSET) / scale)
            canvas.squares(x + _INSET, y, int(measure), pitch, min(_THICK, pitch * 0.8), alpha)
            return float(measure) * pitch + _INSET
        length = max(0.8, float(measure) / scale * plot)
        canvas.bar(x, y, length, _THICK, alpha=alpha)
        return plot if block.full is not None else length


def _stated(value: Number | None, unit: str, share: Decimal | None) -> str:
    if value is None:
        return BLANK
    return f"{figure(value)}{unit}" + ("" if share is None else f" · {share}%")
