"""What prose states without a figure: nothing was received, everything is closed, all were upheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from helpers.integrity.claims.context import TOLERATED, Context
from helpers.integrity.claims.meaning import interpret
from helpers.integrity.claims.model import Terms
from helpers.integrity.claims.vocabulary import Token

CLOSED = ("办结", "办理完毕", "办理完成", "处理完毕", "办毕", "答复办结", "完成办理", "办理办结", "完成答复")
SOFTENED = (
    "按时",
    "按期",
    "如期",
    "及时",
    "法定",
    "期限",
    "时限",
    "法定期限内",
    "规定时限内",
    "规定",
    "截至",
    "截止",
    "率",
)
"""均在法定期限内办结 speaks of deadlines: requests whose deadline lies in the next year do not contradict it."""


@dataclass(frozen=True)
class Statement:
    """Cells said to be zero; `closing` marks that everything is finished, `total` what "everything" is out of."""

    terms: Terms
    certain: bool
    closing: bool


def state(tokens: Sequence[Token], context: Context, open_work: bool) -> Statement | None:
    """The statement that a clause without figures makes, or None.

    `open_work` says that the sentence itself speaks of exceptions or of work carried over, which takes the edge
    off 均已办结.
    """
    first = next((token for token in tokens if token.feature not in ("filler", "whole", "year")), None)
    if first is None:
        return None
    if first.feature == "negation":
        return _nothing([token for token in tokens if token.feature != "negation"], context)
    for index, token in enumerate(tokens):
        if token.feature == "all":
            return _everything(tokens[:index], tokens[index + 1 :], context, open_work)
    return None


def _nothing(tokens: Sequence[Token], context: Context) -> Statement | None:
    """未发生行政复议、行政诉讼案件; 未收到政府信息公开申请; 无结转下年度办理件."""
    if any(token.feature in ("all", "prior", "unknown", "except") for token in tokens):
        return None
    reading = interpret(tokens, replace(context, whole=None, part=False, blocks=()))
    named = any(token.feature in ("requests", "block", "carry") for token in tokens)
    if reading is None or not named or any(term.startswith("-") for term in reading.terms):
        return None
    blocks = [token for token in tokens if token.feature == "block"]
    if reading.family == "review" and not any(term.endswith("pending") for term in reading.terms):
        return Statement(reading.terms, reading.certain, False)
    if reading.family == "result" and blocks and all(term.endswith(".corrected") for term in reading.terms):
        return Statement(reading.terms, False, False)
    if reading.family == "flow" and reading.terms == ("requests.received.total",):
        received = any(token.value == "received" for token in tokens)
        return Statement(reading.terms, reading.certain, False) if received else None
    if reading.family == "flow" and not reading.alternatives and reading.terms[0].startswith("requests.carried_over"):
        return Statement(reading.terms, reading.certain, False)
    return None


def _everything(before: Sequence[Token], after: Sequence[Token], context: Context, open_work: bool) -> Statement | None:
    """均已办结; 均获维持; 均为自然人申请."""
    unknown = sum(len(token.text) for token in (*before, *after) if token.feature == "unknown")
    barred = ("subset", "channel", "foreign", "negation", "except", "share", "narrow", "period", "prior")
    if unknown > TOLERATED or any(token.feature in barred for token in (*before, *after)):
        return None
    known = not unknown
    results = {token.value for token in after if token.feature == "results"}
    blocks = context.blocks if context.subject == "review" else ()
    if len(results) == 1 and results != {"pending"} and blocks:
        others = [name for name in ("upheld", "corrected", "other_outcome", "pending") if name not in results]
        terms = tuple(f"review.{block}.{name}" for block in blocks for name in others)
        return Statement(terms, known and context.blocks_clear, True)
    columns = {token.value for token in after if token.feature == "column"}
    last = context.last
    if columns == {"natural_person"} and last and last.family == "flow" and len(last.terms) == 1:
        row = last.terms[0].rpartition(".")[0]
        return Statement(tuple(f"{row}.{c}" for c in context.words.groups["organizations"]), known, False)
    closed = any(token.text in CLOSED for token in after) and not any(t.feature in ("row", "carry") for t in before)
    if closed and context.subject == "requests" and not open_work:
        soft = any(token.text.startswith(SOFTENED) for token in (*before, *after))
        return Statement(("requests.carried_over_out.total",), known and context.firm and not soft, True)
    return None
