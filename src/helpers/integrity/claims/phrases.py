"""Prose as a stream of small values: where paragraphs, sentences and clauses begin, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.integrity.claims.clauses import Clause, paragraphs
from helpers.integrity.claims.cleaning import Clean, clean
from helpers.integrity.claims.numerals import Figure
from helpers.integrity.claims.vocabulary import Token, Vocabulary, has

HEADING_LENGTH = 30
OPEN_WORK = re.compile(r"结转|转结|顺延|正在办理|除|其余|剩余|余下|未办结|转入|在办")
NOTHING = Figure(Decimal(0), "count", "", None, 0, 0, 0, (0, 0))
"""The figure of a statement without one: 均已办结 says that 0 are open."""


@dataclass(frozen=True)
class ParagraphStart:
    """A paragraph begins; `heading`: a short one without figures, `below`: after one that was a heading."""

    heading: bool
    below: bool


@dataclass(frozen=True)
class SentenceStart:
    """A sentence begins: with 其中 (`part`), and with work left open in it (`open_work`: 结转, 其余…)."""

    part: bool
    open_work: bool


@dataclass(frozen=True)
class ClauseStart:
    """A clause begins inside so many brackets; `restart`: after a semicolon."""

    depth: int
    restart: bool


@dataclass(frozen=True)
class Stated:
    """A figure where it stands: `span` in the original text, and its clause as an `excerpt` to show."""

    figure: Figure
    span: tuple[int, int]
    excerpt: str


@dataclass(frozen=True)
class Words:
    """A clause without figures, or (`behind`) what follows the last figure of a clause that has some.

    `nothing` is the zero that they may state.
    """

    tokens: tuple[Token, ...]
    nothing: Stated
    behind: bool


@dataclass(frozen=True)
class Counted:
    """A figure with the words before it and, where they may belong to it, after it; `closes`: it ends its clause."""

    stated: Stated
    lead: tuple[Token, ...]
    tail: tuple[Token, ...]
    closes: bool


@dataclass(frozen=True)
class Listed:
    """Figures told of a list of things together: 予以公开、部分公开分别为23件、5件."""

    stated: tuple[Stated, ...]
    lead: tuple[Token, ...]


Start = ParagraphStart | SentenceStart | ClauseStart
Phrase = Start | Words | Counted | Listed


def phrases(text: str, words: Vocabulary) -> Iterator[Phrase]:
    """The prose of a section, in reading order."""
    prose = clean(text)
    heading = False
    for sentences in paragraphs(prose):
        below = heading
        short = len(sentences) == 1 and sentences[0].end - sentences[0].start <= HEADING_LENGTH
        heading = short and not any(clause.figures for clause in sentences[0].clauses)
        yield ParagraphStart(heading, below)
        for sentence in sentences:
            said = prose.text[sentence.start : sentence.end]
            yield SentenceStart(said.startswith("其中"), bool(OPEN_WORK.search(said)))
            for clause in sentence.clauses:
                yield ClauseStart(clause.depth, clause.restart)
                yield from _clause(clause, text, prose, words)


def _clause(clause: Clause, text: str, prose: Clean, words: Vocabulary) -> Iterator[Phrase]:
    span = prose.span(clause.start, clause.end)
    excerpt = re.sub(r"\s+", "", text[slice(*span)])
    tokens: tuple[Token, ...] = words.tokens(clause.text, clause.start) if not clause.figures else ()
    counted = list(_counted(clause, prose, words, excerpt))
    if len(counted) > 1 and has(counted[0].lead, "each"):
        yield Listed(tuple(one.stated for one in counted), counted[0].lead)
    elif counted:
        yield from counted
        tokens = counted[-1].tail
    yield Words(tokens, Stated(NOTHING, span, excerpt), behind=bool(counted))


def _counted(clause: Clause, prose: Clean, words: Vocabulary, excerpt: str) -> Iterator[Counted]:
    """The figures of a clause, each with its share of the words around it.

    Words between two figures go to the second, unless a connecting 、 or 和 divides them: 3件维持、2件纠正.
    """
    begin = clause.start
    nexts = [*(figure.start for figure in clause.figures[1:]), clause.end]
    for figure, following in zip(clause.figures, nexts, strict=False):
        between = prose.text[figure.end : following]
        joint = re.search(r"[、和及与]", between)
        cut = following if following == clause.end else figure.end + (joint.start() if joint else 0)
        stated = Stated(figure, prose.span(*figure.number), excerpt)
        lead = words.tokens(prose.text[begin : figure.start], begin)
        yield Counted(stated, lead, words.tokens(prose.text[figure.end : cut], figure.end), figure.end == clause.end)
        begin = cut
