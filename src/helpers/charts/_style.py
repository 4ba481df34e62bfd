"""Type, colour and font of every chart, read from the style file; the font comes from the wheel, never the system."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties

from helpers.faces import SANS, stand_ins

STYLE = mpl.rc_params_from_file(Path(__file__).with_name("gongkai.mplstyle"), use_default_template=False)

FAMILY: str = STYLE["font.family"][0]
INK: str = to_hex(STYLE["text.color"])
"""Text and lines. The finished SVG says `currentColor` in its place, so that a page sets it, dark or light."""

BLUE, ORANGE = (to_hex(colour) for colour in STYLE["axes.prop_cycle"].by_key()["color"][:2])
"""Blue carries what is reported; orange what is set against it (carried over, taken away)."""

FAINT = 0.45
"""Opacity of last year beside this year: paler than it on white, darker than it on a dark page."""

MUTED = 0.72
"""Opacity of secondary text: 5.6:1 on white, above the 4.5:1 that government sites must keep."""

TEXT: float = STYLE["font.size"]
SMALL: float = STYLE["xtick.labelsize"]
LEAD = 1.28
"""Line spacing of wrapped labels, in ems."""

WIDTH = 442.0
"""Points: the 156 mm text block of GB/T 9704 paper."""


@cache
def warm_up() -> None:
    """Make the fonts known to matplotlib, for figures that an analyst draws."""
    for face in (SANS, *stand_ins()):
        font_manager.fontManager.addfont(str(face.path))
    for size in (TEXT, SMALL):
        font_manager.findfont(FontProperties(family=FAMILY, size=size))


def use_style() -> None:
    """Make matplotlib's own figures look like the report's charts: same font, colours, line widths."""
    warm_up()
    mpl.rcParams.update(STYLE)
    mpl.rcParams["font.family"] = [FAMILY, *(face.family for face in stand_ins())]
