"""Two reports side by side: cell by cell, note by note, sentence by sentence.

`compare` is the whole of it; `terminal`, `page` and `Diff.as_dict` show what it found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from helpers.diff.cells import CellChange, NoteChange, compare_cells, compare_notes
from helpers.diff.sentences import SectionChange, compare_prose
from helpers.diff.sides import open_side
from helpers.report import AnnualReport

__all__ = ["Diff", "compare", "open_side"]


@dataclass(frozen=True)
class Diff:
    """What two reports say differently; everything they say is in it, also what is the same."""

    old: AnnualReport
    new: AnnualReport
    cells: tuple[CellChange, ...]
    notes: tuple[NoteChange, ...]
    prose: tuple[SectionChange, ...]

    @property
    def about(self) -> tuple[tuple[str, str, str], ...]:
        """Body, year and form where they differ: what, old, new."""
        facts = (
            ("body", self.old.body.name, self.new.body.name),
            ("year", str(self.old.year), str(self.new.year)),
            ("form", self.old.form.id, self.new.form.id),
        )
        return tuple(fact for fact in facts if fact[1] != fact[2])

    @property
    def differs(self) -> bool:
        """Whether anything differs: body, year, form, a cell, a note or the prose."""
        entries: tuple[CellChange | NoteChange | SectionChange, ...] = (*self.cells, *self.notes, *self.prose)
        return bool(self.about) or any(entry.differs for entry in entries)

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; every cell is there, `differs` says which to look at. Rates and shares are in percent."""
        return {
            "old": _facts(self.old),
            "new": _facts(self.new),
            "differs": self.differs,
            "cells": [entry.as_dict() for entry in self.cells],
            "notes": [entry.as_dict() for entry in self.notes],
            "prose": [entry.as_dict() for entry in self.prose],
        }


def compare(old: AnnualReport, new: AnnualReport) -> Diff:
    """`new` against `old`; both may be of other years, forms or bodies."""
    return Diff(
        old, new, tuple(compare_cells(old, new)), tuple(compare_notes(old, new)), tuple(compare_prose(old, new))
    )


def _facts(report: AnnualReport) -> dict[str, Any]:
    return {
        "body": report.body.name, "year": report.year, "form": report.form.id, "source": report.source.title
    }  # fmt: skip
