"""Outputs as HTML: one function for each way in which kinds are shown. What they make still passes the allow-list."""

from __future__ import annotations

import base64
import html
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from helpers import stills
from helpers.display import escape
from helpers.errors import BuildError
from helpers.exporters.output import Output
from helpers.exporters.streams import preformatted
from helpers.formulas import latex_to_html
from helpers.markup import notebook_html

RASTERS = ("image/png", "image/jpeg", "image/gif", "image/webp")

INSTEAD = (
    "A published page stands alone and runs nothing: show a picture (savefig, write_image, save) or the data as a "
    "table, or tag the cell remove-output."
)

_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")
_NO_TEXT = re.compile(r"\bat 0x(?:[0-9a-fA-F]+|…)|\A<.*>\Z", re.DOTALL)
"""What Python and its libraries write for an object that has no text: where it lies, or a word in angle brackets."""
_ARTIST = re.compile(
    r"<(?:matplotlib|mpl_toolkits|seaborn|cartopy)\.(?!animation)[\w.]+(?: object)? at 0x(?:[0-9a-fA-F]+|…)>"
    r"|<\w*Axes\w*:[^<>]*>|<Figure size [^<>]*>|<\w*Container object of [^<>]*>|<a list of \d+ [\w.]+ objects>"
)
"""What a plotting call returns: of the drawing's parts, of several plots, of matplotlib's versions since 2."""
_PICTURES = frozenset({"image/svg+xml", *RASTERS})


def hidden(output: Output, kind: str) -> str:
    """Deliberately not shown."""
    return ""


def markup(output: Output, kind: str) -> str:
    """HTML as it is."""
    return output.text(kind)


def markdown(output: Output, kind: str) -> str:
    """As a Markdown cell."""
    return notebook_html(output.text(kind))


def preformatted_text(output: Output, kind: str) -> str:
    """As a terminal shows it."""
    return preformatted(output.text(kind))


def picture(output: Output, kind: str) -> str:
    """PNG, JPEG, GIF or WebP, embedded."""
    return _figure(kind, output.text(kind), output.alt(kind), output.said(kind))


def drawing(output: Output, kind: str) -> str:
    """SVG, inline: its words are text, in the page's own font."""
    svg = output.text(kind)
    return _figure(kind, _encoded(svg), output.alt(kind, _title(svg)), output.said(kind))


def vega(output: Output, kind: str) -> str:
    """A Vega or Vega-Lite specification, drawn."""
    return _still(output, kind, lambda spec: stills.vega(spec, "vegalite" in kind), ("description",), ("title",))


def plotly(output: Output, kind: str) -> str:
    """A plotly figure, drawn."""
    return _still(output, kind, stills.plotly, ("layout", "title"))


def formula(output: Output, kind: str) -> str | None:
    """LaTeX of mathematics, and the words between its formulas; LaTeX of tables beside HTML is left to that."""
    return None if "text/html" in output.bundle else latex_to_html(output.text(kind))


def indented(output: Output, kind: str) -> str:
    """JSON as its text."""
    return f"<pre>{escape(json.dumps(output.bundle[kind], ensure_ascii=False, indent=1))}</pre>"


def restructured(output: Output, kind: str) -> str:
    """reStructuredText, by docutils."""
    try:
        from docutils.core import publish_parts
    except ImportError:
        raise BuildError(f"reading it takes docutils: {stills.EXTRA}") from None
    settings = {"file_insertion_enabled": False, "raw_enabled": False, "report_level": 5, "math_output": "MathML"}
    return str(publish_parts(output.text(kind), writer="html5", settings_overrides=settings)["body"])


def plain(output: Output, kind: str) -> str:
    """The text of an object, where it has one and offers nothing richer that is not in the table."""
    text = output.text(kind)
    if richer := [name for name in output.bundle if name != kind]:
        raise BuildError(f"{', '.join(richer)} has no place in a report. {INSTEAD}")
    if _NO_TEXT.search(text):
        if output.beside & _PICTURES and not _NO_TEXT.search(_ARTIST.sub("", text)):
            return ""  # what a plotting call returns, beside what it has plotted
        raise BuildError(
            f"it is an object that has no text of its own: {text[:80]!r}. Show what a reader can read "
            "(a DataFrame, text, a figure), or end the line with a semicolon."
        )
    return preformatted(text)


def _figure(kind: str, encoded: str, alt: str, about: Mapping[str, Any]) -> str:
    sides = "".join(f' {side}="{escape(str(about[side]))}"' for side in ("width", "height") if about.get(side))
    return f'<figure><img src="data:{kind};base64,{escape(encoded)}" alt="{escape(alt)}"{sides}></figure>'


def _encoded(text: str) -> str:
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def _title(svg: str) -> str:
    """What a drawing says of itself; whether it is one is for the allow-list to say."""
    found = _TITLE.search(svg)
    return html.unescape(found[1]) if found else ""


def _still(output: Output, kind: str, draw: Callable[[Mapping[str, Any]], str], *titles: tuple[str, ...]) -> str:
    spec = output.bundle[kind]
    alt = output.alt(kind, *(_within(spec, path) for path in titles))
    try:
        return _figure("image/svg+xml", _encoded(draw(spec)), alt, {})
    except stills.CannotDrawError as problem:
        raise BuildError(f"it can only be shown as a picture, and {problem}") from None


def _within(spec: Any, path: tuple[str, ...]) -> object:
    for name in path:
        spec = spec.get(name) if isinstance(spec, Mapping) else None
    return spec.get("text") if isinstance(spec, Mapping) else spec
