"""Mistune, set up twice: for the narrative of a county, and for the notebook of an analyst."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import mistune
from mistune.plugins import Plugin
from mistune.plugins.formatting import strikethrough
from mistune.plugins.task_lists import task_lists

from helpers.display import escape
from helpers.errors import BuildError
from helpers.formulas import Formula
from helpers.hypertext.addresses import is_link
from helpers.markup.notes import mark_of, notes
from helpers.markup.rows import tables
from helpers.markup.syntax import addresses, definitions, emphasis_beside_chinese, formulas_in_text

PLUGINS: tuple[Plugin, ...] = (strikethrough, tables, task_lists, definitions, notes, emphasis_beside_chinese)

DEEPEST = 12
"""Quotations and lists within each other; deeper ones are shown as typed. The typesetter gives up at some twenty."""

# Chinese is written without spaces: a line break between two Chinese characters of the source is not one.
_BREAK = re.compile(r"([^\x00-\xff](?:</\w+>|<sup><a [^>]*>\d+</a></sup>)*)\n((?:<\w[^>]*>)*)(?=[^\x00-\xff])")


class Renderer(mistune.HTMLRenderer):
    """HTML that is text: shown as it was typed. Pictures are elsewhere, their descriptions remain."""

    def __init__(self) -> None:
        super().__init__(escape=True)

    def note(self, number: str) -> str:
        return mark_of(number)

    def unknown_note(self, mark: str) -> str:
        return escape(mark)

    def task_list_item(self, text: str, checked: bool) -> str:
        state = 'checked="" aria-label="已完成"' if checked else 'aria-label="未完成"'
        opening = "<p>" if text.startswith("<p>") else ""
        return f'<li>{opening}<input type="checkbox" disabled="" {state}> {text.removeprefix(opening)}</li>\n'

    def paragraph(self, text: str) -> str:
        return super().paragraph(_BREAK.sub(r"\1\2", text))

    def block_text(self, text: str) -> str:
        return _BREAK.sub(r"\1\2", text)

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        # A heading of nothing is nothing: PDF/UA refuses it, and a screen reader announces a blank.
        return super().heading(_BREAK.sub(r"\1\2", text), level) if text else ""

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if url and is_link(self.sanitize_url(url)) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return text


class NotebookRenderer(Renderer):
    """HTML that is obeyed and pictures as they are written: what of them may be is not for Markdown to say."""

    def __init__(self) -> None:
        super().__init__()
        self.escape_enabled = False
        self._allow_harmful_protocols = True

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return mistune.HTMLRenderer.link(self, text, url, title) if url else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        return mistune.HTMLRenderer.image(self, text, url, title)

    def formula(self, latex: str, display: bool) -> str:
        return Formula(latex, display).mathml()

    def formula_block(self, latex: str, display: bool) -> str:
        return f"<p>{self.formula(latex, display)}</p>\n"

    def unknown_note(self, mark: str) -> str:
        raise BuildError(
            f"The footnote {mark} is explained nowhere in its text. Add a line `{mark}: …`, or write \\{mark} "
            "if no footnote is meant."
        )


@cache
def narrative(rendered: bool = True) -> mistune.Markdown:
    """For prose: a dollar is a dollar. Not `rendered`, it gives mistune's tokens."""
    return _engine(Renderer() if rendered else None, PLUGINS)


@cache
def notebook() -> mistune.Markdown:
    """For cells and outputs: with formulas and bare addresses."""
    return _engine(NotebookRenderer(), (*PLUGINS, addresses, formulas_in_text))


def _engine(renderer: mistune.HTMLRenderer | None, plugins: tuple[Plugin, ...]) -> mistune.Markdown:
    return mistune.Markdown(renderer, mistune.BlockParser(max_nested_level=DEEPEST), mistune.InlineParser(), plugins)
