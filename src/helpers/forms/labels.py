"""How labels are compared, wherever people have typed them; their numbering is the business of `chinese`."""

from __future__ import annotations

import re
import unicodedata


def normalise(label: str) -> str:
    """A label as it is compared: full-width folded, white space and punctuation dropped, case kept."""
    folded = unicodedata.normalize("NFKC", label)
    return re.sub(r"[\s\W_]+", "", folded)
