"""Prose → claims: one step for every phrase, from what was said so far to what is said then, and the claims made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from helpers.forms import Form
from helpers.forms.spec import LAST_YEAR
from helpers.integrity.claims.context import Context
from helpers.integrity.claims.discourse import (
    Discourse,
    Onward,
    begun,
    claim,
    including_carried,
    is_baseline,
    passing,
    remembering,
    situated,
)
from helpers.integrity.claims.lexicon import Feature
from helpers.integrity.claims.meaning import interpret
from helpers.integrity.claims.model import CARRIED_IN, GROSS, RECEIVED, Claim, Meaning
from helpers.integrity.claims.phrases import Counted, Listed, Phrase, Words, phrases
from helpers.integrity.claims.rates import is_rate, read_money, read_rate
from helpers.integrity.claims.statements import read_statement
from helpers.integrity.claims.vocabulary import Token, has, vocabulary
from helpers.report import Number

NAMING: tuple[Feature, ...] = (
    "column", "block", "result", "loose_result", "requests", "document", "measure", "loose_measure", "cell",
    "other_kind", "fee", "foreign", "channel", "subset",
)  # fmt: skip  # one item a line would be a screen of commas
"""Words that say what is counted; a bare 受理 or 办结 does not, and looks behind the figure for its noun."""

MEANINGFUL: tuple[Feature, ...] = (*NAMING, "row", "handling", "gross", "carry")

CASES = ("件", "宗", "起", "例", "个", "次", "件次", "")
MEASURES = {"review": CASES, "result": CASES, "document": ("件", "份", "个", "项", "")}
"""The measure words a figure of each kind is counted in; requests take any."""

JOINTS = ("、", "和", "及", "以及", "与", "或")


def read_claims(text: str, form: Form) -> list[Claim]:
    """Every figure of a report's prose that means cells of `form`, in reading order.

    Works on Markdown or on text taken out of a PDF. A figure that means no cell of the form (channels, proposals,
    telephone numbers) gives no claim, nor does one whose phrase is not understood.
    """
    words = vocabulary(form)
    state = Discourse(Context(words), Context(words))
    claims: dict[tuple[int, int], Claim] = {}
    for phrase in phrases(text, words):
        state, made = step(state, phrase)
        # A claim made again of the same place takes the place of the one before: 受理130件（含上年结转2件）.
        claims |= {claim.span: claim for claim in made}
    return sorted(_doubted(claims.values()), key=lambda claim: claim.span)


def step(state: Discourse, phrase: Phrase) -> Onward:
    """What is known after a phrase, and the claims that it makes."""
    match phrase:
        case Words():
            return _words(state, phrase)
        case Listed():
            return _listed(situated(state, phrase.lead, initial_only=False), phrase)
        case Counted():
            return _figure(situated(state, phrase.lead, initial_only=False), phrase)
        case _:
            return begun(state, phrase), ()


def _doubted(claims: Iterable[Claim]) -> list[Claim]:
    """收到128件，依法受理126件: where a sentence gives the same cells two figures, it is not clear which is theirs."""
    given: dict[tuple[object, ...], set[Number]] = {}
    for one in claims:
        if one.kind == "count":
            given.setdefault((one.sentence, one.terms, one.scope, one.year), set()).add(one.value)
    return [
        replace(one, certain=one.certain and len(given.get((one.sentence, one.terms, one.scope, one.year), ())) <= 1)
        for one in claims
    ]


def _words(state: Discourse, phrase: Words) -> Onward:
    """Words without a figure: they may state something, and a clause of them name what the next figures are about."""
    tokens = phrase.tokens
    if phrase.behind:
        made = read_statement(state, tokens, phrase.nothing) if has(tokens, "all") else ()
        return replace(state, idle=()), made
    state = situated(state, tokens, initial_only=True)
    made = read_statement(state, tokens, phrase.nothing)
    first = {token.feature: token.value for token in reversed(tokens)}
    context = state.context
    if "block" in first:
        blocks = context.words.groups[[token for token in tokens if token.feature == "block"][-1].value]
        context = replace(context, subject="review", firm=True, blocks=blocks, blocks_clear=True)
    elif "requests" in first:
        context = replace(context, subject="requests", firm=True)
    elif "document" in first:
        context = replace(context, subject="document", firm=True, document=first["document"])
    elif "foreign" in first:
        context = replace(context, subject="foreign", whole=None)
    return replace(state, context=context, idle=tokens), made


def _figure(state: Discourse, phrase: Counted) -> Onward:
    lead, unit = phrase.lead, phrase.stated.figure.unit
    if has(lead, "of_which"):
        state = replace(state, context=replace(state.context, part=True))
    if unit == "money":
        return read_money(state, phrase.stated, lead)
    if is_rate(phrase.stated.figure, lead):
        return read_rate(state, phrase.stated, lead)
    if unit == "count" and not has(lead, "to"):
        return _count(state, phrase)
    return passing(state, lead), ()


def _count(state: Discourse, phrase: Counted) -> Onward:
    lead = phrase.lead
    shared = next((index for index, token in enumerate(lead) if token.feature == "share"), None)
    if shared is not None:
        lead = lead[shared + 1 :]
    elif is_baseline(lead):
        return state, ()
    elif earlier := _earlier(state, phrase):
        return state, earlier
    tokens, near = _phrase(state, lead, phrase.tail)
    meaning = interpret(tokens, state.context)
    if meaning is None or not _countable(phrase, meaning):
        return passing(state, tokens), ()
    if meaning.terms == RECEIVED and has(phrase.tail, "including") and has(phrase.tail, "carry"):
        meaning = replace(meaning, terms=GROSS, loose=(RECEIVED,))
    made = (claim(state, "count", meaning, phrase.stated, certain=meaning.certain and near),)
    amended: tuple[Claim, ...] = ()
    if meaning.terms == CARRIED_IN and has(lead, "including"):
        state, amended = including_carried(state)
    if shared is not None and state.last is not None:
        # 占答复总数121件的14.88%: the share of the count before is to come.
        return replace(state, stated_whole=(state.last, meaning.terms)), (*made, *amended)
    return remembering(state, made[0], meaning), (*made, *amended)


def _countable(phrase: Counted, meaning: Meaning) -> bool:
    """Whether the measure word fits; without one, a figure counts only where its clause ends with it."""
    measure = phrase.stated.figure.measure
    return measure in MEASURES.get(meaning.family, (measure,)) and (bool(measure) or phrase.closes)


def _earlier(state: Discourse, phrase: Counted) -> tuple[Claim, ...]:
    """较去年同期的115件, 上年为115件: last year's figure of what was just counted, which stays the subject."""
    if state.last is None or not has(phrase.lead, "prior") or has(phrase.lead, *MEANINGFUL, "unknown"):
        return ()
    terms = tuple(f"{LAST_YEAR}{term}" for term in state.last.terms)
    return (claim(state, "count", Meaning(terms, "flow", False), phrase.stated, certain=False),)


