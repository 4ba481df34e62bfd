"""A sheet in points, the origin top left, on which charts are drawn where they were computed to be.

Everything is an artist of a bare `Figure`: no axes, no ticks, no layout engine, so nothing is measured twice.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Literal

from matplotlib.artist import Artist
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from helpers.charts._style import BLUE, FAINT, INK, LEAD, MUTED, SMALL, TEXT, WIDTH, font
from helpers.charts._svg import finish
from helpers.charts._text import tidy, width, wrap

Anchor = Literal["left", "center", "right"]

_MIDDLE = 0.36
"""Ems from the middle of a line of Chinese text and digits down to its baseline."""


class Label(Text):
    """One line of text that is drawn at its anchor without being laid out.

    Matplotlib lays text out to align it vertically; ours always stands on its baseline. Saves half a chart's time.
    """

    def draw(self, renderer: RendererBase) -> None:
        """Hand the line to the SVG renderer as it is."""
        x, y = self.get_transform().transform(self.get_position())
        gc = renderer.new_gc()
        gc.set_foreground(self.get_color())
        alpha = self.get_alpha()
        gc.set_alpha(1.0 if alpha is None else alpha)
        height = renderer.get_canvas_width_height()[1]
        renderer.draw_text(gc, x, height - y, self.get_text(), self.get_fontproperties(), 0, ismath=False, mtext=self)
        gc.restore()


class Canvas:
    """The sheet; `height` is set when the drawing is done, so that it can be drawn from the top down."""

    def __init__(self) -> None:
        self.height = 0.0
        self._points = Affine2D()
        self.figure = Figure(dpi=72, layout=None)
        self.figure.patch.set_visible(False)

    def _add(self, artist: Artist) -> None:
        artist.set_transform(self._points)
        self.figure.add_artist(artist)

    def text(
        self, x: float, middle: float, text: str, *, size: float = TEXT, muted: bool = False, anchor: Anchor = "left"
    ) -> None:
        """One line with its vertical middle at `middle`; `anchor` is left, center or right of `x`."""
        self._add(
            Label(
                round(x, 2),
                round(middle + _MIDDLE * size, 2),
                tidy(text),
                fontproperties=font(size),
                color=INK,
                alpha=MUTED if muted else None,
                horizontalalignment=anchor,
                parse_math=False,
            )
        )

    def lines(self, x: float, middle: float, lines: Iterable[str], *, size: float = TEXT, muted: bool = False) -> None:
        """Several lines of text, left-aligned, the block's middle at `middle`."""
        lines = tuple(lines)
        first = middle - (len(lines) - 1) / 2 * size * LEAD
        for number, line in enumerate(lines):
            self.text(x, first + number * size * LEAD, line, size=size, muted=muted)

    def bar(self, x: float, y: float, wide: float, high: float, colour: str = BLUE, alpha: float | None = None) -> None:
        """A filled rectangle."""
        corner, size = (round(x, 2), round(y, 2)), (round(wide, 2), round(high, 2))
        self._add(Rectangle(corner, *size, facecolor=colour, alpha=alpha, linewidth=0))

    def squares(
        self, x: float, middle: float, count: int, pitch: float, side: float, alpha: float | None = None
    ) -> None:
        """A row of `count` squares, one artist."""
        corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
        left, top = x, middle - side / 2
        outline = [(round(left + i * pitch + dx, 2), round(top + dy, 2)) for i in range(count) for dx, dy in corners]
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * count
        self._add(PathPatch(Path(outline, codes), facecolor=BLUE, alpha=alpha, linewidth=0))

    def ribbon(
        self, left: float, top_left: float, right: float, top_right: float, high: float, colour: str, alpha: float
    ) -> None:
        """A band `high` points thick that swings from one height to another."""
        bend = (left + right) / 2
        outline = [
            (left, top_left), (bend, top_left), (bend, top_right), (right, top_right), (right, top_right + high),
            (bend, top_right + high), (bend, top_left + high), (left, top_left + high), (left, top_left),
        ]  # fmt: skip
        curve = [Path.CURVE4] * 3
        codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
        points = [(round(x, 2), round(y, 2)) for x, y in outline]
        self._add(PathPatch(Path(points, codes), facecolor=colour, alpha=alpha, linewidth=0))

    def rule(self, x: float, y: float, wide: float = 0.0, high: float = 0.0, alpha: float = 0.4) -> None:
        """A hairline across (`wide`) or down (`high`), in the text's colour."""
        thin = 0.6
        self.bar(x, y, wide or thin, high or thin, INK, alpha)

    def heading(self, x: float, y: float, text: str, limit: float) -> float:
        """What a block of the chart is about, from `y` downward; returns where it ends."""
        lines = wrap(tidy(text), limit, TEXT) if text else ()
        high = len(lines) * TEXT * LEAD
        self.lines(x, y + high / 2, lines)
        return y + high

    def note(self, y: float, *remarks: str) -> float:
        """Remarks under the chart, from `y` downward; returns where they end, which is `y` where there are none."""
        text = "；".join(remark for remark in remarks if remark)
        for line in wrap(tidy(f"注：{text}"), WIDTH, SMALL) if text else ():
            self.text(0, y + SMALL * LEAD / 2, line, size=SMALL, muted=True)
            y += SMALL * LEAD
        return y

    def key(self, year: int, before: int) -> float:
        """Which shade is which year, above the chart; returns where the chart may begin."""
        middle = SMALL * LEAD / 2
        self.bar(0, middle - 4, 8, 8)
        self.text(12, middle, f"{year}年", size=SMALL, muted=True)
        second = 12 + width(f"{year}年", SMALL) + 14
        self.bar(second, middle - 4, 8, 8, alpha=FAINT)
        self.text(second + 12, middle, f"{before}年", size=SMALL, muted=True)
        return SMALL * LEAD + 7

    def sized(self, height: float) -> Canvas:
        """The same sheet, cut off at `height`."""
        self.height = float(round(height + 0.5))
        self.figure.set_size_inches(WIDTH / 72, self.height / 72)
        self._points.clear().scale(1, -1).translate(0, self.height)
        return self

    def svg(self, chart: str, title: str, alt: str) -> str:
        """The drawing as an SVG element that can stand in a page beside others."""
        FigureCanvasSVG(self.figure)
        buffer = io.BytesIO()
        self.figure.savefig(buffer, format="svg", bbox_inches=None, metadata={"Date": None, "Creator": None})
        return finish(buffer.getvalue(), chart, title, alt)
