"""What is known of the words around a figure, in the terms that the table of meanings asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from helpers.integrity.claims.context import TOLERATED, Context
from helpers.integrity.claims.model import GROSS, RECEIVED, Terms
from helpers.integrity.claims.senses import Facts, holds
from helpers.integrity.claims.vocabulary import Token, Vocabulary

GATHERING = ("共", "共计", "累计", "总计", "合计", "总共", "一共", "共有", "全年共", "共收")
UNCLEAR_FOR_REVIEW = ("受理", "登记受理", "依法受理", "接受", "收到并受理")
"""A body that 受理 a reconsideration may be the one that decides it, which is not what table 四 counts."""

ANSWERED = ("答复", "回复", "作出答复", "予以答复")
"""An answer in the narrow sense: requests withdrawn or no longer processed have an outcome but no answer."""

ABOUT_REQUESTS = (
    "requests",  # 政府信息公开申请46件
    "on_requests -unclear",  # 受理申请46件，答复35件: the subject goes on
    "outcome -unclear -on_foreign -on_review",  # 予以公开23件: nothing else has such an outcome
    "on_nothing -strange",  # 受理46件，答复35件, of which every word is understood
)
"""What makes a phrase one about requests where it is about neither reviews nor documents."""

Values = dict[str, tuple[str, ...]]


def gather(tokens: Sequence[Token], context: Context) -> Facts:
    """The facts of a phrase in its context: the features of its words, and what follows from them together."""
    tokens = without_channels(tokens)
    strange = _strange(tokens)
    facts: set[str] = {token.feature for token in tokens} | {f"on_{context.subject or 'nothing'}"}
    facts |= true(
        strange=strange,
        unclear=strange > TOLERATED,
        unsettled=any(token.text in context.words.unsettled for token in tokens),
        sure="requests" in facts or context.firm,
        part=context.part,
        concerned=context.subject in ("requests", "review")
        or any(token.feature == "requests" or "信息公开" in token.text for token in tokens),
    )
    values: Values = {}
    for look in (_reviews, _rows, _documents, _before):
        facts |= look(tokens, context, values)
    if "carry" in facts:
        facts |= _carried(tokens)
    facts |= true(about_requests=any(holds(pattern, frozenset(facts)) for pattern in ABOUT_REQUESTS))
    return Facts(frozenset(facts), values, _wholes(context, values["column"]))


def true(**facts: object) -> set[str]:
    """The names of those that hold."""
    return {name for name, fact in facts.items() if fact}


def without_channels(tokens: Sequence[Token]) -> Sequence[Token]:
    """通过网络、信函等渠道共受理… is about all channels: what stands before 共 only describes them."""
    for index in range(len(tokens) - 1, 0, -1):
        if tokens[index].text in GATHERING and sum(token.feature == "channel" for token in tokens[:index]) > 1:
            return tokens[index:]
    return tokens


def _strange(tokens: Sequence[Token]) -> int:
    """How many characters are not understood, after the words that open the statement proper (全县, 共)."""
    first = next((i for i, token in enumerate(tokens) if token.feature in ("row", "requests")), len(tokens))
    opening = [i for i, t in enumerate(tokens[:first]) if t.feature in ("whole", "year") or t.text in GATHERING]
    rest = tokens[opening[-1] :] if opening else tokens
    return sum(len(token.text) for token in rest if token.feature == "unknown")


def _reviews(tokens: Sequence[Token], context: Context, values: Values) -> set[str]:
    """Which reviews are meant, by name or because the sentence is about them, and with which results."""
    named = _blocks(tokens, context.words)
    clear = bool(named) or context.blocks_clear
    values["result"] = named_by(tokens, "result", "loose_result")
    values["block"] = named or context.blocks
    # 行政复议6件、行政诉讼3件，维持8件: the results may be those of both.
    values["whole_block"] = context.whole.blocks if context.whole and not clear else ()
    values["any_block"] = () if clear else context.words.reviews
    return true(
        reviews=values["block"],
        clear=clear,
        one_result=len(values["result"]) == 1,
        only_pending=values["result"] == ("pending",),
        decided_here=any(token.text in UNCLEAR_FOR_REVIEW for token in tokens),
    )


def _blocks(tokens: Sequence[Token], words: Vocabulary) -> tuple[str, ...]:
    """The reviews that a phrase names: the last one, together with those joined to it by 、 or 和."""
    rows: tuple[str, ...] = ()
    joined, end = False, -1
    for token in tokens:
        if token.feature == "filler":
            joined = joined or token.text in ("、", "和", "及", "以及", "或", "或者")
        elif token.feature == "block":
            named = words.groups[token.value]
            joined = joined or token.start == end
            rows = tuple(distinct((*rows, *named))) if rows and joined and not set(named) <= set(rows) else named
            joined, end = False, token.end
    return rows


def _rows(tokens: Sequence[Token], context: Context, values: Values) -> set[str]:
    """Flows, outcomes and applicants: 受理 is `received`, 答复 `total`, 予以公开 an outcome; the deepest is meant."""
    rows = named_by(tokens, "row")
    outcomes = [row for row in rows if row not in ("received", "total")]
    deepest = _deepest(outcomes)
    values["outcome"] = tuple(deepest)
    columns = distinct(c for name in named_by(tokens, "column") for c in context.words.groups[name])
    values["column"] = tuple(columns) or ("total",)
    narrow = "total" in rows and any(token.text in ANSWERED for token in tokens)
    values["answered"] = context.words.answered if narrow else ()
    return true(
        received="received" in rows,
        total="total" in rows,
        outcome=outcomes,
        several_outcomes=len(deepest) > 1,
        detail=any("." in row for row in deepest) and len(outcomes) == len(deepest),
    )


def _deepest(rows: Sequence[str]) -> list[str]:
    """The rows but for those that are only the heading of another: 不予公开中属于国家秘密的."""
    return [row for row in rows if not any(other.startswith(f"{row}.") for other in rows)]


def _carried(tokens: Sequence[Token]) -> set[str]:
    """Out of last year, or into the next: 上年结转, 结转下年, 2023年结转至本年, 结转至2025年."""
    at = next(token.start for token in tokens if token.feature == "carry")
    later = [token for token in tokens if token.start > at]
    return true(
        from_last_year=any(token.feature == "prior" for token in tokens)
        or any(token.text.startswith(("本年", "今年")) for token in later),
        into_next_year=any(token.feature == "next" for token in tokens)
        or any(token.feature == "year" for token in later),
        unfinished=any(token.text == "未办结" for token in tokens),
    )


def _documents(tokens: Sequence[Token], context: Context, values: Values) -> set[str]:
    """What table 二 counts: one subject, named or gone on about, and one of the columns that it has."""
    cells = [token.value.rpartition(".") for token in tokens if token.feature == "cell"]
    named = _deepest(distinct((*named_by(tokens, "document"), *(row for row, _, _ in cells))))
    document = named or ([context.document] if context.document else [])
    values["document"] = tuple(document) if len(document) == 1 else ()
    measures = named_by(tokens, "measure", "loose_measure") + tuple(column for _, _, column in cells)
    fitting = [
        column for column in distinct(measures) for row in values["document"] if context.words.knows(f"{row}.{column}")
    ]
    values["measure"] = tuple(fitting) if len(fitting) == 1 else ()
    return true(
        documentary=named or (measures and context.subject == "document"),
        loosely_measured=any(column in fitting for column in named_by(tokens, "loose_measure")),
    )


def _before(tokens: Sequence[Token], context: Context, values: Values) -> set[str]:
    """What was counted before: the whole that parts belong to, and the member of a list that 其他 closes."""
    whole, last = context.whole, context.last
    # After 自然人申请…，其中 an outcome may be that of the natural persons alone.
    after = whole and whole.family == "column" and context.part and values["column"] == ("total",)
    values["whole_column"] = tuple(sorted({term.rpartition(".")[2] for term in whole.terms})) if after and whole else ()
    values["remaining"] = RECEIVED if whole and whole.terms == RECEIVED else ()
    row = last.terms[0].rpartition(".")[0] if last else ""
    group = row.rpartition(".")[0]
    values["last_row"], values["last_group"] = (row,), (group,)
    values["last_block"] = last.blocks if last else ()
    return true(
        counted_before=whole,
        whole_counts_requests=whole and all(t.startswith("requests.") and t.endswith(".total") for t in whole.terms),
        whole_came_in=whole and whole.terms in (RECEIVED, GROSS),
        whole_received_alone=whole and whole.terms == RECEIVED and not whole.alternatives,
        after_outcome=last and last.family == "outcome",
        after_result=last and last.family == "result",
        after_column=last and last.family == "column" and len(last.terms) == 1,
        own_other=context.words.knows(f"{group}.other.total"),
    )


def _wholes(context: Context, columns: tuple[str, ...]) -> tuple[Terms, ...]:
    """The readings of the whole before, each in these columns."""
    named = (context.whole.terms, *context.whole.alternatives) if context.whole else ()
    return tuple(
        tuple(f"{term.rpartition('.')[0]}.{column}" for term in terms for column in columns)
        for terms in named
        if not any(term.startswith("-") for term in terms)
    )


def named_by(tokens: Iterable[Token], *features: str) -> tuple[str, ...]:
    """What the words of these features name, each once."""
    return tuple(distinct(token.value for token in tokens if token.feature in features))


def distinct(values: Iterable[str]) -> list[str]:
    """The values in order, each once."""
    return list(dict.fromkeys(values))
