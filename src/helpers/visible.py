"""Strangers' words, made harmless before they are printed."""

from __future__ import annotations

import unicodedata

_HARMLESS = ("L", "M", "N", "P", "S", "Zs")


def visible(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal or a log obeys or that hides how it reads.

    Escape sequences, line ends, marks of direction and invisible characters are shown as Python writes them: \\x1b,
    \\n, \\u202e. They come from names, cells, files and documents of others. Text without any is returned as it is.
    """
    if text.isprintable():
        return text
    return "".join(letter if _harmless(letter) else letter.encode("unicode_escape").decode() for letter in text)


def _harmless(letter: str) -> bool:
    return unicodedata.category(letter).startswith(_HARMLESS)
