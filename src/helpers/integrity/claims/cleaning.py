"""Prose as it is read: one line a paragraph, no marks, no white space, every character knowing where it came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from helpers.chinese import ORDINALS

PAGE_NUMBER = re.compile(r"\s*[-—–－_]+\s*\d{1,3}\s*[-—–－_]+\s*")
TABLE_LINE = re.compile(r"\s*\|")
OPENING = re.compile(rf"\s*(#|[-*+]\s|[（(][{ORDINALS}]+[)）]|[{ORDINALS}]{{1,3}}、|\d{{1,2}}[.、．]\D)")
"""What a new paragraph begins with where no empty line stands before it."""

SILENT = re.compile(
    r"!\[[^\]]{0,500}\]\([^)]{0,2000}\)|\[image:[^\]]{0,500}\]|\[\^[^\]\s]{1,50}\]:?|\]\([^)\s]{0,2000}\)"
    r"|https?://[\w./?=&%:#-]+|<[^<>\n]{0,200}>|《[^《》\n]{0,120}\n?[^《》\n]{0,120}》"
)
"""Runs that hold no claims: images, footnotes' marks, link targets, tags, and titles of documents, whose years are not
ours."""

DROPPED = set("#*_`~\\[]\"'“”‘’「」『』　\ufeff\u200b\xa0")
DIGIT_GAP = re.compile(r"(?<=\d)[ \t\u3000\xa0]+(?=\d)")
THOUSANDS = re.compile(r"(?<!\d)(?<!\d )\d{1,3}(?: \d{3})++(?![\d ]*\d)")


@dataclass(frozen=True)
class Clean:
    """Readable text; `at[i]` is the offset in the original of its character i."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that `text[start:end]` was read from."""
        return self.at[start], self.at[end - 1] + 1


def clean(text: str) -> Clean:
    """The prose of a section without what only sets it: Markdown, page numbers, line ends, spaces, quotes.

    Full-width digits and signs are folded; a space between two digits stays (they are two numbers), unless it
    separates thousands. Paragraphs end in a line end; document titles 《…》 are left empty.
    """
    silent = {i for match in SILENT.finditer(text) for i in range(*match.span())}
    titles = {match.start() for match in SILENT.finditer(text) if match[0][0] == "《"}
    kept_gaps = {match.start() for match in DIGIT_GAP.finditer(text)}
    for match in THOUSANDS.finditer(text):
        kept_gaps -= set(range(*match.span()))
    letters: list[str] = []
    at: list[int] = []

    def put(letter: str, index: int) -> None:
        letters.append(letter)
        at.append(index)

    offset = 0
    previous = ""
    blank = paged = False
    for line in text.splitlines(keepends=True):
        if not line.strip():
            blank = True
        elif PAGE_NUMBER.fullmatch(line):
            paged = True
        else:
            # Empty lines around a page number belong to the page, not to the text.
            if letters and ((blank and not paged) or _breaks(previous, line)):
                put("\n", offset)
            elif letters and letters[-1].isdigit() and line.lstrip()[:1].isdigit():
                put(" ", offset)
            for index, letter in enumerate("" if TABLE_LINE.match(line) else line, offset):
                if index in titles:
                    put("《", index)
                elif index in kept_gaps:
                    put(" ", index)
                elif index not in silent and letter not in DROPPED and not letter.isspace():
                    put(_fold(text, index), index)
            previous, blank, paged = line, False, False
        offset += len(line)
    return Clean("".join(letters), (*at, len(text)))


def _breaks(previous: str, line: str) -> bool:
    """Whether a paragraph ends between two lines; a line that only wraps, as in a PDF, goes on."""
    return (
        OPENING.match(line) is not None
        or TABLE_LINE.match(line) is not None
        or previous.lstrip().startswith("#")
        or previous.rstrip().endswith(("。", "！", "？"))
    )


def _fold(text: str, index: int) -> str:
    letter = text[index]
    if letter == ",":
        before, after = text[index - 1 : index], text[index + 1 : index + 5]
        return "," if before.isdigit() and re.match(r"\d{3}(?!\d)", after) else "，"
    if letter in "，；：！？":
        return letter
    if letter in ";:" and not text[index - 1 : index].isdigit():
        return {";": "；", ":": "："}[letter]
    folded = unicodedata.normalize("NFKC", letter)
    return folded if len(folded) == 1 else letter
