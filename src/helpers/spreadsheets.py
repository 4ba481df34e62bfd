"""Text that stands in a CSV file or a worksheet and is text there, whatever it begins with."""

from __future__ import annotations

import re

_ACTS = re.compile(r"[\s']*[=+\-@＝＋－＠]")
"""What a spreadsheet may take for a formula, and what has been made harmless: so every text reads back as it was."""


def harmless(text: str) -> str:
    """`text` as a field that no spreadsheet runs: an apostrophe before =, +, - and @, as OWASP advises.

    Only for fields of text: a figure's sign stays a sign. `as_written` takes the apostrophe off again.
    """
    return f"'{text}" if _ACTS.match(text) else text


def as_written(field: str) -> str:
    """The text that `harmless` made this field of."""
    return field[1:] if field.startswith("'") and _ACTS.match(field[1:]) else field
