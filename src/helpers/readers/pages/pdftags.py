"""The tags of a tagged PDF: which marked content is a picture, and which the label of a list's item."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from helpers.readers.pages.document import ITEM
from helpers.readers.pages.pdftext import Char

Content = tuple[int, int]
"""Page number and marked-content id."""

# An element with more below it than any real page has would only cost time.
_ELEMENTS = 200_000

_BULLETS = frozenset("•–·●○■□◆▪‣-*")


@dataclass(frozen=True)
class Tags:
    """What of a file's content is tagged as picture (its words and caption included) or as label; empty without tags.

    The words in and under a chart are not the report's prose, as on an HTML page; a figure that wraps a table is read.
    """

    pictures: frozenset[Content] = frozenset()
    labels: frozenset[Content] = frozenset()

    def with_bullets(self, chars: Sequence[Char]) -> list[Char]:
        """The characters of a page, bullets replaced by the sign for them, numbers apart from the text they number."""
        found: list[Char] = []
        for label, run in groupby(chars, key=lambda char: (char["page_number"], char.get("mcid")) in self.labels):
            group = list(run)
            if label and group[-1]["text"] in _BULLETS:
                group = [{**group[-1], "text": ITEM}]
            elif label:
                group[-1] = {**group[-1], "text": f"{group[-1]['text']} "}
            found += group
        return found


def read_tags(pdf: Any) -> Tags:
    """The file's tags. Damaged ones are no reason to refuse a file whose text is there: they count as none."""
    from pdfplumber.structure import PDFStructTree

    try:
        if "StructTreeRoot" not in pdf.doc.catalog:
            return Tags()
        pictures: set[Content] = set()
        labels: set[Content] = set()
        stack: list[Any] = [PDFStructTree(pdf)]
        for _ in range(_ELEMENTS):
            if not stack:
                break
            children = stack.pop().children
            drawn = [child for child in children if child.type == "Figure" and child.find("Table") is None]
            # Typesetters put a picture's caption beside it as often as into it; a table's own caption is read.
            captions = [child for child in children if drawn and child.type == "Caption"]
            pictures.update(content for element in (*drawn, *captions) for content in _contents(element))
            labels.update(content for child in children if child.type == "Lbl" for content in _contents(child))
            shown = set(map(id, drawn))
            stack.extend(child for child in children if id(child) not in shown)
    except MemoryError:
        raise
    except Exception:  # pdfplumber raises whatever a damaged tree makes it stumble over
        return Tags()
    return Tags(frozenset(pictures), frozenset(labels))


def _contents(element: Any) -> Iterator[Content]:
    return ((page, mcid) for page, mcid in element.all_mcids() if page is not None)
