"""A sheet in points, the origin top left, on which charts are drawn where they were computed to be.

Shapes and lines of text go to matplotlib's SVG renderer as they are: no figure, no axes, no layout engine, so nothing
is measured twice.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgb
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from helpers.charts._style import BLUE, FAINT, INK, LEAD, MUTED, SMALL, TEXT, WIDTH
from helpers.charts._svg import finish
from helpers.charts._text import tidy, width, wrap

Anchor = Literal["left", "center", "right"]

_MIDDLE = 0.36
"""Ems from the middle of a line of Chinese text and digits down to its baseline."""

_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


class Canvas:
    """The sheet; `height` is set when the drawing is done, so that it can be drawn from the top down."""

    def __init__(self) -> None:
        self.height = 0.0
        self._shapes: list[Callable[[RendererSVG], None]] = []
        self._texts: list[Callable[[RendererSVG], None]] = []

    def _shape(self, path: Path, colour: str, alpha: float | None) -> None:
        def draw(renderer: RendererSVG) -> None:
            upright = Affine2D().scale(1, -1).translate(0, self.height)
            renderer.draw_path(_paint(colour, alpha), path, upright, to_rgb(colour))

        self._shapes.append(draw)

    def text(
        self, x: float, middle: float, text: str, *, size: float = TEXT, muted: bool = False, anchor: Anchor = "left"
    ) -> None:
        """One line with its vertical middle at `middle`; `anchor` is left, center or right of `x`."""
        place = {"x": f"{round(x, 2):g}", "y": f"{round(middle + _MIDDLE * size, 2):g}", "font-size": f"{size:g}"}
        if anchor != "left":
            place["text-anchor"] = {"center": "middle", "right": "end"}[anchor]
        if muted:
            place["opacity"] = f"{MUTED:g}"
        # The renderer's own text brings a style with the font's whole pedigree, which would only be taken off again.
        self._texts.append(lambda renderer: renderer.writer.element("text", tidy(text), attrib=place))

    def lines(self, x: float, middle: float, lines: Iterable[str], *, size: float = TEXT, muted: bool = False) -> None:
        """Several lines of text, left-aligned, the block's middle at `middle`."""
        lines = tuple(lines)
        first = middle - (len(lines) - 1) / 2 * size * LEAD
        for number, line in enumerate(lines):
            self.text(x, first + number * size * LEAD, line, size=size, muted=muted)

    def bar(self, x: float, y: float, wide: float, high: float, colour: str = BLUE, alpha: float | None = None) -> None:
        """A filled rectangle."""
        left, top, right, bottom = round(x, 2), round(y, 2), round(x, 2) + round(wide, 2), round(y, 2) + round(high, 2)
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self._shape(Path(corners, closed=True), colour, alpha)

    def squares(
        self, x: float, middle: float, count: int, pitch: float, side: float, alpha: float | None = None
    ) -> None:
        """A row of `count` squares, one shape."""
        corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)]
        left, top = x, middle - side / 2
        outline = [(round(left + i * pitch + dx, 2), round(top + dy, 2)) for i in range(count) for dx, dy in corners]
        codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * count
        self._shape(Path(outline, codes), BLUE, alpha)

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
        self._shape(Path(points, codes), colour, alpha)

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
        return self

    def svg(self, chart: str, title: str, alt: str) -> str:
        """The drawing as an SVG element that can stand in a page beside others."""
        buffer = io.StringIO()
        renderer = RendererSVG(WIDTH, self.height, buffer, metadata=_NO_METADATA)
        for draw in (*self._shapes, *self._texts):
            draw(renderer)
        renderer.finalize()
        return finish(buffer.getvalue().encode("utf-8"), chart, title, alt)


@cache
def _paint(colour: str, alpha: float | None) -> GraphicsContextBase:
    paint = GraphicsContextBase()
    paint.set_linewidth(0)
    paint.set_foreground(colour)
    if alpha is not None:
        paint.set_alpha(alpha)
    return paint
