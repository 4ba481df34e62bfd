"""Prose → claims: sentence by sentence, figure by figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal

from helpers.forms import Form
from helpers.integrity.claims.clauses import Clause, Segment, Sentence, paragraphs, segments
from helpers.integrity.claims.cleaning import clean
from helpers.integrity.claims.context import Reading
from helpers.integrity.claims.meaning import interpret
from helpers.integrity.claims.memory import CARRIED_IN, RECEIVED, Memory, is_baseline
from helpers.integrity.claims.model import LAST_YEAR, Claim, Kind
from helpers.integrity.claims.numerals import Figure
from helpers.integrity.claims.rates import is_rate, read_money, read_rate
from helpers.integrity.claims.statements import state
from helpers.integrity.claims.vocabulary import Token
from helpers.report import Number

MEANINGFUL = {
    "row", "column", "block", "results", "loose_results", "carry", "gross", "handling", "requests", "documents",
    "exact_columns", "loose_columns", "other_kind", "fee", "foreign", "channel", "subset",
}  # fmt: skip  # one item a line would be a screen of commas
NAMING = MEANINGFUL - {"row", "handling", "gross", "carry"}
"""Words that say what is counted; a bare 受理 or 办结 does not, and looks behind the figure for its noun."""

CASES = ("件", "宗", "起", "例", "个", "次", "件次", "")
MEASURES = {"review": CASES, "result": CASES, "document": ("件", "份", "个", "项", "")}
"""The measure words a figure of each kind is counted in; requests take any."""

HEADING_LENGTH = 30
JOINTS = ("、", "和", "及", "以及", "与", "或")


def read_claims(text: str, form: Form) -> list[Claim]:
    """Every figure of a report's prose that means cells of `form`, in reading order.

    Works on Markdown or on text taken out of a PDF. A figure that means no cell of the form (channels, proposals,
    telephone numbers) gives no claim, nor does one whose phrase is not understood.
    """
    prose = clean(text)
    memory = Memory(text, prose, form)
    for sentences in paragraphs(prose):
        _read_paragraph(memory, sentences)
    return sorted(map(_doubted(memory.claims), memory.claims), key=lambda claim: claim.span)


def _doubted(claims: list[Claim]) -> Callable[[Claim], Claim]:
    """收到128件，依法受理126件: where a sentence gives the same cells two figures, it is not clear which is theirs."""
    given: dict[tuple[object, ...], set[Number]] = {}
    for claim in claims:
        if claim.kind == "count":
            given.setdefault((claim.sentence, claim.terms, claim.scope, claim.year), set()).add(claim.value)

    def doubt(claim: Claim) -> Claim:
        twice = len(given.get((claim.sentence, claim.terms, claim.scope, claim.year), ())) > 1
        return replace(claim, certain=False) if twice else claim

    return doubt


def _read_paragraph(memory: Memory, sentences: list[Sentence]) -> None:
    """A short paragraph without figures is a heading, whose subject holds until the next."""
    short = len(sentences) == 1 and sentences[0].end - sentences[0].start <= HEADING_LENGTH
    heading = short and not any(clause.figures for clause in sentences[0].clauses)
    memory.open_paragraph(heading=heading)
    for sentence in sentences:
        memory.open_sentence(sentence)
        for clause in sentence.clauses:
            memory.open_clause(clause)
            if clause.figures:
                _read_figures(memory, clause)
                memory.idle = []
            else:
                _read_words(memory, clause)
    if heading:
        memory.close_heading()


def _read_words(memory: Memory, clause: Clause) -> None:
    """A clause without figures: it may state something, and it may name what the next figures are about."""
    tokens = memory.words.tokens(clause.text, clause.start)
    memory.situate(tokens, initial_only=True)
    _read_statement(memory, tokens, clause)
    first = {token.feature: token.value for token in reversed(tokens)}
    context = memory.context
    if "block" in first:
        blocks = memory.words.groups[[token for token in tokens if token.feature == "block"][-1].value]
        context = replace(context, subject="review", firm=True, blocks=blocks, blocks_clear=True)
    elif "requests" in first:
        context = replace(context, subject="requests", firm=True)
    elif "documents" in first:
        context = replace(context, subject="document", firm=True, document=first["documents"])
    elif "foreign" in first:
        context = replace(context, subject="foreign", whole=None)
    memory.context = context
    memory.idle = tokens


def _read_statement(memory: Memory, tokens: Sequence[Token], clause: Clause) -> None:
    statement = state(tokens, memory.context, memory.open_work)
    if statement is None or memory.period:
        return
    figure = Figure(Decimal(0), "count", "", None, 0, clause.start, clause.end, (clause.start, clause.end))
    kind: Kind = "statement" if statement.closing else "count"
    reading = Reading(statement.terms, "flow", statement.certain)
    memory.claim(kind, reading, figure, clause, certain=statement.certain)


def _read_figures(memory: Memory, clause: Clause) -> None:
    parts = segments(clause)
    leads = [memory.words.tokens(part.lead, part.lead_start) for part in parts]
    if len(parts) > 1 and any(token.feature == "each" for token in leads[0]):
        _read_respectively(memory, clause, parts, leads[0])
        return
    tail: list[Token] = []
    for part, lead in zip(parts, leads, strict=True):
        tail = memory.words.tokens(part.tail, part.tail_start)
        memory.situate(lead, initial_only=False)
        if any(token.feature == "of_which" for token in lead):
            memory.context = replace(memory.context, part=True)
        if part.figure.unit == "money":
            read_money(memory, clause, part.figure, lead)
        elif is_rate(part.figure, lead):
            read_rate(memory, clause, part.figure, lead)
        elif part.figure.unit == "count" and not any(token.feature == "to" for token in lead):
            _read_count(memory, clause, part, lead, tail)
        else:
            memory.pass_over(lead)
    if any(token.feature == "all" for token in tail):
        _read_statement(memory, tail, clause)


def _read_count(memory: Memory, clause: Clause, part: Segment, lead: list[Token], tail: list[Token]) -> None:
    figure = part.figure
    shared = next((index for index, token in enumerate(lead) if token.feature == "share"), None)
    if shared is not None:
        lead = lead[shared + 1 :]
    elif is_baseline(lead) or _read_earlier(memory, clause, figure, lead):
        return
    tokens, near = _phrase(memory, lead, tail)
    reading = interpret(tokens, memory.context)
    if reading is None or not _countable(figure, reading, clause):
        memory.pass_over(tokens)
        return
    if reading.terms == RECEIVED and {"including", "carry"} <= {token.feature for token in tail}:
        reading = replace(reading, terms=(*RECEIVED, *CARRIED_IN), loose=(RECEIVED,))
    index = memory.claim("count", reading, figure, clause, certain=reading.certain and near)
    if reading.terms == CARRIED_IN and any(token.feature == "including" for token in lead):
        memory.include_carried()
    if shared is not None and memory.last is not None:
        memory.stated_whole = (memory.last, reading.terms)  # 占答复总数121件的14.88%
    else:
        memory.remember(index, reading)


def _countable(figure: Figure, reading: Reading, clause: Clause) -> bool:
    """Whether the measure word fits; without one, a figure counts only where its clause ends with it."""
    fitting = figure.measure in MEASURES.get(reading.family, (figure.measure,))
    return fitting and (bool(figure.measure) or figure.end == clause.end)


def _read_earlier(memory: Memory, clause: Clause, figure: Figure, lead: list[Token]) -> bool:
    """较去年同期的115件, 上年为115件: last year's figure of what was just counted, which stays the subject."""
    features = {token.feature for token in lead}
    if memory.last is None or "prior" not in features or features & (MEANINGFUL | {"unknown"}):
        return False
    terms = tuple(f"{LAST_YEAR}{term}" for term in memory.claims[memory.last].terms)
    memory.claim("count", Reading(terms, "flow", False), figure, clause, certain=False)
    return True


