"""One figure as a horizontal bar with its label, and last year's, paler, under it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from helpers.charts._canvas import Canvas
from helpers.charts._style import FAINT, SMALL, TEXT
from helpers.charts._text import UNSTATED, figure, width
from helpers.report import Number

THICK = 9.5
BESIDE = 1.5
"""Between this year's bar and last year's."""
CLEAR = 5.0
"""Between a bar and its figure."""
SQUARES_MAX = 50
"""Above this many, squares are no longer countable at a glance and a bar says it better."""
_UNIT_MAX = 20
_INSET = 2.0  # squares keep off the line they start from
_PITCH = 9.5


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
        """The figure at the end of the bar."""
        return UNSTATED if self.value is None else "·".join(_said(self.value, _brief(self.unit), self.share))

    @property
    def before_text(self) -> str:
        """The figure at the end of last year's bar."""
        return "·".join(self._before(_brief(self.unit)))

    def sentence(self, compared: bool) -> str:
        """The figure in words, e.g. 予以公开1431件（40.64%，上年1191件、34.17%）."""
        now = [UNSTATED] if self.value is None else _said(self.value, self.unit, self.share)
        aside = now[1:]
        if compared:
            aside.append(f"上年{'、'.join(self._before(self.unit))}")
        return f"{self.label}{now[0]}" + (f"（{'，'.join(aside)}）" if aside else "")

    def _before(self, unit: str) -> list[str]:
        return ["无数据"] if self.before is None else _said(self.before, unit, self.before_share)

    def room(self, compared: bool) -> float:
        """The width that the figures take beyond the bars."""
        return CLEAR + max(width(self.text, TEXT), width(self.before_text, SMALL) if compared else 0.0)


def _brief(unit: str) -> str:
    """A unit that leaves room for bars; the words have it in full."""
    return unit if len(unit) <= _UNIT_MAX else f"{unit[:_UNIT_MAX]}…"


def _said(value: Number, unit: str, share: Decimal | None) -> list[str]:
    return [f"{figure(value)}{unit}", *([] if share is None else [f"{share}%"])]


@dataclass(frozen=True)
class Scale:
    """How long a bar is: `end` (in the figure's unit, or per cent where `by_share`) is `length` points.

    `counted` draws one square a unit; `track` shows how far the scale goes, where it has an end of its own.
    """

    end: float
    length: float
    by_share: bool = False
    counted: bool = False
    track: bool = False

    def draw(self, canvas: Canvas, bar: Bar, x: float, middle: float, compared: bool) -> None:
        """The bar from `x`, its figure behind it, and last year's under it."""
        if not compared:
            self._one(canvas, bar.value, bar.share, bar.text, x, middle)
            return
        apart = (THICK + BESIDE) / 2
        self._one(canvas, bar.value, bar.share, bar.text, x, middle - apart)
        self._one(canvas, bar.before, bar.before_share, bar.before_text, x, middle + apart, before=True)

    def _one(
        self, canvas: Canvas, value: Number | None, share: Decimal | None, text: str, x: float, middle: float,
        *, before: bool = False,
    ) -> None:  # fmt: skip
        measure = float((share if self.by_share else value) or 0)
        alpha, top = FAINT if before else None, middle - THICK / 2
        long = 0.0
        if self.track:
            canvas.bar(x, top, self.length, THICK, alpha=0.12)
        if measure > 0 and self.counted and self.end <= SQUARES_MAX and measure.is_integer():
            pitch = min(_PITCH, (self.length - _INSET) / self.end)
            canvas.squares(x + _INSET, middle, int(measure), pitch, 0.8 * pitch, alpha)
            long = measure * pitch + _INSET
        elif measure > 0:
            long = max(0.8, measure / self.end * self.length)
            canvas.bar(x, top, long, THICK, alpha=alpha)
        end = x + (self.length if self.track else long) + CLEAR
        canvas.text(end, middle, text, size=SMALL if before else TEXT, muted=before or value is None)


def pitch_of(compared: bool) -> float:
    """The height of one figure's bars."""
    return 2 * THICK + BESIDE if compared else THICK


def longest(bars: list[Bar], by_share: bool) -> float:
    """The longest bar's measure, this year's or last; one where all are zero, so that it can be divided by."""
    measures = [(bar.share, bar.before_share) if by_share else (bar.value, bar.before) for bar in bars]
    return float(max((each for pair in measures for each in pair if each is not None), default=0)) or 1.0
