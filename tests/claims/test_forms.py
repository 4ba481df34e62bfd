"""Prose on a form that nobody has decreed: its words are its own, and what the others know of stays out of it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from helpers.forms import Form, get_form, read_form
from helpers.integrity.claims import read_claims
from helpers.integrity.claims.vocabulary import vocabulary


@pytest.fixture(scope="module")
def invented() -> Form:
    return read_form(Path(__file__).parents[1] / "forms" / "invented.yaml")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("户政出生窗口4件。", {"services.household.births.window": 4}),
        ("户政网上13件，迁移网上10件。", {"services.household.online": 13, "services.household.moves.online": 10}),
        ("来电接听41件，年末未结6件。", {"hotline.calls.taken": 41, "hotline.calls.open_after": 6}),
        ("收支费用1.5万元。", {"hotline.balance.cost": Decimal("1.5")}),
        ("来电41件，收支预算1.5万元。", {}),
        ("受理政府信息公开申请46件，维持3件，制发行政规范性文件4件，均已办结。", {}),
    ],
)
def test_rows_and_columns_of_any_table_are_read_by_their_labels(
    invented: Form, text: str, read: dict[str, int]
) -> None:
    claims = read_claims(text, invented)
    assert {claim.terms: claim.value for claim in claims} == {(address,): value for address, value in read.items()}
    assert all(claim.certain for claim in claims)


def test_a_forms_own_word_is_no_topic_there_and_elsewhere_stays_one(invented: Form) -> None:
    assert vocabulary(invented).words["来电"] == ("document", "hotline.calls")
    assert vocabulary(get_form("2021")).words["来电"] == ("foreign", "")
    assert vocabulary(invented).words["全部"] == ("all", "")


def test_row_and_column_are_known_in_one_word() -> None:
    words = vocabulary(get_form("2019")).words
    assert words["政府集中采购项目"] == ("cell", "proactive_disclosure.procurement.projects")
    assert words["政府集中采购"] == ("document", "proactive_disclosure.procurement")
    assert "政府集中采购" not in vocabulary(get_form("2021")).words
