"""Notes printed below a table, each naming the cell it is about: 政府集中采购·采购总金额：含上年度结转。"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from helpers.forms import Form, normalise
from helpers.readers.pages.document import Document, Text

_OPENING = re.compile(r"^注[：:]\s*")
_NUMBER = re.compile(r"^\d{1,2}\s*[.、．]\s*(?=\D)")
_COLON = re.compile(r"[：:]")

# The longest name of a cell has some 60 characters.
_NAME = 150


def footnotes(document: Document, form: Form) -> dict[str, str]:
    """Address → note, for the texts that begin with the name of a cell of the form, as our own reports print them.

    After 注： several follow each other, parted by semicolons and closed by a full stop, which is none of the note's.
    """
    names = {normalise(cell.name): address for address, cell in form.cells.items()}
    found: dict[str, str] = {}
    for block in document.blocks:
        if not isinstance(block, Text):
            continue
        opening = _OPENING.match(block.text)
        line = block.text[opening.end() :].removesuffix("。") if opening else block.text
        for address, note in _notes(line, names, several=opening is not None):
            found.setdefault(address, note)
    return found


def _notes(line: str, names: Mapping[str, str], several: bool) -> Iterator[tuple[str, str]]:
    """A semicolon ends a note only where the name of another cell follows it."""
    address, note = None, ""
    for piece in line.split("；") if several else [line]:
        if here := _named(piece, names):
            if address:
                yield address, note.strip()
            address, note = here
        else:
            note += f"；{piece}"
    if address:
        yield address, note.strip()


def _named(piece: str, names: Mapping[str, str]) -> tuple[str, str] | None:
    """Address and note, where the text begins with a cell's name; a name may have a colon of its own."""
    if "·" not in piece[:_NAME] and "・" not in piece[:_NAME]:
        return None
    piece = _NUMBER.sub("", piece)
    for colon in _COLON.finditer(piece[:_NAME]):
        address = names.get(normalise(piece[: colon.start()]))
        if address:
            return address, piece[colon.end() :]
    return None
