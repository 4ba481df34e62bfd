"""Figures about figures: 占33.9%, 同比增长1.05%, 较上年增加20件; and amounts of money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from helpers.integrity.claims.context import Context
from helpers.integrity.claims.discourse import Discourse, Onward, claim, passing
from helpers.integrity.claims.facts import gather
from helpers.integrity.claims.lexicon import Feature
from helpers.integrity.claims.meaning import interpret
from helpers.integrity.claims.model import GROSS, RECEIVED, Claim, ClaimKind, Meaning, Terms
from helpers.integrity.claims.numerals import Figure
from helpers.integrity.claims.phrases import Stated
from helpers.integrity.claims.senses import holds
from helpers.integrity.claims.vocabulary import Token, has

SUBJECTS: tuple[Feature, ...] = (
    "row", "column", "block", "result", "document", "cell", "requests", "foreign", "carry", "gross", "handling",
)  # fmt: skip  # one item a line would be a screen of commas
COMPARING: tuple[Feature, ...] = ("share", "up", "down", "to", "compare", "prior")
FLOW_WHOLES: tuple[Terms, ...] = (("requests.total.total",), RECEIVED, GROSS)


def is_rate(figure: Figure, lead: Sequence[Token]) -> bool:
    """Whether a figure compares rather than counts."""
    return (
        figure.unit in ("percent", "points", "times") or has(lead, "up", "down") or _compared(lead, "多", "少", "新增")
    )


def _compared(tokens: Sequence[Token], *ends: str) -> bool:
    """Whether the words compare and end so: 较上年多…"""
    return has(tokens, "compare") and "".join(token.text for token in tokens).endswith(ends)


def direction(tokens: Sequence[Token]) -> int | None:
    """+1 for growth, -1 for decline, None where the words say neither or a new level (增至)."""
    if has(tokens, "to") or (has(tokens, "up") and has(tokens, "down")):
        return None
    if has(tokens, "up") or _compared(tokens, "多", "新增"):
        return 1
    return -1 if has(tokens, "down") or _compared(tokens, "少") else None


def read_rate(state: Discourse, stated: Stated, lead: tuple[Token, ...]) -> Onward:
    """The claim of a share or of a change; a bare rate (办结率100%) and a change in points make none."""
    unit, sign = stated.figure.unit, direction(lead)
    if state.stated_whole and unit == "percent" and all(token.feature == "filler" for token in lead):
        part, whole = state.stated_whole
        return state, (_share(state, stated, part, (whole,), certain=True),)
    if has(lead, "share"):
        return state, _read_share(state, stated, lead)
    if sign is not None and unit != "points":
        return state, _read_growth(state, stated, lead, sign)
    return replace(state, last=None), ()


def _read_share(state: Discourse, stated: Stated, lead: tuple[Token, ...]) -> tuple[Claim, ...]:
    cut = next(index for index, token in enumerate(lead) if token.feature == "share")
    target = state.last
    if has(lead[:cut], *SUBJECTS):
        meaning = interpret(lead[:cut], state.context)
        target = _unstated(state, meaning, stated) if meaning else None
    if target is None or stated.figure.unit != "percent":
        return ()
    of = denominators(lead[cut + 1 :], target.terms, state.context)
    odd = has(lead[cut:], "unknown", "whole", "narrow", "subset", "up", "down")
    return (_share(state, stated, target, of, certain=not odd),)


def _share(state: Discourse, stated: Stated, part: Claim, of: tuple[Terms, ...], *, certain: bool) -> Claim:
    meaning = Meaning(part.terms, "flow", part.certain)
    return claim(state, "share", meaning, stated, certain=part.certain and certain, of=of)


def _read_growth(state: Discourse, stated: Stated, lead: Sequence[Token], sign: int) -> tuple[Claim, ...]:
    target = state.last
    named = [token for token in lead if token.feature not in ("up", "down", "compare", "prior", "year", "unknown")]
    if has(named, *SUBJECTS):
        received = [one for one in state.recent if one.terms == RECEIVED]
        if received and all(token.feature in ("requests", "filler", "whole") for token in named):
            target = received[-1]  # 申请量同比… speaks of what came in
        elif target is None or has(named, "row", "block", "column", "foreign"):
            meaning = interpret(named, replace(state.context, whole=None, part=False))
            target = _unstated(state, meaning, stated) if meaning else None
    if target is None or target.kind != "count" or any(token.text == "环比" for token in lead):
        return ()
    base = [int(token.value) for token in lead if token.feature == "year"]
    kind: ClaimKind = "change" if stated.figure.unit == "count" else "growth"
    meaning = Meaning(target.terms, "flow", target.certain, target.alternatives, target.loose)
    base_year = base[-1] if base else None
    return (claim(state, kind, meaning, stated, certain=target.certain, sign=sign, base_year=base_year),)


def _unstated(state: Discourse, meaning: Meaning, stated: Stated) -> Claim:
    """The claim that a phrase would make if it gave its figure: 申请量同比增长3倍."""
    return claim(state, "count", meaning, stated, certain=meaning.certain)


def denominators(tokens: Sequence[Token], part: Terms, context: Context) -> tuple[Terms, ...]:
    """What a share may be measured against."""
    if has(tokens, "row", "gross", "block"):
        meaning = interpret(tokens, context)
        return (meaning.terms, *meaning.alternatives, *meaning.loose) if meaning else ()
    wholes: list[Terms] = []
    if context.whole is not None and context.whole.terms != part:
        wholes += [context.whole.terms, *context.whole.alternatives, *context.whole.loose]
    table, *rows, column = part[0].split(".")
    if table == "review":
        wholes.append(tuple(sorted({f"{term.rpartition('.')[0]}.total" for term in part})))
        wholes.append(tuple(f"review.{block}.total" for block in context.words.reviews))
    elif table == "requests":
        wholes += FLOW_WHOLES
        if len(rows) > 1:  # 不予公开…，其中国家秘密1件，占5%: of the group
            wholes.append((f"requests.{rows[0]}.{column}",))
        if column != "total":
            wholes.append((f"{part[0].rpartition('.')[0]}.total",))
    return tuple(dict.fromkeys(whole for whole in wholes if not any(term.startswith("-") for term in whole)))


def read_money(state: Discourse, stated: Stated, lead: tuple[Token, ...]) -> Onward:
    """信息处理费 in 元, which the form has no cell for, and the amounts that it holds in 万元.

    行政事业性收费96万元 is its amount, whatever else is said of it, though then with less certainty; where the row
    counts more than money (政府集中采购), or is not named with the figure, every word has to be understood.
    """
    if has(lead, "fee") or (has(state.idle, "fee") and not has(lead, "document", "cell", "foreign")):
        return state, (claim(state, "fee", Meaning((), "flow", True), stated, certain=True),)
    facts = gather(lead, state.context)
    form = state.context.words.form
    cells = [form.cells[address] for row in facts.values["document"] for address in form.headings[row].cells]
    amounts = [cell for cell in cells if cell.kind == "decimal"]
    told = [cell for cell in amounts if facts.values["measure"] == (cell.column,)]
    named = has(lead, "document", "cell")
    clear = holds("-unknown -subset -channel -foreign -negation", facts.facts)
    if len(amounts) != 1 or has(lead, *COMPARING) or not (told or named) or not (clear or (named and len(cells) == 1)):
        return passing(state, lead), ()
    figure = stated.figure
    quantum = figure.step.scaleb(-figure.places - 4).normalize()
    amount = replace(figure, value=figure.value.scaleb(-4).quantize(min(quantum, Decimal(1))))
    meaning = Meaning((amounts[0].address,), "document", not has(lead, "unknown"))
    made = claim(state, "count", meaning, replace(stated, figure=amount), certain=meaning.certain, quantum=quantum)
    return state, (made,)
