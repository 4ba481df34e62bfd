"""What has been said so far: whom and which year it concerns, and what was counted last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from helpers.integrity.claims.context import TOLERATED, Context
from helpers.integrity.claims.model import GROSS, RECEIVED, Claim, ClaimKind, Meaning, Terms
from helpers.integrity.claims.phrases import ClauseStart, ParagraphStart, SentenceStart, Start, Stated
from helpers.integrity.claims.vocabulary import Token, has

FROM = ("由", "从", "自")


@dataclass(frozen=True)
class Discourse:
    """The state of reading one section of prose, from one phrase to the next.

    `context` is what words are interpreted in, `heading` what the last heading leaves to every paragraph below it;
    `scope`, `year` and `period` are whom and when the figures concern; `last` is the claim that a following share or
    growth rate speaks of, `recent` those of the sentence so far, `stated_whole` the part and the whole of a share to
    come (予以公开60件，占答复总数121件的49.59%); `idle` are the words of a clause without figures just before.
    `brackets` keep what held before each bracket that is open, `outside` the scope that held before 其中.
    """

    context: Context
    heading: Context
    scope: str | None = None
    year: int | None = None
    period: str | None = None
    sentence: int = 0
    year_sentence: int = 0
    outside: tuple[str | None] | None = None
    brackets: tuple[tuple[Context, str | None, int | None], ...] = ()
    last: Claim | None = None
    recent: tuple[Claim, ...] = ()
    stated_whole: tuple[Claim, Terms] | None = None
    idle: tuple[Token, ...] = ()
    open_work: bool = False


Onward = tuple[Discourse, tuple[Claim, ...]]
"""What is known after some words, and the claims that they make."""


def begun(state: Discourse, start: Start) -> Discourse:
    """The state where a paragraph, a sentence or a clause begins."""
    match start:
        case ParagraphStart():
            return _at_paragraph(state, start)
        case SentenceStart():
            return _at_sentence(state, start)
        case ClauseStart():
            return _at_clause(state, start)


def _at_paragraph(state: Discourse, start: ParagraphStart) -> Discourse:
    """Forget whom and when; keep what the heading above said the text is about.

    Under 依申请公开情况 a bare 受理46件 is clear.
    """
    said, heading = state.context, state.heading
    if start.below:
        heading = Context(said.words, subject=said.subject, blocks=said.blocks, firm=said.subject == "requests")
    context = Context(said.words) if start.heading else heading
    return replace(state, context=context, heading=heading, scope=None, year=None, period=None, outside=None)


def _at_sentence(state: Discourse, start: SentenceStart) -> Discourse:
    """A new sentence: no figure before it to lean on, and bodies named within 其中 forgotten."""
    return replace(
        state,
        context=replace(state.context, part=start.part, last=None),
        scope=state.outside[0] if state.outside else state.scope,
        outside=None,
        sentence=state.sentence + 1,
        open_work=start.open_work,
        brackets=(),
        idle=(),
        recent=(),
        last=None,
        stated_whole=None,
    )


def _at_clause(state: Discourse, start: ClauseStart) -> Discourse:
    """Enter and leave brackets: what they say of whom and when ends with them."""
    brackets, depth = state.brackets, start.depth
    if depth < len(brackets):
        context, scope, year = brackets[depth]
        context = replace(context, last=state.context.last)
        state = replace(state, context=context, scope=scope, year=year, brackets=brackets[:depth])
    elif depth > len(brackets):
        before = (state.context, state.scope, state.year)
        state = replace(state, brackets=(*brackets, *[before] * (depth - len(brackets))))
    return replace(state, context=replace(state.context, part=False)) if start.restart else state


def situated(state: Discourse, tokens: Sequence[Token], *, initial_only: bool) -> Discourse:
    """Whom and which year the words name; of a clause without figures only its opening words do."""
    opening, whole = True, False
    for index, token in enumerate(tokens):
        here = opening or not initial_only
        if token.feature == "whole" and here:
            state, whole = replace(state, scope=token.value), True
        elif token.feature == "narrow" and here and not whole:
            outside = (state.scope,) if state.context.part and state.outside is None else state.outside
            state = replace(state, scope=token.value, outside=outside)
        elif token.feature == "period":
            state = replace(state, period=token.text)
        elif token.feature == "year" and here and not _is_base(tokens, index):
            state = replace(state, year=int(token.value), period=None, year_sentence=state.sentence)
        opening = opening and token.feature in ("filler", "year", "of_which", "whole", "narrow")
    return state


def claim(
    state: Discourse, kind: ClaimKind, meaning: Meaning, stated: Stated, *, certain: bool, sign: int = 1, **more: Any
) -> Claim:
    """The claim that a figure makes here; `more` are further fields of `Claim`."""
    figure = stated.figure
    value = figure.value * sign
    whole = kind in ("count", "change", "statement") and value == value.to_integral_value()
    fields = {"quantum": Decimal(1).scaleb(-figure.places), **more}
    return Claim(
        terms=meaning.terms,
        value=int(value) if whole else value,
        kind=kind,
        exact=figure.exact,
        scope=state.period or state.scope,
        certain=certain,
        excerpt=stated.excerpt,
        span=stated.span,
        unit={"percent": "%", "times": "倍"}.get(figure.unit, figure.measure),
        hedge=figure.hedge,
        year=state.year,
        year_stated=state.year is not None and state.year_sentence == state.sentence,
        alternatives=meaning.alternatives,
        loose=meaning.loose,
        sentence=state.sentence,
        **fields,
    )


def remembering(state: Discourse, made: Claim, meaning: Meaning) -> Discourse:
    """A count was read: it becomes what the following words lean on."""
    context = replace(state.context, last=meaning, firm=True)
    if meaning.family == "document":
        context = replace(context, subject="document", document=meaning.document, whole=None)
    elif meaning.blocks:
        clear = _clear(state.context, meaning)
        context = replace(context, subject="review", blocks=meaning.blocks, blocks_clear=clear)
    else:
        context = replace(context, subject="requests")
    if not context.part and meaning.family in ("flow", "review") and not state.brackets:
        context = replace(context, whole=meaning)
    return replace(state, context=context, last=made, recent=(*state.recent, made))


def _clear(context: Context, meaning: Meaning) -> bool:
    """Whether later results belong to these reviews alone: not so in 行政复议6件、行政诉讼3件，维持8件."""
    previous = context.last
    if meaning.family == "result":
        return context.blocks_clear or meaning.blocks != context.blocks
    return previous is None or previous.family != "review" or set(meaning.blocks) <= set(previous.blocks)


def passing(state: Discourse, tokens: Sequence[Token]) -> Discourse:
    """A figure that means no cell: nothing that follows may lean on it."""
    unknown = sum(len(token.text) for token in tokens if token.feature == "unknown")
    foreign = has(tokens, "foreign") or (unknown > TOLERATED and not has(tokens, "requests", "channel"))
    subject = "foreign" if foreign else state.context.subject
    return replace(state, context=replace(state.context, last=None, subject=subject), last=None, recent=())


def including_carried(state: Discourse) -> Onward:
    """受理3153件（含上年度结转34件）: the bracket says that the figure before it is the sum of both."""
    told = state.last
    if told is None or told.terms != RECEIVED:
        return state, ()
    amended = replace(told, terms=GROSS, alternatives=(), loose=(RECEIVED,))
    recent = tuple(amended if one is told else one for one in state.recent)
    return replace(state, last=amended, recent=recent), (amended,)


def is_baseline(lead: Sequence[Token]) -> bool:
    """Whether a figure is what another is compared with: 由2023年的115件增至…, 比2023年的110件多…"""
    return not has(lead, "carry") and any(
        token.feature == "year" and _is_base(lead, index) for index, token in enumerate(lead)
    )


def _is_base(tokens: Sequence[Token], index: int) -> bool:
    """Whether a year is compared with (比2023年) or carried from (2023年结转), rather than when things happened."""
    around = tokens[max(0, index - 1) : index + 2]
    return has(around, "compare", "carry") or (index > 0 and tokens[index - 1].text in FROM)
