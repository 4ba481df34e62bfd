"""Emphasis within a paragraph: signs stand for a page's marks until the text is whole; then they are Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable

from helpers.markup import plain

# Control characters never reach a reader's text, so they can stand for marks; none of them counts as white space.
SIGNS = {
    "strong": ("\x01", "\x02"), "b": ("\x01", "\x02"), "em": ("\x03", "\x04"), "i": ("\x03", "\x04"),
    "del": ("\x05", "\x06"), "s": ("\x05", "\x06"), "strike": ("\x05", "\x06"), "code": ("\x0e", "\x0f"),
}  # fmt: skip
"""HTML element → the signs that open and close it."""

_OPENS = {"\x01": "**", "\x03": "*", "\x05": "~~", "\x0e": "`"}
_CLOSES = {"\x02": "\x01", "\x04": "\x03", "\x06": "\x05", "\x0f": "\x0e"}
_LINK, _URL, _END = "\x10", "\x11", "\x12"
_SIGN = re.compile(r"[\x01-\x06\x0e-\x12]")
_ADDRESS = re.compile(rf"{_URL}[^{_END}]*{_END}")
_BLANK_INSIDE = (re.compile(r"([\x01\x03\x05\x0e])(\s+)"), re.compile(r"(\s+)([\x02\x04\x06\x0f])"))
_EMPTY = re.compile(r"\x01\x02|\x03\x04|\x05\x06|\x0e\x0f|\x02\x01|\x04\x03|\x06\x05")


def link_signs(url: str) -> tuple[str, str]:
    """The signs around the words of a link to `url`."""
    return _LINK, f"{_URL}{_SIGN.sub('', url)}{_END}"


def without_signs(text: str) -> str:
    """The words alone."""
    return _SIGN.sub("", _ADDRESS.sub("", text)) if _SIGN.search(text) else text


def markdown(text: str, escape: Callable[[str], str]) -> str:
    """Markdown of a text with signs; `escape` gives the Markdown that shows a text literally.

    Where the marks would not be read back as they stand (Markdown refuses to open or close some of them between
    Chinese punctuation and words), the words alone.
    """
    if not _SIGN.search(text):
        return escape(text)
    words = without_signs(text)
    marked = _marked(escape(_balanced(text)))
    if re.sub(r"\s", "", plain(marked)) != re.sub(r"\s", "", words):
        return escape(words)
    return marked


def _balanced(text: str) -> str:
    """Each mark opened once and closed, blanks outside, marks of nothing and those that only touch joined."""
    pieces: list[str] = []
    deep: dict[str, int] = {}
    for char in text:
        if char in _OPENS:
            deep[char] = deep.get(char, 0) + 1
            if deep[char] > 1:
                continue
        elif char in _CLOSES:
            opened = _CLOSES[char]
            if not deep.get(opened):
                continue
            deep[opened] -= 1
            if deep[opened]:
                continue
        pieces.append(char)
    closing = {opened: close for close, opened in _CLOSES.items()}
    whole = "".join(pieces) + "".join(closing[char] for char in reversed(deep) if deep[char])
    before = None
    while before != whole:
        before, whole = whole, _EMPTY.sub("", whole)
        for pattern in _BLANK_INSIDE:
            whole = pattern.sub(r"\2\1", whole)
    return whole


def _marked(text: str) -> str:
    text = re.sub(rf"{_LINK}([^{_LINK}{_URL}]*){_URL}([^{_END}]*){_END}", r"[\1](\2)", text)
    for sign, mark in _OPENS.items():
        text = text.replace(sign, mark)
    for sign, opened in _CLOSES.items():
        text = text.replace(sign, _OPENS[opened])
    return text
