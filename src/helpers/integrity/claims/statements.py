"""What prose states without a figure: nothing was received, everything is closed, all were upheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.integrity.claims.context import TOLERATED
from helpers.integrity.claims.discourse import Discourse, claim
from helpers.integrity.claims.facts import named_by, true
from helpers.integrity.claims.lexicon import Feature
from helpers.integrity.claims.meaning import interpret
from helpers.integrity.claims.model import RECEIVED, Claim, Meaning
from helpers.integrity.claims.phrases import Stated
from helpers.integrity.claims.senses import Facts, Sense, first_fitting, holds, readings
from helpers.integrity.claims.vocabulary import Token, has

CLOSED = ("办结", "办理完毕", "办理完成", "处理完毕", "办毕", "答复办结", "完成办理", "办理办结", "完成答复")
SOFTENED = ("按时", "按期", "如期", "及时", "法定", "期限", "时限", "规定", "截至", "截止", "率")
"""均在法定期限内办结 speaks of deadlines: requests whose deadline lies in the next year do not contradict it."""

BARRED: tuple[Feature, ...] = (
    "subset", "channel", "foreign", "negation", "except", "share", "narrow", "period", "prior",
)  # fmt: skip  # one item a line would be a screen of commas

STATEMENTS = (
    Sense("nothing all|prior|unknown|except", "全年未【全部受理政府信息公开申请】。"),
    Sense("nothing means_reviews", "【全年未发生政府信息公开行政复议】。", ("{meant}",), "meant_certainly"),
    # 未被纠正: upheld, pending or else, but not this; a form of words that offices use loosely.
    Sense("nothing block means_corrected", "【未发生行政诉讼被纠正】。", ("{meant}",), None),
    Sense(
        "nothing requests means_received received", "【全县未收到政府信息公开申请】。", ("{meant}",), "meant_certainly"
    ),
    Sense(
        "nothing requests|carry means_carried",
        "政府信息公开申请予以公开3件，【无结转下年度办理件】。",
        ("{meant}",),
        "meant_certainly",
    ),
    Sense(
        "everything -barred one_result -pending on_review",
        "政府信息公开行政复议8件，【均获维持】。",
        ("review.{block}.{other_result}",),
        "clear -unknown",
        kind="statement",
    ),
    Sense(
        "everything -barred natural_persons after_flow",
        "收到政府信息公开申请3件，【均为自然人申请】。",
        ("{last_row}.{other_column}",),
        "-unknown",
    ),
    Sense(
        "everything -barred closed on_requests -open_work",
        "收到政府信息公开申请46件，【均已办结】。",
        ("requests.carried_over_out.total",),
        "firm -soft -unknown",
        kind="statement",
    ),
)


def read_statement(state: Discourse, tokens: Sequence[Token], nothing: Stated) -> tuple[Claim, ...]:
    """The claim that words without a figure make: some cells are zero. None of part of a year."""
    first = next((token for token in tokens if token.feature not in ("filler", "whole", "year")), None)
    if first is None or state.period:
        return ()
    facts = _nothing(state, tokens) if first.feature == "negation" else _everything(state, tokens)
    sense = first_fitting(STATEMENTS, facts)
    found = readings(sense.reads, facts) if sense else ()
    if sense is None or not found:
        return ()
    certain = sense.certain is not None and holds(sense.certain, facts.facts)
    return (claim(state, sense.kind, Meaning(found[0], "flow", certain), nothing, certain=certain),)


def _nothing(state: Discourse, tokens: Sequence[Token]) -> Facts:
    """未发生行政复议、行政诉讼案件; 未收到政府信息公开申请; 无结转下年度办理件."""
    tokens = [token for token in tokens if token.feature != "negation"]
    facts: set[str] = {"nothing"} | {token.feature for token in tokens}
    meaning = interpret(tokens, replace(state.context, whole=None, part=False, blocks=()))
    if meaning is None:
        return Facts(frozenset(facts), {})
    facts |= true(
        received="received" in named_by(tokens, "row"),
        meant_certainly=meaning.certain,
        means_reviews=meaning.family == "review",
        means_corrected=all(term.endswith(".corrected") for term in meaning.terms),
        means_received=meaning.terms == RECEIVED,
        means_carried=meaning.terms[0].startswith("requests.carried_over") and not meaning.alternatives,
    )
    return Facts(frozenset(facts), {"meant": meaning.terms})


def _everything(state: Discourse, tokens: Sequence[Token]) -> Facts:
    """均已办结; 均获维持; 均为自然人申请."""
    context, last = state.context, state.context.last
    at = next((index for index, token in enumerate(tokens) if token.feature == "all"), None)
    if at is None:
        return Facts(frozenset(), {})
    before, after = tokens[:at], tokens[at + 1 :]
    around = (*before, *after)
    results = named_by(after, "result")
    facts = {"everything", f"on_{context.subject}"} | true(
        unknown=has(around, "unknown"),
        barred=has(around, *BARRED)
        or sum(len(token.text) for token in around if token.feature == "unknown") > TOLERATED,
        one_result=len(results) == 1,
        pending="pending" in results,
        clear=context.blocks_clear,
        firm=context.firm,
        natural_persons=named_by(after, "column") == ("natural_person",),
        after_flow=last and last.family == "flow" and len(last.terms) == 1,
        closed=any(token.text in CLOSED for token in after) and not has(before, "row", "carry"),
        open_work=state.open_work,
        soft=any(token.text.startswith(SOFTENED) for token in around),
    )
    values = {
        "block": context.blocks if context.subject == "review" else (),
        "other_result": tuple(name for name in context.words.results if name not in results),
        "last_row": (last.terms[0].rpartition(".")[0],) if last else (),
        "other_column": tuple(name for name in context.words.applicants if name != "natural_person"),
    }
    return Facts(frozenset(facts), values)
