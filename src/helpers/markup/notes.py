"""Footnotes: `[^1]` in a text, `[^1]: …` anywhere in it. They stand below the text, in the order of their marks.

Mistune's own plugin knows no definitions in lists, quotations and other notes, and loses what nothing refers to.
"""

from __future__ import annotations

import hashlib
import re
from typing import Any

import mistune
from mistune.core import BlockState, InlineState

_NAME = r"\[\^(?P<{}>[^\s\[\]\\](?:[^\n\[\]\\]|\\.){{0,200}})\]"
_HREF = "#\x02note-"
_MARK = _NAME.format("note_mark")
# It goes on in lines that are indented, and in lines right below that begin no block of their own.
_DEFINITION = (
    rf"^ {{0,3}}{_NAME.format('note_name')}:[ \t]*(?P<note_text>[^\n]*(?:\n|$)"
    r"(?:(?:[ \t]*\n)*(?: {2,}|\t)[ \t]*\S[^\n]*(?:\n|$)"
    r"|(?![ \t]*(?:[-*+>#|:$]|\d+[.)]|`{3}|~{3}|\[\^|\n|$))[^\n]+(?:\n|$))*)"
)


def notes(md: mistune.Markdown) -> None:
    """The plugin; a mark without a note is a token `unknown_note`."""
    md.inline.register("note", _MARK, _mark, before="link", start_chars="[")
    md.block.register("note_definition", _DEFINITION, _define, before="ref_link")
    for rules in (md.block.list_rules, md.block.block_quote_rules):
        md.block.insert_rule(rules, "note_definition", before="ref_link")
    md.after_render_hooks.append(_below)


def _define(block: mistune.BlockParser, match: re.Match[str], state: BlockState) -> int:
    said = state.env.setdefault("notes", {})
    lines = match["note_text"].rstrip("\n").split("\n")
    text = "\n".join([lines[0], *(re.sub(r"^(?: {1,4}|\t)", "", line) for line in lines[1:])])
    key = mistune.unikey(match["note_name"])
    said[key] = f"{said[key]}\n\n{text}" if key in said else text
    return match.end()


def _mark(inline: mistune.InlineParser, match: re.Match[str], state: InlineState) -> int:
    key = mistune.unikey(match["note_mark"])
    if key in state.env.get("notes", {}):
        marked = state.env.setdefault("marked", [])
        if key not in marked:
            marked.append(key)
        state.append_token({"type": "note", "raw": str(marked.index(key) + 1)})
    else:
        state.append_token({"type": "unknown_note", "raw": match[0]})
    return match.end()


def _below(markdown: mistune.Markdown, result: Any, state: BlockState) -> Any:
    """The rendered text and its notes; those that nothing refers to come last."""
    said = state.env.get("notes", {})
    marked = state.env.setdefault("marked", [])
    shown: list[Any] = []
    while len(shown) < len(said):
        marked += [] if len(shown) < len(marked) else [next(key for key in said if key not in marked)]
        child = state.child_state(said[marked[len(shown)]] + "\n")
        markdown.block.parse(child)
        for hook in markdown.before_render_hooks:
            hook(markdown, child)
        shown.append(markdown.render_state(child))
    if not shown:
        return result
    if markdown.renderer is None:
        return [*result, *(token for note in shown for token in note)]
    # Marks lead to notes by names that no other text of the page has.
    prefix = "note-" + hashlib.sha256(state.src.encode()).hexdigest()[:8]
    items = "".join(f'<li id="{prefix}-{number}">{note}</li>\n' for number, note in enumerate(shown, 1))
    return f"{result}<footer><ol>\n{items}</ol></footer>\n".replace(_HREF, f"#{prefix}-")


def mark_of(number: str) -> str:
    """The mark in the text; `_below` says where it leads."""
    return f'<sup><a href="{_HREF}{number}">{number}</a></sup>'
