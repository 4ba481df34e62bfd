"""Markdown → HTML and Typst, both through mistune. Raw HTML in Markdown is text, never markup."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import mistune

from helpers.display import escape, literal, typst_text

PLUGINS = ["strikethrough", "table"]

# Control characters never survive `literal`, so they can stand for the structure of a table until it is whole.
_CELL_END, _HEAD_END = "\x1f", "\x1e"

# Chinese is written without spaces: a line break between two Chinese characters of the source is not one.
_BREAK_IN_HTML = re.compile(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])")
_BREAK_IN_TYPST = re.compile(r'(?<=[^\x00-\xff]";)\n(?=#"[^\x00-\xff])')


def to_html(markdown: str, shift: int = 0) -> str:
    """HTML of `markdown`, headings `shift` levels lower than written; HTML in the source is shown, not obeyed."""
    return str(_engine(HTMLRenderer, shift)(markdown)).strip()


def to_typst(markdown: str, shift: int = 0) -> str:
    """Typst markup of `markdown`, headings `shift` levels lower than written; all text stands in string literals."""
    return str(_engine(TypstRenderer, shift)(markdown)).strip()


def plain(markdown: str) -> str:
    """The text of `markdown` without its marks, one paragraph a line."""
    return str(_engine(PlainRenderer, 0)(markdown)).strip()


@cache
def _engine(renderer: type[HTMLRenderer], shift: int) -> mistune.Markdown:
    engine = mistune.create_markdown(renderer=renderer(shift), plugins=PLUGINS)
    engine.before_render_hooks.append(_without_gaps)
    return engine


def _without_gaps(engine: mistune.Markdown, state: mistune.BlockState) -> None:
    """Headings moved up where a level was skipped, siblings alike: PDF/UA refuses `###` without a `##` above it.

    The text stands under a heading of level 1, which may be the section's own.
    """
    above = [(1, 1)]
    for token in _headings(state.tokens):
        level = token["attrs"]["level"]
        while above and above[-1][0] >= level:
            above.pop()
        shown = above[-1][1] + 1 if above else 1
        above.append((level, shown))
        token["attrs"]["level"] = shown


def _headings(tokens: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for token in tokens:
        if token["type"] == "heading":
            yield token
        yield from _headings(token.get("children", ()))


class HTMLRenderer(mistune.HTMLRenderer):
    """Mistune's HTML, with shifted headings and without pictures fetched from elsewhere."""

    def __init__(self, shift: int) -> None:
        super().__init__(escape=True)
        self.shift = shift

    def paragraph(self, text: str) -> str:
        return super().paragraph(_BREAK_IN_HTML.sub("", text))

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        # A heading of nothing is nothing: PDF/UA refuses it, and a screen reader announces a blank.
        return super().heading(text, min(6, level + self.shift), **attrs) if text else ""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        # A published page loads nothing from anywhere: only pictures that travel inside it are shown.
        return super().image(text, url, title) if url.startswith("data:image/") else escape(text)


class TypstRenderer(HTMLRenderer):
    """The same tokens as Typst markup."""

    NAME = "typst"  # type: ignore[assignment]  # mistune says only "html" can be

    def text(self, text: str) -> str:
        return typst_text(text)

    def emphasis(self, text: str) -> str:
        return f"#emph[{text}]"

    def strong(self, text: str) -> str:
        return f"#strong[{text}]"

    def strikethrough(self, text: str) -> str:
        return f"#strike[{text}]"

    def link(self, text: str, url: str, title: str | None = None) -> str:
        safe = self.safe_url(url)
        return text if not safe or safe.startswith("#") else f"#link({literal(html.unescape(safe))})[{text}]"

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def codespan(self, text: str) -> str:
        return f"#raw({literal(text)});"

    def linebreak(self) -> str:
        return " \\\n"

    def softbreak(self) -> str:
        return "\n"

    def inline_html(self, html: str) -> str:
        return typst_text(html)

    def paragraph(self, text: str) -> str:
        return _BREAK_IN_TYPST.sub("", text) + "\n\n"

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f"#heading(level: {min(6, level + self.shift)})[{text}]\n\n" if text else ""

    def blank_line(self) -> str:
        return ""

    def thematic_break(self) -> str:
        return "#line(length: 100%)\n\n"

    def block_text(self, text: str) -> str:
        return text

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"#raw({literal(code)}, block: true)\n\n"

    def block_quote(self, text: str) -> str:
        return f"#quote(block: true)[{text}]\n\n"

    def block_html(self, html: str) -> str:
        return f"{typst_text(html.strip())}\n\n"

    def list(self, text: str, ordered: bool, **attrs: Any) -> str:
        start = f"start: {attrs['start']}, " if attrs.get("start") is not None else ""
        return f"#{'enum' if ordered else 'list'}({start}{text})\n\n"

    def list_item(self, text: str) -> str:
        return f"[{text}], "

    def table(self, text: str) -> str:
        columns = text.partition(_HEAD_END)[0].count(_CELL_END)
        markup = text.replace(_HEAD_END, "").replace(_CELL_END, ", ")
        return f"#table(columns: {columns}, {markup})\n\n"

    def table_head(self, text: str) -> str:
        return f"table.header({text}),{_HEAD_END}\n"

    def table_body(self, text: str) -> str:
        return text

    def table_row(self, text: str) -> str:
        return f"{text}\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        return f"[{text}]{_CELL_END}"


class PlainRenderer(TypstRenderer):
    """Only the words."""

    NAME = "plain"  # type: ignore[assignment]  # as above

    def text(self, text: str) -> str:
        return text

    emphasis = strong = strikethrough = codespan = text

    def block_text(self, text: str) -> str:
        return f"{text}\n"

    def inline_html(self, html: str) -> str:
        return html

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return text

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        return f"{text}\n"

    def paragraph(self, text: str) -> str:
        return f"{text}\n"

    block_quote = table = table_head = paragraph

    def block_html(self, html: str) -> str:
        return html

    def block_code(self, code: str, info: str | None = None) -> str:
        return f"{code}\n"

    def thematic_break(self) -> str:
        return ""

    def linebreak(self) -> str:
        return "\n"

    def list(self, text: str, ordered: bool, **attrs: Any) -> str:
        return text

    def list_item(self, text: str) -> str:
        return f"{text.rstrip()}\n"

    def table_cell(self, text: str, align: str | None = None, head: bool = False) -> str:
        return f"{text} "