def _phrase(state: Discourse, lead: tuple[Token, ...], tail: tuple[Token, ...]) -> tuple[tuple[Token, ...], bool]:
    """The words that name what is counted: before the figure, else behind it, else (less surely) a clause before."""
    if has(lead, *NAMING):
        return lead, True
    stops = ("并", "且", "(", *(("已",) if has(lead, *MEANINGFUL) else ()))
    ends = (index for index, token in enumerate(tail) if token.feature == "all" or token.text in stops)
    behind = tail[: next(ends, len(tail))]
    if has(behind, *MEANINGFUL, "unknown", "next", "prior"):
        return (*lead, *behind), True
    plain = all(token.feature in ("filler", "year", "whole") for token in lead)
    return ((*state.idle, *lead), False) if state.idle and plain else (lead, True)


def _listed(state: Discourse, phrase: Listed) -> Onward:
    """予以公开、部分公开分别为23件、5件: the phrases of the list, one figure each; …，分别占82%和18%."""
    plain = tuple(token for token in phrase.lead if token.feature != "each")
    made: list[Claim] = []
    if all(stated.figure.unit == "percent" for stated in phrase.stated):
        if len(state.recent) < len(phrase.stated):
            return state, ()
        for stated, target in zip(phrase.stated, state.recent[-len(phrase.stated) :], strict=True):
            state, claims = read_rate(replace(state, last=target), stated, plain)
            made += claims
        return state, tuple(made)
    noun = [token for token in phrase.lead if token.feature == "requests" or "信息公开" in token.text][:1]
    meanings = [interpret((*part, *noun), state.context) for part in _parts(plain)]
    if len(meanings) != len(phrase.stated) or any(stated.figure.unit != "count" for stated in phrase.stated):
        return passing(state, phrase.lead), ()
    for stated, meaning in zip(phrase.stated, meanings, strict=True):
        if meaning is not None:
            made.append(claim(state, "count", meaning, stated, certain=meaning.certain))
            state = remembering(state, made[-1], meaning)
    return state, tuple(made)


def _parts(tokens: Sequence[Token]) -> list[list[Token]]:
    """The members of a list, divided by 、 or 和."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in JOINTS:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts
