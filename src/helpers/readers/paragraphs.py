"""The paragraphs of a document, and the Markdown that shows them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from helpers.chinese import ORDINALS
from helpers.forms import SectionSpec
from helpers.readers.pages.document import Document, Home, Text
from helpers.readers.pages.emphasis import markdown
from helpers.readers.table.alignment import Alignment, Spot
from helpers.readers.table.similarity import split

# The longest title of a section has 40 characters.
LONGEST_HEADING = 48
_SUBHEADING = re.compile(rf"^\s*[（(][{ORDINALS}\d]+[）)]\s*\S{{2,28}}$")
_MARKDOWN = re.compile(r"[\\`*]|<(?=[A-Za-z/!?])")
_LEADING = re.compile(r"^(?=#|>|[-+=] |[-+=]$|={2,}|-{2,}|~{3})")


@dataclass(frozen=True)
class Paragraph:
    """A text of a document with its place in it, or a table (`rows`) that is none of the form's.

    `home`, `heading`, `item` and `marked` are those of `Text`; `rest` is the prose that runs on behind a heading.
    """

    text: str
    place: Spot
    home: Home = ()
    heading: int = 0
    item: str = ""
    marked: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    rest: str = ""


def paragraphs_of(document: Document, alignment: Alignment) -> Iterator[Paragraph]:
    """Texts, and rows of one cell, as paragraphs; other tables whole, unless they are the form's own."""
    spans = list(alignment.places.values())
    for number, block in enumerate(document.blocks):
        if isinstance(block, Text):
            yield Paragraph(block.text, (number, 0), block.home, block.heading, block.item, block.marked)
            continue
        loose: list[tuple[str, ...]] = []
        for row_number, row in enumerate(block.rows):
            place = (number, row_number)
            filled = [tile for tile in row if tile.text]
            if len(filled) == 1 and not filled[0].above:
                for line in filled[0].text.split("\n") if len(filled[0].text) > LONGEST_HEADING else [filled[0].text]:
                    yield Paragraph(line.replace("\n", ""), place, block.home)
            elif filled and not any(first <= place <= last for first, last in spans):
                loose.append(tuple(tile.text for tile in row))
        if loose and not any(first[0] <= number <= last[0] for first, last in spans):
            yield Paragraph("", (number, len(block.rows)), block.home, rows=tuple(loose))


def as_markdown(items: Sequence[Paragraph], section: SectionSpec | None, own: bool) -> str:
    """Paragraphs apart by blank lines; the items of one list are not."""
    parts = {split(text).core for part in (section.parts if section else ()) for text in (part.title, *part.variants)}
    written, before = "", ""
    for item in items:
        for text in _paragraphs(item, parts, own):
            written += ("\n" if _one_list(before, item.item) else "\n\n" if written else "") + text
            before = item.item
    return written


def _paragraphs(item: Paragraph, parts: Collection[str], own: bool) -> Iterator[str]:
    if item.rows:
        head, *rows = [" | ".join(literal(cell).replace("|", "\\|") for cell in row) for row in item.rows]
        rule = " | ".join("---" for _ in item.rows[0])
        yield "\n".join(f"| {line} |" for line in (head, rule, *rows))
        return
    if own and item.heading > 1:
        yield f"{'#' * (item.heading - 1)} {markdown(item.marked or item.text, literal)}"
        return
    for text in filter(None, item.text.split("\n")):
        guessed = not own and not item.item and _SUBHEADING.match(text)
        titled = item.heading > 1 or guessed or (not own and split(text).core in parts)
        if titled and not text.endswith(("。", "；", "：", "，", ".", ";")):
            yield f"## {literal(text)}"
        else:
            yield item.item + markdown(item.marked if text == item.text and item.marked else text, literal)


def _one_list(before: str, item: str) -> bool:
    """Whether two items that follow each other are of one list, or one of a list within the other's."""
    nested = before.startswith(" ") or item.startswith(" ")
    return bool(before and item) and (nested or before[0].isdigit() == item[0].isdigit())


def literal(text: str) -> str:
    """Markdown that shows exactly `text`."""
    flat = " ".join(text.split())
    # Brackets that open a link: piece by piece, for a pattern that looks ahead takes the square of their number.
    pieces = _MARKDOWN.sub(r"\\\g<0>", flat).split("]")
    opened = [p.replace("[", "\\[") if after[:1] == "(" else p for p, after in pairwise([*pieces, ""])]
    return _LEADING.sub(r"\\", "]".join(opened))
