"""What the words around a figure mean: which cells it counts, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.forms import Form
from helpers.integrity.claims.context import TOLERATED, Context, Reading, cell, distinct, known
from helpers.integrity.claims.model import LAST_YEAR, Terms
from helpers.integrity.claims.requests import about_requests
from helpers.integrity.claims.vocabulary import Token

GATHERING = ("共", "共计", "累计", "总计", "合计", "总共", "一共", "共有", "全年共", "共收")
UNCLEAR_FOR_REVIEW = ("受理", "登记受理", "依法受理", "接受", "收到并受理")
"""A body that 受理 a reconsideration may be the one that decides it, which is not what table 四 counts."""


def interpret(tokens: Sequence[Token], context: Context) -> Reading | None:
    """The cells that the words before (and after) a figure name; None where they name none of the form's."""
    tokens = _without_channels(tokens)
    features = {token.feature for token in tokens}
    if features & {"subset", "channel", "foreign", "fee", "negation", "share"}:
        return None
    unknown = _unknown(tokens)
    if "block" in features or features & {"results", "loose_results"}:
        reading = _review(tokens, context) if unknown <= TOLERATED else None
    elif "documents" in features or (features & {"exact_columns", "loose_columns"} and context.subject == "document"):
        reading = _document(tokens, context) if "unknown" not in features else None
    else:
        reading = about_requests(tokens, context, unknown)
    if reading is None:
        return None
    if "prior" in features and "carry" not in features:
        return _last_year(reading)
    if not all(known(context.form, address) for terms in (reading.terms,) for address in terms):
        return None
    settled = not any(token.text in context.words.unsettled or token.feature == "unknown" for token in tokens)
    return replace(reading, certain=reading.certain and settled)


def _unknown(tokens: Sequence[Token]) -> int:
    """How many characters are not understood, after the words that open the statement proper (全县, 共)."""
    first = next((i for i, token in enumerate(tokens) if token.feature in ("row", "requests")), len(tokens))
    opening = [i for i, t in enumerate(tokens[:first]) if t.feature in ("whole", "year") or t.text in GATHERING]
    rest = tokens[opening[-1] :] if opening else tokens
    return sum(len(token.text) for token in rest if token.feature == "unknown")


def _without_channels(tokens: Sequence[Token]) -> Sequence[Token]:
    """通过网络、信函等渠道共受理… is about all channels: what stands before 共 only describes them."""
    for index in range(len(tokens) - 1, 0, -1):
        before = tokens[:index]
        if tokens[index].text in GATHERING and sum(token.feature == "channel" for token in before) > 1:
            return tokens[index:]
    return tokens


def _review(tokens: Sequence[Token], context: Context) -> Reading | None:
    features = {token.feature for token in tokens}
    if features & {"carry", "column", "gross"}:
        return None
    named = _blocks([token for token in tokens if token.feature in ("block", "filler")], context)
    blocks = named or context.blocks
    results = [token for token in tokens if token.feature in ("results", "loose_results")]
    values = distinct(token.value for token in results)
    if not blocks:
        pending = values == ["pending"] and context.subject == "requests"
        return Reading((cell("carried_over_out"),), "flow", False) if pending else None
    named_here = any(token.feature == "requests" or "信息公开" in token.text for token in tokens)
    concerned = named_here or context.subject in ("requests", "review")
    if values and not named and any(token.feature == "unknown" for token in tokens):
        return None
    if values:
        clear = bool(named) or context.blocks_clear
        settled = len(values) == 1 and "loose_results" not in features
        terms = tuple(f"review.{block}.{value}" for value in values for block in blocks)
        whole = context.whole.blocks if context.whole else ()
        wider = [] if clear else [whole, _every_review(context.form)]
        alternatives = tuple(tuple(f"review.{b}.{value}" for value in values for b in w) for w in wider if w)
        return Reading(terms, "result", concerned and settled and clear, alternatives, blocks=blocks)
    if any(token.feature == "row" and token.value != "received" for token in tokens) or "other_kind" in features:
        return None
    unclear = "handling" in features or any(token.text in UNCLEAR_FOR_REVIEW for token in tokens)
    terms = tuple(f"review.{block}.total" for block in blocks)
    return Reading(terms, "review", concerned and bool(named) and not unclear, blocks=blocks) if named else None


def _every_review(form: Form) -> tuple[str, ...]:
    return tuple(dict.fromkeys(address.split(".")[1] for address in form.cells if address.startswith("review.")))


def _blocks(tokens: Sequence[Token], context: Context) -> tuple[str, ...]:
    """The reviews that a phrase names: the last one, together with those joined to it by 、 or 和."""
    rows: tuple[str, ...] = ()
    joined, end = False, -1
    for token in tokens:
        if token.feature == "filler":
            joined = joined or token.text in ("、", "和", "及", "以及", "或", "或者")
            continue
        named = context.words.groups[token.value]
        joined = joined or token.start == end
        if rows and joined and not set(named) <= set(rows):
            rows += tuple(row for row in named if row not in rows)
        else:
            rows = named
        joined, end = False, token.end
    return rows


def _document(tokens: Sequence[Token], context: Context) -> Reading | None:
    subjects = distinct(token.value for token in tokens if token.feature == "documents")
    columns = [token for token in tokens if token.feature in ("exact_columns", "loose_columns")]
    subject = subjects[0] if len(subjects) == 1 else context.document if not subjects else None
    if subject is None or any(token.feature in ("row", "requests", "handling", "other_kind") for token in tokens):
        return None
    fitting = [token for token in columns if known(context.form, f"proactive_disclosure.{subject}.{token.value}")]
    values = distinct(token.value for token in fitting)
    if len(values) != 1:
        return None
    sure = all(token.feature == "exact_columns" for token in fitting)
    return Reading((f"proactive_disclosure.{subject}.{values[0]}",), "document", sure, document=subject)


def _last_year(reading: Reading) -> Reading:
    def shift(terms: Terms) -> Terms:
        return tuple(f"{LAST_YEAR}{term}" for term in terms)

    shifted = tuple(map(shift, reading.alternatives)), tuple(map(shift, reading.loose))
    return Reading(shift(reading.terms), reading.family, False, *shifted, reading.blocks)
