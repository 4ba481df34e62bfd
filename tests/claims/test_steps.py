"""Reading is a walk of pure steps: the same state and phrase give the same, and what was said before stays."""

from __future__ import annotations

from copy import copy

from helpers.forms import get_form
from helpers.integrity.claims.context import Context
from helpers.integrity.claims.discourse import Discourse
from helpers.integrity.claims.model import GROSS, RECEIVED, Claim
from helpers.integrity.claims.phrases import phrases
from helpers.integrity.claims.reading import read_claims, step
from helpers.integrity.claims.vocabulary import vocabulary

TEXT = (
    "（二）依申请公开情况\n2024年，全县受理政府信息公开申请130件（含上年结转2件），其中县财政局受理9件，同比增长5%；"
    "答复121件，均已办结。制发行政规范性文件4件，行政复议6件，结果维持、纠正分别为5件、1件。"
)


def walk(text: str) -> tuple[list[Discourse], list[tuple[Claim, ...]]]:
    words = vocabulary(get_form("2021"))
    states, made = [Discourse(Context(words), Context(words))], []
    for phrase in phrases(text, words):
        before = copy(states[-1])
        state, claims = step(states[-1], phrase)
        assert step(states[-1], phrase) == (state, claims)
        assert states[-1] == before
        states.append(state)
        made.append(claims)
    return states, made


def test_a_step_repeated_gives_the_same_and_changes_nothing() -> None:
    states, made = walk(TEXT)
    assert states[-1] != states[0]
    assert {claim.span for claims in made for claim in claims} == {
        claim.span for claim in read_claims(TEXT, get_form("2021"))
    }


def test_a_bracket_makes_the_claim_before_it_again() -> None:
    """受理130件（含上年结转2件）: the first reading is replaced by the one that the bracket leaves."""
    _, made = walk("全县受理政府信息公开申请130件（含上年结转2件）。")
    first, (carried, again) = (claims for claims in made if claims)
    assert first[0].terms == RECEIVED
    assert (again.terms, again.span) == (GROSS, first[0].span)
    assert carried.value == 2
