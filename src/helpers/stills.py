"""Interactive charts as pictures, made by what their own libraries offer for it, without network.

Those libraries are the extra `stills`; where one is not installed, or cannot draw, None or a reason is given.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

EXTRA = "pip install 'gongkai[stills]'"
"""What installs them."""


class CannotDrawError(Exception):
    """Why there is no picture, and what would help."""


def vega(spec: Mapping[str, Any], lite: bool = True) -> str:
    """A Vega or Vega-Lite specification as SVG, with the report's own fonts; raises CannotDrawError."""
    try:
        import vl_convert
    except ImportError:
        raise CannotDrawError(f"drawing it takes vl-convert-python: {EXTRA}") from None
    _fonts_for_vega()
    draw = vl_convert.vegalite_to_svg if lite else vl_convert.vega_to_svg
    try:
        return str(draw(dict(spec), allowed_base_urls=[]))
    except Exception as problem:  # whatever a JavaScript library throws
        raise CannotDrawError(_said(problem)) from None


def plotly(figure: Mapping[str, Any]) -> str:
    """A plotly figure as SVG; raises CannotDrawError. kaleido draws in a browser that must be on this machine."""
    try:
        import plotly.io
    except ImportError:
        raise CannotDrawError(f"drawing it takes plotly and kaleido: {EXTRA}") from None
    try:
        return bytes(plotly.io.to_image(json.loads(json.dumps(figure)), format="svg")).decode("utf-8")
    except Exception as problem:  # kaleido, or the browser it needs, is missing
        raise CannotDrawError(f"{_said(problem)}; it takes kaleido and Chrome or Chromium: {EXTRA}") from None


@cache
def _fonts_for_vega() -> None:
    import pylopdf_fonts_zh_cn
    import vl_convert

    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))


def _said(problem: Exception) -> str:
    return f"{type(problem).__name__}: {' '.join(str(problem).split())[:160]}"
