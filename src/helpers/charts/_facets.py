"""Blocks of bars side by side, the same rows in each, on one scale: what is to be compared stands on one line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.charts._bar import Scale, longest, pitch_of
from helpers.charts._bars import BarGroup, statements
from helpers.charts._canvas import Canvas
from helpers.charts._style import LEAD, TEXT, WIDTH
from helpers.charts._text import tidy, width, wrap

_GAP = 7.0
_GUTTER = 12.0
_LABEL_MAX = 90.0
_PLOT_MIN = 34.0


@dataclass(frozen=True)
class Facets:
    """Blocks whose bars have the same labels in the same order; bars are as long as their shares."""

    blocks: tuple[BarGroup, ...]
    year: int
    before: int | None = None
    hint: str = ""

    def statements(self) -> Iterator[str]:
        """Block by block, bar by bar."""
        return statements(self.blocks, self.before is not None, "")

    def draw(self) -> Canvas:
        """As many blocks in a line as leave room for bars; the labels stand left of each line."""
        canvas, compared = Canvas(), self.before is not None
        bars = [bar for block in self.blocks for bar in block.bars]
        labels = [wrap(tidy(bar.label), _LABEL_MAX, TEXT) for bar in max((b.bars for b in self.blocks), key=len)]
        start = 8 + max((width(line, TEXT) for lines in labels for line in lines), default=0.0)
        room = max(bar.room(compared) for bar in bars)
        fit = int((WIDTH - start + _GUTTER) // (_PLOT_MIN + room + _GUTTER))
        across = max(1, min(len(self.blocks), fit))
        wide = (WIDTH - start + _GUTTER) / across - _GUTTER
        scale = Scale(longest(bars, by_share=True), max(12.0, wide - room), by_share=True)
        y = canvas.key(self.year, self.before) if self.before else 0.0
        for first in range(0, len(self.blocks), across):
            line = self.blocks[first : first + across]
            lefts = [start + number * (wide + _GUTTER) for number in range(across)]
            y += 8.0 if first else 0.0
            head = max(canvas.heading(x, y, block.heading, wide) for x, block in zip(lefts, line, strict=False))
            y = top = head + 3.0
            for number, lines in enumerate(labels if any(block.bars for block in line) else ()):
                high = max(pitch_of(compared), len(lines) * TEXT * LEAD) + _GAP
                canvas.lines(0, y + high / 2, lines)
                for x, block in zip(lefts, line, strict=False):
                    if block.bars:
                        scale.draw(canvas, block.bars[number], x, y + high / 2, compared)
                y += high
            for x, block in zip(lefts, line, strict=False):
                if block.bars:
                    canvas.rule(x - 0.6, top + 1, high=y - top - 2)
        return canvas.sized(canvas.note(y + 4, "", self.hint))
