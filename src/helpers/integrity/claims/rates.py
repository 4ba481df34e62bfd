"""Figures about figures: 占33.9%, 同比增长1.05%, 较上年增加20件; and amounts of money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from helpers.integrity.claims.clauses import Clause
from helpers.integrity.claims.context import Context, Reading
from helpers.integrity.claims.meaning import interpret
from helpers.integrity.claims.memory import RECEIVED, Memory
from helpers.integrity.claims.model import Claim, Kind, Terms
from helpers.integrity.claims.numerals import Figure
from helpers.integrity.claims.vocabulary import Token

SUBJECTS = {"row", "column", "block", "results", "documents", "requests", "foreign", "carry", "gross", "handling"}
FLOW_WHOLES: tuple[Terms, ...] = (
    ("requests.total.total",),
    ("requests.received.total",),
    ("requests.received.total", "requests.carried_over_in.total"),
)


def is_rate(figure: Figure, lead: Sequence[Token]) -> bool:
    """Whether a figure compares rather than counts."""
    features = {token.feature for token in lead}
    text = "".join(token.text for token in lead)
    more_than = "compare" in features and text.endswith(("多", "少", "新增"))
    return figure.unit in ("percent", "points", "times") or bool(features & {"up", "down"}) or more_than


def read_rate(memory: Memory, clause: Clause, figure: Figure, lead: list[Token]) -> None:
    """Make the claim of a share or of a change; a bare rate (办结率100%) and a change in points make none."""
    if memory.stated_whole and figure.unit == "percent" and all(token.feature == "filler" for token in lead):
        numerator, whole = memory.stated_whole
        _share(memory, clause, figure, memory.claims[numerator], (whole,), True)
    elif any(token.feature == "share" for token in lead):
        _read_share(memory, clause, figure, lead)
    elif (sign := direction(lead)) is not None and figure.unit != "points":
        _read_growth(memory, clause, figure, lead, sign)
    else:
        memory.last = None


def _read_share(memory: Memory, clause: Clause, figure: Figure, lead: list[Token]) -> None:
    cut = next(index for index, token in enumerate(lead) if token.feature == "share")
    target = memory.claims[memory.last] if memory.last is not None else None
    if any(token.feature in SUBJECTS for token in lead[:cut]):
        reading = interpret(lead[:cut], memory.context)
        target = _unstated(memory, reading, clause, figure) if reading else None
    if target is None or figure.unit != "percent" or not target.terms:
        return
    of, stated = denominators(lead[cut + 1 :], target.terms, memory.context)
    odd = any(token.feature in ("unknown", "whole", "narrow", "subset", "up", "down") for token in lead[cut:])
    _share(memory, clause, figure, target, of, stated, certain=not odd)


def _share(
    memory: Memory,
    clause: Clause,
    figure: Figure,
    part: Claim,
    of: tuple[Terms, ...],
    stated: bool,
    certain: bool = True,
) -> None:
    reading = Reading(part.terms, "flow", part.certain)
    memory.claim("share", reading, figure, clause, certain=part.certain and certain, of=of, of_stated=stated)


def _read_growth(memory: Memory, clause: Clause, figure: Figure, lead: list[Token], sign: int) -> None:
    target = memory.claims[memory.last] if memory.last is not None else None
    named = [token for token in lead if token.feature not in ("up", "down", "compare", "prior", "year", "unknown")]
    features = {token.feature for token in named}
    if features & SUBJECTS:
        received = [index for index in memory.recent if memory.claims[index].terms == RECEIVED]
        if received and features <= {"requests", "filler", "whole"}:
            target = memory.claims[received[-1]]  # 申请量同比… speaks of what came in
        elif target is None or features & {"row", "block", "column", "foreign"}:
            reading = interpret(named, replace(memory.context, whole=None, part=False))
            target = _unstated(memory, reading, clause, figure) if reading else None
    if target is None or target.kind != "count" or any(token.text == "环比" for token in lead):
        return
    base = [int(token.value) for token in lead if token.feature == "year"]
    kind: Kind = "change" if figure.unit == "count" else "growth"
    reading = Reading(target.terms, "flow", target.certain, target.alternatives, target.loose)
    base_year = base[-1] if base else None
    memory.claim(kind, reading, figure, clause, certain=target.certain, sign=sign, base_year=base_year)


def _unstated(memory: Memory, reading: Reading, clause: Clause, figure: Figure) -> Claim:
    """The claim that a phrase would make if it gave its figure: 申请量同比增长3倍."""
    return memory.claims.pop(memory.claim("count", reading, figure, clause, certain=reading.certain))


def direction(tokens: Sequence[Token]) -> int | None:
    """+1 for growth, -1 for decline, None where the words say neither or a new level (增至)."""
    features = {token.feature for token in tokens}
    text = "".join(token.text for token in tokens)
    if "to" in features or {"up", "down"} <= features:
        return None
    if "up" in features or ("compare" in features and text.endswith(("多", "新增"))):
        return 1
    return -1 if "down" in features or ("compare" in features and text.endswith("少")) else None


def denominators(tokens: Sequence[Token], part: Terms, context: Context) -> tuple[tuple[Terms, ...], bool]:
    """What a share may be measured against, and whether the words name exactly one such whole."""
    if {"row", "gross", "block"} & {token.feature for token in tokens}:
        reading = interpret(tokens, context)
        if reading is None:
            return (), False
        return (reading.terms, *reading.alternatives, *reading.loose), not reading.alternatives
    wholes: list[Terms] = []
    if context.whole is not None and context.whole.terms != part:
        wholes += [context.whole.terms, *context.whole.alternatives, *context.whole.loose]
    first = part[0]
    if first.startswith("review."):
        wholes.append(tuple(sorted({f"{term.rpartition('.')[0]}.total" for term in part})))
        wholes.append(
            tuple(
                address
                for address in context.form.cells
                if address.startswith("review.") and address.endswith(".total")
            )
        )
    elif first.startswith("requests."):
        wholes += FLOW_WHOLES
        if first.count(".") > 2:
            wholes.append((".".join([*first.split(".")[:2], first.rpartition(".")[2]]),))
        if not first.endswith(".total"):
            wholes.append((f"{first.rpartition('.')[0]}.total",))
    return tuple(dict.fromkeys(whole for whole in wholes if not any(term.startswith("-") for term in whole))), False


def read_money(memory: Memory, clause: Clause, figure: Figure, lead: list[Token]) -> None:
    """信息处理费 in 元, which the form has no cell for, and the statutory amount of fees, which it holds in 万元."""
    features = {token.feature for token in lead}
    idle = {token.feature for token in memory.idle}
    if "fee" in features or ("fee" in idle and not features & {"documents", "foreign"}):
        memory.claim("fee", Reading((), "flow", True), figure, clause, certain=True)
        return
    documents = {token.value for token in lead if token.feature == "documents"}
    address = f"proactive_disclosure.{min(documents, default='')}.amount"
    if len(documents) != 1 or address not in memory.form.cells:
        memory.pass_over(lead)
        return
    numeral = re.sub(r"[, ]", "", memory.prose.text[slice(*figure.number)])
    step = figure.value / Decimal(numeral) if re.fullmatch(r"[\d.]*[1-9][\d.]*", numeral) else Decimal(1)
    quantum = step.scaleb(-figure.places - 4).normalize()
    certain = "unknown" not in features
    reading = Reading((address,), "document", certain)
    amount = replace(figure, value=figure.value.scaleb(-4).quantize(min(quantum, Decimal(1))))
    memory.claim("count", reading, amount, clause, certain=certain, quantum=quantum)
