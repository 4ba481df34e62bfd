"""The three kinds of grid by the name that a format reader gives them."""

from __future__ import annotations

from helpers.readers.pages.document import Geometry
from helpers.readers.table.geometry import Layout
from helpers.readers.table.lines import GridLine
from helpers.readers.table.ordered import OrderedLayout
from helpers.readers.table.placed import PlacedLayout
from helpers.readers.table.spanned import SpannedLayout

LAYOUTS: dict[Geometry, Layout] = {"spanned": SpannedLayout(), "placed": PlacedLayout(), "ordered": OrderedLayout()}


def layout_of(line: GridLine) -> Layout:
    """How the grid is laid out that a line stands in."""
    return LAYOUTS[line.geometry]
