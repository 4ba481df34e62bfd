"""Prose as a stream of small values: where paragraphs, sentences and clauses begin, and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from helpers.integrity.claims.clauses import Clause, Sentence, paragraphs, segments
from helpers.integrity.claims.cleaning import Clean, clean
from helpers.integrity.claims.numerals import Figure
from helpers.integrity.claims.vocabulary import Token, Vocabulary, has

HEADING_LENGTH = 30
OPEN_WORK = re.compile(r"结转|转结|顺延|正在办理|除|其余|剩余|余下|未办结|转入|在办")
NOTHING = Figure(Decimal(0), "count", "", None, 0, 0, 0, (0, 0))
"""The figure of a statement without one: 均已办结 says that 0 are open."""


@dataclass(frozen=True)
class ParagraphStart:
    """A paragraph begins; a short one without figures is a heading."""

    heading: bool


@dataclass(frozen=True)
class HeadingEnd:
    """A heading is over; what it named holds for the paragraphs below it."""


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
    """A clause without figures; `nothing` is the zero that it may state."""

    tokens: tuple[Token, ...]
    nothing: Stated


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


@dataclass(frozen=True)
class ClauseEnd:
    """A clause with figures is over; `tail` are the words after the last, which may state something more."""

    tail: tuple[Token, ...]
    nothing: Stated


Phrase = ParagraphStart | HeadingEnd | SentenceStart | ClauseStart | Words | Counted | Listed | ClauseEnd


def phrases(text: str, words: Vocabulary) -> Iterator[Phrase]:
    """The prose of a section, in reading order."""
    prose = clean(text)
    for sentences in paragraphs(prose):
        short = len(sentences) == 1 and sentences[0].end - sentences[0].start <= HEADING_LENGTH
        heading = short and not any(clause.figures for clause in sentences[0].clauses)
        yield ParagraphStart(heading)
        for sentence in sentences:
            yield _start(sentence, prose)
            for clause in sentence.clauses:
                yield ClauseStart(clause.depth, clause.restart)
                yield from _clause(clause, text, prose, words)
        if heading:
            yield HeadingEnd()


def _start(sentence: Sentence, prose: Clean) -> SentenceStart:
    text = prose.text[sentence.start : sentence.end]
    return SentenceStart(text.startswith("其中"), bool(OPEN_WORK.search(text)))


def _clause(clause: Clause, text: str, prose: Clean, words: Vocabulary) -> Iterator[Phrase]:
    span = prose.span(clause.start, clause.end)
    excerpt = re.sub(r"\s+", "", text[slice(*span)])
    nothing = Stated(NOTHING, span, excerpt)
    if not clause.figures:
        yield Words(words.tokens(clause.text, clause.start), nothing)
        return
    parts = segments(clause)
    stated = tuple(Stated(part.figure, prose.span(*part.figure.number), excerpt) for part in parts)
    leads = [words.tokens(part.lead, part.lead_start) for part in parts]
    if len(parts) > 1 and has(leads[0], "each"):
        yield Listed(stated, leads[0])
        yield ClauseEnd((), nothing)
        return
    tail: tuple[Token, ...] = ()
    for part, figure, lead in zip(parts, stated, leads, strict=True):
        tail = words.tokens(part.tail, part.tail_start)
        yield Counted(figure, lead, tail, part.figure.end == clause.end)
    yield ClauseEnd(tail, nothing)
