"""What the package shows in a notebook: one thing in HTML for the page and in Typst for the PDF, side by side."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\ufeff]")

TYPST = "text/vnd.typst"
"""MIME type under which Typst markup travels in a notebook's outputs."""


@dataclass(frozen=True)
class Fragment:
    """A piece of the report: the same content as HTML, as Typst markup and as plain text.

    `about` travels as output metadata under `gongkai`; the exporters and the build read it to know what they hold.
    """

    html: str
    typst: str
    plain: str
    about: Mapping[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data = {"text/html": self.html, TYPST: self.typst, "text/plain": self.plain}
        return data, {"gongkai": dict(self.about)}


def literal(text: str) -> str:
    """`text` as a Typst string literal: nothing in it can be markup or code."""
    escaped = _CONTROL.sub("", text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def typst_text(text: str) -> str:
    """`text` as Typst content; the semicolon ends the expression whatever follows it."""
    return f"#{literal(text)};" if text else ""


def escape(text: str) -> str:
    """`text` for HTML content and quoted attributes."""
    return html.escape(text, quote=True)
