"""Notes printed below a table, each naming the cell it is about: 政府集中采购·采购总金额：含上年度结转。"""

from __future__ import annotations

import re

from helpers.forms import Form, normalise
from helpers.readers.document import Document, Text

_NOTE = re.compile(
    r"^(?:注[：:])?\s*(?:\d{1,2}\s*[.、．]\s*)?(?P<cell>[^。：:]{3,120}?[·・][^。：:]{2,30})[：:](?P<note>.+)$",
    re.DOTALL,
)


def footnotes(document: Document, form: Form) -> dict[str, str]:
    """Address → note, for the texts that begin with the name of a cell of the form, as our own reports print them."""
    names = {normalise(cell.name): address for address, cell in form.cells.items()}
    found: dict[str, str] = {}
    for block in document.blocks:
        if isinstance(block, Text) and (match := _NOTE.match(block.text)):
            address = names.get(normalise(match["cell"]))
            if address:
                found[address] = match["note"].strip()
    return found
