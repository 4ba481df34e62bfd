"""The tags of a tagged PDF: which marked content is a picture, its words and its caption included."""

from __future__ import annotations

from typing import Any

Content = tuple[int, int]

# An element with more below it than any real page has would only cost time.
_ELEMENTS = 200_000


def pictures(pdf: Any) -> frozenset[Content]:
    """Page number and marked-content id of everything inside a figure; empty where the file has no tags.

    The words in and under a chart are not the report's prose, as on an HTML page; a figure that wraps a table is
    read. Tags that are damaged are no reason to refuse a file whose text is there: they count as none.
    """
    from pdfplumber.structure import PDFStructTree

    if "StructTreeRoot" not in pdf.doc.catalog:
        return frozenset()
    found: set[Content] = set()
    try:
        stack: list[Any] = [PDFStructTree(pdf)]
        for _ in range(_ELEMENTS):
            if not stack:
                break
            children = stack.pop().children
            drawn = [child for child in children if child.type == "Figure" and child.find("Table") is None]
            # Typesetters put a picture's caption beside it as often as into it; a table's own caption is read.
            captions = [child for child in children if drawn and child.type == "Caption"]
            for element in (*drawn, *captions):
                found.update((page, mcid) for page, mcid in element.all_mcids() if page is not None)
            stack.extend(child for child in children if child not in drawn)
    except Exception:  # pdfplumber raises whatever a damaged tree makes it stumble over
        return frozenset()
    return frozenset(found)
