"""The figures that a report states in its prose, read and compared with its tables.

text → cleaned text → figures → clauses → phrases, each word with its part → facts of the words around each figure →
the sense that fits them → claims → what differs (`cleaning`, `numerals`, `clauses`, `phrases`, `vocabulary`, `facts`,
`senses` with the tables in `meaning`, `requests` and `statements`, `reading`, `compare`, `sums`). An error
only where every word of a phrase is understood and the figure is exact, the report's own and of its own year;
anything less is a warning or nothing.
"""

from __future__ import annotations

from helpers.integrity.claims.model import Claim
from helpers.integrity.claims.reading import read_claims

__all__ = ["Claim", "read_claims"]