def _phrase(memory: Memory, lead: list[Token], tail: list[Token]) -> tuple[list[Token], bool]:
    """The words that name what is counted: before the figure, else behind it, else (less surely) a clause before."""
    features = {token.feature for token in lead}
    if features & NAMING:
        return lead, True
    stops = ("并", "且", "(", "已") if features & MEANINGFUL else ("并", "且", "(")
    ends = (index for index, token in enumerate(tail) if token.feature == "all" or token.text in stops)
    behind = tail[: next(ends, len(tail))]
    if any(token.feature in MEANINGFUL | {"unknown", "next", "prior"} for token in behind):
        return [*lead, *behind], True
    if features & MEANINGFUL or not memory.idle:
        return lead, True
    plain = all(token.feature in ("filler", "year", "whole") for token in lead)
    return ([*memory.idle, *lead], False) if plain else (lead, True)


def _read_respectively(memory: Memory, clause: Clause, parts: list[Segment], lead: list[Token]) -> None:
    """予以公开、部分公开分别为23件、5件: the phrases of the list, one figure each; …，分别占82%和18%."""
    memory.situate(lead, initial_only=False)
    plain = [token for token in lead if token.feature != "each"]
    if all(part.figure.unit == "percent" for part in parts):
        targets = memory.recent[-len(parts) :]
        for part, target in zip(parts, targets if len(targets) == len(parts) else [], strict=False):
            memory.last = target
            read_rate(memory, clause, part.figure, plain)
        return
    phrases: list[list[Token]] = [[]]
    for token in plain:
        if token.text in JOINTS:
            phrases.append([])
        else:
            phrases[-1].append(token)
    noun = [token for token in lead if token.feature == "requests" or "信息公开" in token.text][:1]
    readings = [interpret([*phrase, *noun], memory.context) for phrase in phrases]
    if len(readings) != len(parts) or any(part.figure.unit != "count" for part in parts):
        memory.pass_over(lead)
        return
    for part, reading in zip(parts, readings, strict=True):
        if reading is not None:
            memory.remember(memory.claim("count", reading, part.figure, clause, certain=reading.certain), reading)
