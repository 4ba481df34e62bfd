"""Characters of a PDF page → lines of words, and the text of a ruled cell."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from helpers.readers.pages.document import Tile, clean
from helpers.readers.pages.layout import PageLine

Char = dict[str, Any]
Box = tuple[float, float, float, float]

# In ems: a digit's own white is a tenth of one.
_DIGITS_APART = 0.35


def cell_text(chars: Sequence[Char], cell: Box) -> str:
    """A cell's lines; digits that the cell's width broke are one figure again, raised small digits are a note."""
    if not chars:
        return ""
    em = max(char["size"] for char in chars)
    lines = [line.words for _, line in lines_of_chars(chars, em, gap=3.0)]
    text = ""
    for before, words in pairwise([(), *lines]):
        piece = " ".join(word.text for word in words)
        full = bool(before) and before[-1].right + em * 0.6 >= cell[2] - 0.35 * em
        text += piece if full and text[-1:].isdigit() and piece[:1].isdigit() else "\n" + piece
    return clean(text)


def lines_of_chars(chars: Sequence[Char], em: float, gap: float = 1.0) -> list[tuple[float, PageLine]]:
    """Characters as lines of words, with each line's height; a word ends at a gap of `gap` ems."""
    if not chars:
        return []
    ordered = sorted(chars, key=lambda char: ((char["top"] + char["bottom"]) / 2, char["x0"]))
    groups: list[list[Char]] = []
    middle = float("-inf")
    for char in ordered:
        y = (char["top"] + char["bottom"]) / 2
        if y - middle > 0.45 * em:
            groups.append([])
            middle = y
        groups[-1].append(char)
    found: list[tuple[float, PageLine]] = []
    last = None
    for group in groups:
        words = _words(sorted(group, key=lambda char: char["x0"]), em, gap)
        if not words:
            continue
        top = min(char["top"] for char in group)
        sizes = sorted(char["size"] for char in group)
        distance = 1.0 if last is None else (top - last) / (1.6 * em)
        found.append((top, PageLine(tuple(words), distance, size=sizes[len(sizes) // 2])))
        last = top
    return found


def _words(chars: Sequence[Char], em: float, gap: float) -> list[Tile]:
    words: list[Tile] = []
    pending: list[Char] = []

    def end() -> None:
        visible = [char for char in pending if char["text"].strip()]
        if visible:
            words.append(Tile(clean(_string(pending)), visible[0]["x0"], visible[-1]["x1"]))
        pending.clear()

    right = None
    for char in chars:
        if not char["text"].strip():
            pending.append(char)
            continue
        # Figures of narrow columns stand closer than words do, but no digit stands off the next of its figure.
        digits = char["text"].isdigit() and bool(pending) and pending[-1]["text"].isdigit()
        size = min(em, char["size"])
        if right is not None and char["x0"] - right > (_DIGITS_APART if digits else gap) * size:
            end()
        # Bold is sometimes faked by printing a character twice in one place.
        if pending and pending[-1]["text"] == char["text"] and abs(pending[-1]["x0"] - char["x0"]) < 0.15 * em:
            continue
        pending.append(char)
        right = char["x1"]
    end()
    return words


def _string(chars: Sequence[Char]) -> str:
    sizes = [char["size"] for char in chars if char["text"].strip()]
    main = max(sizes)
    floor = max(char["bottom"] for char in chars if char["size"] > 0.9 * main)
    text, note = "", ""
    for char in chars:
        raised = char["size"] < 0.75 * main and char["bottom"] < floor - 0.2 * main and char["text"].strip()
        if raised:
            note += char["text"]
            continue
        if note:
            text, note = f"{text}〔{note}〕", ""
        text += char["text"]
    return f"{text}〔{note}〕" if note else text
