"""Phrases about requests: received, carried over, answered, by outcome and by applicant."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.forms import Form
from helpers.integrity.claims.context import TOLERATED, Context, Reading, cell, distinct, in_columns, known
from helpers.integrity.claims.model import Terms
from helpers.integrity.claims.vocabulary import Token

FLOW = ("received", "total")
NO_ANSWER = ("received", "carried_over_in", "carried_over_out", "total", "otherwise_handled")
ANSWERED = ("答复", "回复", "作出答复", "予以答复")
"""An answer in the narrow sense: requests withdrawn or no longer processed have an outcome but no answer."""


def about_requests(tokens: Sequence[Token], context: Context, unknown: int) -> Reading | None:
    """Flows, outcomes and applicants: table 三. `unknown` counts the characters not understood."""
    features = {token.feature for token in tokens}
    named = "requests" in features
    if not named and (context.subject != "requests" or unknown > TOLERATED):
        outcome = any(token.feature == "row" and token.value not in FLOW for token in tokens)
        alone = context.subject is None and not unknown
        if unknown > TOLERATED or context.subject in ("foreign", "review") or not (outcome or alone):
            return None
    rows = [token for token in tokens if token.feature == "row"]
    outcomes = distinct(token.value for token in rows if token.value not in FLOW)
    columns = distinct(token.value for token in tokens if token.feature == "column")
    sure = named or context.firm
    if "carry" in features:
        return _carried(tokens, columns, context, sure) if not outcomes else None
    if outcomes:
        reading = _outcome(tokens, outcomes, columns, context, sure) if unknown <= TOLERATED else None
    elif columns:
        reading = _column(tokens, columns, context, sure) if unknown <= TOLERATED else None
    elif "other_kind" in features:
        reading = _other(context)
    else:
        reading = _flow(tokens, context, sure) if unknown <= TOLERATED else None
    return reading


def _flow(tokens: Sequence[Token], context: Context, sure: bool) -> Reading | None:
    features = {token.feature for token in tokens}
    texts = [token.text for token in tokens]
    values = {token.value for token in tokens if token.feature == "row"}
    received, carried, total = (cell(row) for row in ("received", "carried_over_in", "total"))
    gross = (received, carried)
    if "except" in features:
        return None
    if "gross" in features:
        return Reading(gross, "flow", sure, loose=((total,), (received,)))
    if "received" in values and ("total" in values or "handling" in features):
        return Reading((received,), "flow", sure, alternatives=((total,), gross))
    if "received" in values:
        return Reading((received,), "flow", sure, loose=(gross,))
    if "total" in values:
        answered = (
            tuple(cell(row) for row in _answered(context.form)) if any(text in ANSWERED for text in texts) else ()
        )
        alternatives: tuple[Terms, ...] = ()
        if context.whole and context.whole.terms == (received,):
            alternatives = ((received, "-" + cell("carried_over_out")),)
        return Reading((total,), "flow", sure, alternatives, loose=(answered,) if answered else ())
    if "handling" in features:
        return Reading((total,), "flow", sure, alternatives=((received,), gross))
    if "requests" in features and not (context.part or context.whole or "unknown" in features):
        return Reading((received,), "flow", False, alternatives=(gross, (total,)))
    return None


def _answered(form: Form) -> list[str]:
    """The outcome groups that end in an answer: every one but 其他处理."""
    groups = dict.fromkeys(address.split(".")[1] for address in form.cells if address.startswith("requests."))
    return [name for name in groups if name not in NO_ANSWER]


def _carried(tokens: Sequence[Token], columns: Sequence[str], context: Context, sure: bool) -> Reading | None:
    inward, outward = ("carried_over_in", "carried_over_out")
    at = next(token.start for token in tokens if token.feature == "carry")
    into_this_year = any(token.start > at and token.text.startswith(("本年", "今年")) for token in tokens)
    prior = into_this_year or any(token.feature == "prior" for token in tokens)
    following = any(token.feature == "next" or (token.feature == "year" and token.start > at) for token in tokens)
    if any(token.feature == "row" and token.value == "received" for token in tokens) and prior and not columns:
        return Reading((cell("received"), cell(inward)), "flow", sure)
    if prior == following:
        left_over = any(token.text == "未办结" for token in tokens)
        first, second = (outward, inward) if left_over or following else (inward, outward)
        terms = in_columns((cell(first),), columns, context)
        return Reading(terms, "flow", sure and not prior, alternatives=(in_columns((cell(second),), columns, context),))
    terms = in_columns((cell(inward if prior else outward),), columns, context)
    if following and not any(token.feature == "next" for token in tokens):
        # 结转至2024年 means one thing in the report on 2023 and another in that on 2024.
        return Reading(terms, "flow", sure, alternatives=(in_columns((cell(inward),), columns, context),))
    done = any(token.feature == "row" for token in tokens) and prior  # 办结上年结转申请2件: perhaps not all of them
    return Reading(terms, "flow", sure and not done)


def _outcome(
    tokens: Sequence[Token], outcomes: Sequence[str], columns: Sequence[str], context: Context, sure: bool
) -> Reading | None:
    if any(token.feature == "including" for token in tokens) and any(token.feature == "unknown" for token in tokens):
        return None
    deepest = [row for row in outcomes if not any(other.startswith(f"{row}.") for other in outcomes)]
    if len(deepest) > 1 and any(token.feature == "other_kind" for token in tokens):
        return None
    terms = in_columns(tuple(cell(row) for row in deepest), columns, context)
    alternatives: tuple[Terms, ...] = ()
    whole = context.whole
    if context.part and whole and whole.family == "column" and not columns:
        # After 自然人申请…，其中 an outcome may be that of the natural persons alone.
        own = {term.rpartition(".")[2] for term in whole.terms}
        alternatives = (tuple(f"{term.rpartition('.')[0]}.{column}" for term in terms for column in sorted(own)),)
    # 重复申请12件 after a total of requests may merely describe them; in a list of outcomes it is one.
    listed = context.last is not None and context.last.family == "outcome"
    leaf = any("." in row for row in deepest) and len(outcomes) == len(deepest)
    return Reading(terms, "outcome", (sure or context.subject is None) and (listed or not leaf), alternatives)


def _column(tokens: Sequence[Token], columns: Sequence[str], context: Context, sure: bool) -> Reading | None:
    values = {token.value for token in tokens if token.feature == "row"}
    received, carried, total = (cell(row) for row in ("received", "carried_over_in", "total"))
    every: list[Terms] = [(received,), (received, carried), (total,)]
    if "received" in values and "total" not in values:
        every = [(received,)]
    elif "total" in values and "received" not in values:
        every = [(total,)]
    elif any(token.feature == "gross" for token in tokens):
        every = [(received, carried)]
    elif context.whole and all(
        term.startswith("requests.") and term.endswith(".total") for term in context.whole.terms
    ):
        named = [context.whole.terms, *context.whole.alternatives]
        came_in = context.whole.terms in ((received,), (received, carried))
        # 受理…，结转…，其中自然人…: only what came in, right before 其中, is a whole beyond doubt.
        wholes = named if came_in and context.part else [*named, *every] if came_in else [*every, *named]
        every = [terms for terms in dict.fromkeys(wholes) if not any(term.startswith("-") for term in terms)]
    readings = [in_columns(terms, columns, context) for terms in every]
    loose = (in_columns((received, carried), columns, context),) if every == [(received,)] else ()
    return Reading(readings[0], "column", sure, tuple(readings[1:]), loose)


def _other(context: Context) -> Reading | None:
    """其他…件 at the end of a list belongs with the list; what exactly it counts is the writer's secret."""
    last = context.last
    if last is None:
        return None
    if last.family == "column":
        row = last.terms[0].rpartition(".")[0]
        return Reading((f"{row}.other",), "column", False) if len(last.terms) == 1 else None
    if last.family == "outcome":
        group = last.terms[0].rpartition(".")[0]
        parent, _, leaf = group.rpartition(".")
        own = f"{parent}.other.total"
        terms = (own,) if leaf and known(context.form, own) else (cell("otherwise_handled"),)
        return Reading(terms, "outcome", False)
    if last.family == "result":
        return Reading(
            tuple(f"review.{block}.other_outcome" for block in last.blocks), "result", False, blocks=last.blocks
        )
    return None
