"""How a figure is written, and what people write in place of one."""

from __future__ import annotations

BLANK = frozenset({"", "/", "-", "--", "—", "——", "－", "无", "×"})
"""What people leave in a cell that they do not state. None of it means 0."""

MARKS = BLANK - {""} | {"\\", "---", "———", "–", "…", "……", "*", "**", "N", "NA"}
"""The same and what else published tables have in place of a figure; a data file is refused with one of these."""
