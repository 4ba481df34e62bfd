"""What the words around a figure mean: which cells it counts, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from helpers.forms.spec import LAST_YEAR
from helpers.integrity.claims.context import Context
from helpers.integrity.claims.facts import gather
from helpers.integrity.claims.model import Meaning, Terms
from helpers.integrity.claims.requests import REQUESTS
from helpers.integrity.claims.senses import Facts, Sense, first_fitting, holds, readings
from helpers.integrity.claims.vocabulary import Token

REVIEWS = (
    Sense("block|result|loose_result unclear", "政府信息公开引发群体性的行政复议【3】件。"),
    Sense("block|result|loose_result carry|column|gross", "政府信息公开行政复议上年结转【3】件。"),
    Sense(
        "result -reviews only_pending on_requests",
        "收到政府信息公开申请46件，尚未办结【3】件。",
        ("requests.carried_over_out.total",),
        None,
    ),
    Sense("result|loose_result -reviews", "城管案件维持【3】件。"),
    Sense("result|loose_result -block unknown", "政府信息公开行政复议6件，裁定维持【3】件。"),
    Sense(
        "result|loose_result",
        "政府信息公开行政复议6件，维持【5】件。",
        ("review.{block}.{result}", "review.{whole_block}.{result}", "review.{any_block}.{result}"),
        "concerned one_result -loose_result clear",
        family="result",
    ),
    # 行政复议答复6件, 其他行政诉讼6件: neither table counts these.
    Sense("block total|outcome|other_kind", "政府信息公开行政复议答复【6】件。"),
    Sense(
        "block",
        "政府信息公开行政复议【6】件。",
        ("review.{block}.total",),
        "concerned -handling -decided_here",
        family="review",
    ),
)

DOCUMENTS = (
    Sense("documentary unknown", "制发乡村振兴行政规范性文件【4】件。"),
    Sense("documentary row|requests|handling|other_kind", "办理行政许可处理决定【4】件。"),
    Sense(
        "documentary", "制发行政规范性文件【4】件。", ("{document}.{measure}",), "-loosely_measured", family="document"
    ),
)

MEANINGS = (
    Sense("subset|channel|foreign|fee|negation|share", "收到政府信息公开申请网络渠道【5】件。"),
    *REVIEWS,
    *DOCUMENTS,
    Sense("-about_requests", "全年组织活动【6】次。"),
    *REQUESTS,
)
"""What a count may mean, tried from above: a phrase names reviews, documents or requests, in this order."""


def interpret(tokens: Sequence[Token], context: Context) -> Meaning | None:
    """The cells that the words before (and after) a figure name; None where they name none of the form's."""
    facts = gather(tokens, context)
    sense = first_fitting(MEANINGS, facts)
    found = readings(sense.reads, facts) if sense else ()
    if sense is None or not found:
        return None
    meaning = Meaning(
        found[0],
        sense.family,
        sense.certain is not None and holds(sense.certain + " -unsettled -unknown", facts.facts),
        found[1:],
        readings(sense.loose, facts),
        _blocks(sense, facts),
        facts.values["document"][0] if sense.family == "document" else None,
    )
    if holds("prior -carry", facts.facts):
        return _last_year(meaning)
    return meaning if all(map(context.words.knows, meaning.terms)) else None


def _blocks(sense: Sense, facts: Facts) -> tuple[str, ...]:
    if sense.family not in ("review", "result"):
        return ()
    return facts.values["last_block" if "{last_block}" in sense.reads[0] else "block"]


def _last_year(meaning: Meaning) -> Meaning:
    """上年受理115件: the same cells in last year's report, which is not at hand with the same certainty."""

    def shift(*several: Terms) -> tuple[Terms, ...]:
        return tuple(tuple(f"{LAST_YEAR}{term}" for term in terms) for terms in several)

    return replace(
        meaning,
        terms=shift(meaning.terms)[0],
        certain=False,
        alternatives=shift(*meaning.alternatives),
        loose=shift(*meaning.loose),
        document=None,
    )
