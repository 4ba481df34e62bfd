"""Marks that mistune does not know, or not beside Chinese: emphasis, addresses, definitions, formulas."""

from __future__ import annotations

import re

import mistune
from mistune.core import BlockState, InlineState
from mistune.plugins.def_list import DEF_PATTERN, def_list, parse_def_list

from helpers.formulas.finding import ENVIRONMENT, IN_DOLLARS, IN_DOUBLE_DOLLARS, end_of, formula

_SEAM = "\ufdd0"
"""No character at all, so that no text has it and no page keeps it; to Markdown it is punctuation."""
_HAN = "[\u2e80-\u2fff\u3005-\u3007\u3021-\u9fff\uf900-\ufaff]"
_POINT = "[\u3001-\u3003\u3008-\u3020\uff01-\uff0f\uff1a-\uff20‘’“”…—·]"
_OPENING = re.compile(rf"(?<={_HAN})(?=\*+[^\w\s*])|(?<=\w)(?=\*+{_POINT})")
_CLOSING = re.compile(rf"(?<=[^\w\s*])\*+(?={_HAN})|(?<={_POINT})\*+(?=\w)")

_ADDRESS = r"https?://[A-Za-z0-9_.~:/?#@!$&'()*+,;=%-]+"
_AFTER = re.compile(r"[.,:;!?'*_~)]+$")


def _brackets(kind: str, opening: str, closing: str) -> str:
    r"""`\\(…\\)` is a formula to JupyterLab; `\(…\)`, in Markdown mere brackets, where it reads like one."""
    reads = rf"(?=(?:(?!\\{closing})[\s\S]){{0,500}}?(?:\\[A-Za-z]|[\^_]))"
    return (
        rf"\\\\{opening}(?P<{kind}>[\s\S]{{1,2000}}?)\\\\{closing}"
        rf"|(?<!\\)\\{opening}{reads}(?P<{kind}_alone>[\s\S]{{1,2000}}?)(?<!\\)\\{closing}"
    )


_ROUND, _SQUARE = _brackets("round", r"\(", r"\)"), _brackets("square", r"\[", r"\]")
_IN_A_LINE = f"{IN_DOUBLE_DOLLARS}|{IN_DOLLARS}|{ENVIRONMENT}|{_ROUND}|{_SQUARE}"
_ALONE = rf"^ {{0,3}}(?:{IN_DOUBLE_DOLLARS}[ \t]*$|{ENVIRONMENT}|(?:{_SQUARE})[ \t]*$)"


def emphasis_beside_chinese(md: mistune.Markdown) -> None:
    """`**重点：**内容` and `**50%**的`: CommonMark asks for a space there, which Chinese does not have."""
    md.before_parse_hooks.append(_with_seams)


def _with_seams(markdown: mistune.Markdown, state: BlockState) -> None:
    if "*" in state.src:
        state.process(_CLOSING.sub(rf"\g<0>{_SEAM}", _OPENING.sub(_SEAM, state.src)))


def definitions(md: mistune.Markdown) -> None:
    """Mistune's plugin, in whose definitions links and footnotes are those of the whole text."""
    def_list(md)

    def parse(block: mistune.BlockParser, match: re.Match[str], state: BlockState) -> int | None:
        make = block.state_cls
        block.state_cls = lambda parent=None: make(parent or state)  # type: ignore[assignment]  # it is called as that
        try:
            return parse_def_list(block, match, state)
        finally:
            block.state_cls = make

    md.block.register("def_list", DEF_PATTERN, parse, before="paragraph")


def addresses(md: mistune.Markdown) -> None:
    """Bare addresses as links: they end where Chinese begins, which mistune's plugin takes along."""
    md.inline.register("address", _ADDRESS, _address, start_chars="h")


def _address(inline: mistune.InlineParser, match: re.Match[str], state: InlineState) -> int:
    url = _AFTER.sub(
        lambda end: ")" if end[0][:1] == ")" and match[0].count("(") > match[0][: end.start()].count(")") else "",
        match[0],
    )
    if state.in_link or state.brackets:
        inline.process_text(url, state)
    else:
        state.append_token({"type": "link", "children": [{"type": "text", "raw": url}], "attrs": {"url": url}})
    return match.start() + len(url)


def formulas_in_text(md: mistune.Markdown) -> None:
    """Formulas in a line and on lines of their own; nothing in them is Markdown."""
    md.inline.register("formula", _IN_A_LINE, _in_a_line, before="escape", start_chars=("$", "\\"))
    md.block.register("formula", _ALONE, _alone, before="fenced_code")
    for rules in (md.block.list_rules, md.block.block_quote_rules):
        md.block.insert_rule(rules, "formula", before="fenced_code")


def _in_a_line(inline: mistune.InlineParser, match: re.Match[str], state: InlineState) -> int | None:
    return _formula(match, state, "formula")


def _alone(block: mistune.BlockParser, match: re.Match[str], state: BlockState) -> int | None:
    return _formula(match, state, "formula_block")


def _formula(match: re.Match[str], state: InlineState | BlockState, name: str) -> int | None:
    end = end_of(match)
    if end is not None:
        found = formula(match, end)
        state.append_token({"type": name, "raw": found.latex.replace(_SEAM, ""), "attrs": {"display": found.display}})
    return end
