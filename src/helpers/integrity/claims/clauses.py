"""Paragraphs, sentences and clauses of cleaned prose, each clause with the figures that stand in it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from helpers.integrity.claims.cleaning import Clean
from helpers.integrity.claims.numerals import Figure, figures_in

SENTENCE_ENDS = "。！？!?"
CLAUSE_ENDS = "，；："
INLINE = re.compile(r"\((?:不?含|包括|其中含)[^()，；。0-9]{0,30}\)")
"""A short bracket that only qualifies its clause: （含区政府办公室）, （含上年结转）."""


@dataclass(frozen=True)
class Clause:
    """A stretch between two commas, or inside a bracket; `depth` counts the brackets around it.

    `restart` says that a semicolon stands just before it.
    """

    text: str
    start: int
    depth: int
    figures: tuple[Figure, ...] = ()
    restart: bool = False

    @property
    def end(self) -> int:
        """Offset just after the clause."""
        return self.start + len(self.text)


@dataclass(frozen=True)
class Sentence:
    """The clauses up to a full stop, in reading order, brackets flattened."""

    start: int
    end: int
    clauses: tuple[Clause, ...]


def paragraphs(prose: Clean) -> list[list[Sentence]]:
    """Every paragraph as its sentences."""
    figures = figures_in(prose.text)
    result = []
    for match in re.finditer(r"[^\n]+", prose.text):
        sentences = []
        for part in re.finditer(rf"[^{SENTENCE_ENDS}]+", match[0]):
            start, end = match.start() + part.start(), match.start() + part.end()
            sentences.append(Sentence(start, end, tuple(_clauses(prose.text, start, end, figures))))
        result.append(sentences)
    return result


def _clauses(text: str, start: int, end: int, figures: list[Figure]) -> Iterator[Clause]:
    inline = {i for match in INLINE.finditer(text, start, end) for i in range(*match.span())}
    depth = 0
    restart = False
    begin = start
    for index in range(start, end + 1):
        letter = text[index] if index < end else "，"
        boundary = index == end or (index not in inline and letter in CLAUSE_ENDS + "()")
        if not boundary:
            continue
        if index > begin:
            first, after = (bisect_left(figures, place, key=lambda figure: figure.start) for place in (begin, index))
            inside = tuple(figure for figure in figures[first:after] if figure.end <= index)
            yield Clause(text[begin:index], begin, depth, inside, restart)
            restart = False
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth = max(0, depth - 1)
        restart = restart or letter == "；"
        begin = index + 1
