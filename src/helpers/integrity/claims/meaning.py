"""What the words around a figure mean: which cells it counts, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from helpers.forms import Form
from helpers.integrity.claims.model import LAST_YEAR, Terms
from helpers.integrity.claims.vocabulary import Token, Vocabulary

Family = Literal["flow", "outcome", "column", "review", "result", "document"]
FLOW = ("received", "total")
NO_ANSWER = ("received", "carried_over_in", "carried_over_out", "total", "otherwise_handled")
TOLERATED = 2
"""Unknown characters that a phrase may hold and still be read, with less certainty."""
GATHERING = ("共", "共计", "累计", "总计", "合计", "总共", "一共", "共有", "全年共", "共收")
UNCLEAR_FOR_REVIEW = ("受理", "登记受理", "依法受理", "接受", "收到并受理")
"""A body that 受理 a reconsideration may be the one that decides it, which is not what table 四 counts."""
ANSWERED = ("答复", "回复", "作出答复", "予以答复")
"""An answer in the narrow sense: requests withdrawn or no longer processed have an outcome but no answer."""


@dataclass(frozen=True)
class Reading:
    """The cells that a phrase names; see `Claim` for the fields of the same name."""

    terms: Terms
    family: Family
    certain: bool
    alternatives: tuple[Terms, ...] = ()
    loose: tuple[Terms, ...] = ()
    blocks: tuple[str, ...] = ()
    document: str | None = None


@dataclass(frozen=True)
class Context:
    """What the sentence has said so far: its subject, the reviews it is about, the whole that parts belong to."""

    form: Form
    words: Vocabulary
    subject: Literal["requests", "review", "document", "foreign"] | None = None
    firm: bool = False
    """Whether the subject was named in this paragraph, not merely by a heading."""
    blocks: tuple[str, ...] = ()
    blocks_clear: bool = True
    document: str | None = None
    whole: Reading | None = None
    last: Reading | None = None
    part: bool = False
    """Whether 其中 stands before."""


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
        reading = _requests(tokens, context, unknown)
    if reading is None:
        return None
    if "prior" in features and "carry" not in features:
        return _last_year(reading)
    if not all(_known(context.form, address) for terms in (reading.terms,) for address in terms):
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


def _requests(tokens: Sequence[Token], context: Context, unknown: int) -> Reading | None:
    features = {token.feature for token in tokens}
    named = "requests" in features
    if not named and (context.subject != "requests" or unknown > TOLERATED):
        outcome = any(token.feature == "row" and token.value not in FLOW for token in tokens)
        alone = context.subject is None and not unknown
        if unknown > TOLERATED or context.subject in ("foreign", "review") or not (outcome or alone):
            return None
    rows = [token for token in tokens if token.feature == "row"]
    outcomes = _distinct(token.value for token in rows if token.value not in FLOW)
    columns = _distinct(token.value for token in tokens if token.feature == "column")
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
    received, carried, total = (_cell(row) for row in ("received", "carried_over_in", "total"))
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
            tuple(_cell(row) for row in _answered(context.form)) if any(text in ANSWERED for text in texts) else ()
        )
        alternatives: tuple[Terms, ...] = ()
        if context.whole and context.whole.terms == (received,):
            alternatives = ((received, "-" + _cell("carried_over_out")),)
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
        return Reading((_cell("received"), _cell(inward)), "flow", sure)
    if prior == following:
        left_over = any(token.text == "未办结" for token in tokens)
        first, second = (outward, inward) if left_over or following else (inward, outward)
        terms = _in_columns((_cell(first),), columns, context)
        return Reading(
            terms, "flow", sure and not prior, alternatives=(_in_columns((_cell(second),), columns, context),)
        )
    terms = _in_columns((_cell(inward if prior else outward),), columns, context)
    if following and not any(token.feature == "next" for token in tokens):
        # 结转至2024年 means one thing in the report on 2023 and another in that on 2024.
        return Reading(terms, "flow", sure, alternatives=(_in_columns((_cell(inward),), columns, context),))
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
    terms = _in_columns(tuple(_cell(row) for row in deepest), columns, context)
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
    received, carried, total = (_cell(row) for row in ("received", "carried_over_in", "total"))
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
    readings = [_in_columns(terms, columns, context) for terms in every]
    loose = (_in_columns((received, carried), columns, context),) if every == [(received,)] else ()
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
        terms = (own,) if leaf and _known(context.form, own) else (_cell("otherwise_handled"),)
        return Reading(terms, "outcome", False)
    if last.family == "result":
        return Reading(
            tuple(f"review.{block}.other_outcome" for block in last.blocks), "result", False, blocks=last.blocks
        )
    return None


def _review(tokens: Sequence[Token], context: Context) -> Reading | None:
    features = {token.feature for token in tokens}
    if features & {"carry", "column", "gross"}:
        return None
    named = _blocks([token for token in tokens if token.feature in ("block", "filler")], context)
    blocks = named or context.blocks
    results = [token for token in tokens if token.feature in ("results", "loose_results")]
    values = _distinct(token.value for token in results)
    if not blocks:
        pending = values == ["pending"] and context.subject == "requests"
        return Reading((_cell("carried_over_out"),), "flow", False) if pending else None
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
    subjects = _distinct(token.value for token in tokens if token.feature == "documents")
    columns = [token for token in tokens if token.feature in ("exact_columns", "loose_columns")]
    subject = subjects[0] if len(subjects) == 1 else context.document if not subjects else None
    if subject is None or any(token.feature in ("row", "requests", "handling", "other_kind") for token in tokens):
        return None
    fitting = [token for token in columns if _known(context.form, f"proactive_disclosure.{subject}.{token.value}")]
    values = _distinct(token.value for token in fitting)
    if len(values) != 1:
        return None
    sure = all(token.feature == "exact_columns" for token in fitting)
    return Reading((f"proactive_disclosure.{subject}.{values[0]}",), "document", sure, document=subject)


def _last_year(reading: Reading) -> Reading:
    def shift(terms: Terms) -> Terms:
        return tuple(f"{LAST_YEAR}{term}" for term in terms)

    shifted = tuple(map(shift, reading.alternatives)), tuple(map(shift, reading.loose))
    return Reading(shift(reading.terms), reading.family, False, *shifted, reading.blocks)


def _in_columns(terms: Terms, columns: Sequence[str], context: Context) -> Terms:
    wanted = [c for name in columns for c in context.words.groups.get(name, (name,))]
    if not wanted:
        return terms
    return tuple(f"{term.rpartition('.')[0]}.{column}" for term in terms for column in _distinct(wanted))


def _cell(row: str) -> str:
    return f"requests.{row}.total"


def _known(form: Form, address: str) -> bool:
    if address in form.cells:
        return True
    row, _, column = address.rpartition(".")
    return any(cell.startswith(f"{row}.") and cell.endswith(f".{column}") for cell in form.cells)


def _distinct(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(values))
