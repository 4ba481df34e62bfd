"""Pages of our own that stand beside a report, in the report page's own frame and style: one file, nothing fetched."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup

from helpers.exporters.fonts import embedded

_PUBLISHED = Path(__file__).parent / "templates" / "report_html"
_TAG = re.compile(r"<[^>]*>")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """`text` without the characters that markup cannot hold."""
    return _UNPRINTABLE.sub("", text)


def environment(templates: Path) -> Environment:
    """Where templates are looked for: `templates`, then the report's own, which are `published/…` as well.

    A room's `style.css` includes `published/style.css` and adds to it. Values are escaped, characters that markup
    cannot hold are left out.
    """
    published = FileSystemLoader(_PUBLISHED)
    return Environment(
        loader=ChoiceLoader([FileSystemLoader(templates), PrefixLoader({"published": published}), published]),
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_finalized,
    )  # fmt: skip


def whole(templates: Environment, body: str, title: str, author: str, heads: Sequence[tuple[str, str]]) -> str:
    """`body` (HTML) as a page, with a table of contents of `heads` (id, text) and the font cut to its characters."""
    frame = templates.get_template("page.html.j2")
    contents = [{"id": name, "text": text, "below": ()} for name, text in heads]
    about = {"title": printable(title), "body": printable(author)}
    parts = {"about": about, "body": Markup(body), "contents": contents}
    text = _TAG.sub("", html.unescape(body)) + html.unescape(frame.render(**parts, font=""))
    return frame.render(**parts, font=Markup(embedded(printable(text), body)))


def _finalized(value: object) -> object:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
