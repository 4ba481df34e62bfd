"""Horizontal bars from one common line, labels left, in blocks that may have scales of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.charts._bar import Bar, Scale, longest, pitch_of
from helpers.charts._canvas import Canvas
from helpers.charts._style import LEAD, TEXT, WIDTH
from helpers.charts._text import tidy, width, wrap
from helpers.report import Number

_GAP = 7.0
_LABEL_MAX = 152.0
_PLOT_MIN = 110.0


@dataclass(frozen=True)
class BarGroup:
    """Bars on one scale, under a heading; `full` is the end of a scale that has one, such as 100 %."""

    bars: tuple[Bar, ...]
    heading: str = ""
    full: Number | None = None


@dataclass(frozen=True)
class Bars:
    """Blocks of bars, with last year's where `before` is that year.

    `note` says what shares are shares of, `hint` how to read the drawing (and so is left out of the words).
    `own_scales`: each block has its own; `counted`: each unit is a square, where they can be counted.
    """

    blocks: tuple[BarGroup, ...]
    year: int
    before: int | None = None
    note: str = ""
    hint: str = ""
    own_scales: bool = False
    counted: bool = False

    def statements(self) -> Iterator[str]:
        """Block by block, bar by bar."""
        return statements(self.blocks, self.before is not None, self.note)

    def draw(self) -> Canvas:
        """The blocks one below the other."""
        canvas, compared = Canvas(), self.before is not None
        rows = [bar for block in self.blocks for bar in block.bars]
        room = max(bar.room(compared) for bar in rows)
        limit = max(60.0, min(_LABEL_MAX, WIDTH - room - 8 - _PLOT_MIN))
        labels = {bar: wrap(tidy(bar.label), limit, TEXT) for bar in rows}
        start = 8 + max((width(line, TEXT) for lines in labels.values() for line in lines), default=0.0)
        y = canvas.key(self.year, self.before) if self.before else 0.0
        for number, block in enumerate(self.blocks):
            y += 0.0 if number == 0 else 6.0 if block.heading else 9.0
            y = canvas.heading(0, y, block.heading, WIDTH) + (4.0 if block.heading and block.bars else 0.0)
            scale = self._scale(block, rows, max(24.0, WIDTH - room - start))
            top = y
            for bar in block.bars:
                high = max(pitch_of(compared), len(labels[bar]) * TEXT * LEAD) + _GAP
                canvas.lines(0, y + high / 2, labels[bar])
                scale.draw(canvas, bar, start, y + high / 2, compared)
                y += high
            if block.bars:
                canvas.rule(start - 0.6, top + 1, high=y - top - 2)
        return canvas.sized(canvas.note(y + 4, self.note, self.hint))

    def _scale(self, block: BarGroup, rows: list[Bar], length: float) -> Scale:
        end = longest(list(block.bars) if self.own_scales else rows, by_share=False)
        if block.full is not None:
            end = max(end, float(block.full))
        return Scale(end, length, counted=self.counted, track=block.full is not None)


def statements(blocks: tuple[BarGroup, ...], compared: bool, note: str) -> Iterator[str]:
    """Every figure of the blocks in words, and the note."""
    for block in blocks:
        bars = "，".join(bar.sentence(compared) for bar in block.bars)
        yield "：".join(part for part in (block.heading, bars) if part)
    if note:
        yield note
