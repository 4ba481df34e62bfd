"""How a kernel shows what analysts make, where its libraries leave out what a published page needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any

from helpers import stills

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from pandas.io.formats.style import Styler

ALTAIR = tuple(f"altair.vegalite.v{version}.api" for version in (5, 6, 7))
"""Where altair's charts are defined; its major version is part of the name."""


def teach(formatters: Mapping[str, Any]) -> None:
    """Register with the formatters of a shell whose figures are SVG already."""
    from matplotlib.figure import Figure

    svg, html = formatters["image/svg+xml"], formatters["text/html"]
    draw = svg.for_type(Figure)
    svg.for_type(Figure, lambda figure: (draw(figure), {"alt": described(figure)}))
    for module in ALTAIR:
        svg.for_type_by_name(module, "TopLevelMixin", _drawn)
    numbers = count(1)
    html.for_type_by_name("pandas.io.formats.style", "Styler", lambda styler: _numbered(styler, next(numbers)))


def described(figure: Figure) -> str:
    """What a figure says of itself: its titles, and what its axes show; "" where it says nothing."""
    titles = [
        figure.get_suptitle(),
        *(axes.get_title(loc) for axes in figure.axes for loc in ("center", "left", "right")),
    ]
    if not any(titles):
        return ""
    return "；".join([*filter(None, titles), *dict.fromkeys(_axes(figure))])


def _axes(figure: Figure) -> Iterator[str]:
    for axes in figure.axes:
        for name, label in (("横轴", axes.get_xlabel()), ("纵轴", axes.get_ylabel())):
            if label:
                yield f"{name}：{label}"


def _numbered(styler: Styler, number: int) -> str | None:
    """A Styler's HTML with a number for its id: by itself it takes one at random, and no two runs would be the same."""
    import pandas as pd

    if pd.get_option("styler.render.repr") != "html":
        return None
    return str(styler.to_html(table_uuid=str(number)))


def _drawn(chart: Any) -> tuple[str, dict[str, str]] | None:
    """An altair chart as a picture, for the page, beside the script it is in JupyterLab."""
    spec = chart.to_dict()
    title = spec.get("title")
    alt = spec.get("description") or (title.get("text") if isinstance(title, dict) else title) or ""
    try:
        return stills.vega(spec), {"alt": str(alt)}
    except stills.CannotDrawError:
        return None
