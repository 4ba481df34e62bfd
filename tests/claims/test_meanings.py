"""The tables of meanings: every entry reads its own example, and what it says of the certainty is so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args

import pytest

from helpers.forms import all_forms, get_form
from helpers.integrity.claims import meaning, read_claims, statements
from helpers.integrity.claims.lexicon import Feature, labels, read_phrases
from helpers.integrity.claims.meaning import MEANINGS
from helpers.integrity.claims.senses import WHOLE, Facts, Sense, first_fitting
from helpers.integrity.claims.statements import STATEMENTS

REVIEW = "review.reconsideration"
FILLED = {
    "{outcome}.{column}": "requests.denied.total",
    WHOLE: "requests.received.natural_person requests.carried_over_in.natural_person",
    "{last_row}.other": "requests.received.other",
    "{last_group}.other.total": "requests.otherwise_handled.other.total",
    "review.{last_block}.other_outcome": f"{REVIEW}.other_outcome",
    "review.{block}.{result}": f"{REVIEW}.upheld",
    "review.{block}.total": f"{REVIEW}.total",
    "{document}.{measure}": "proactive_disclosure.normative_documents.issued",
    "review.{block}.{other_result}": f"{REVIEW}.corrected {REVIEW}.other_outcome {REVIEW}.pending",
    "{last_row}.{other_column}": " ".join(
        f"requests.received.{column}"
        for column in (
            "commercial_enterprise", "research_institution", "public_welfare_organization", "legal_service_agency",
            "other",
        )
    ),
    "{meant}": {
        "nothing means_reviews": f"{REVIEW}.total",
        "nothing block means_corrected": "review.litigation_direct.corrected "
        "review.litigation_after_reconsideration.corrected",
        "nothing requests means_received received": "requests.received.total",
        "nothing requests|carry means_carried": "requests.carried_over_out.total",
    },
}  # fmt: skip
"""What templates stand for in the example of their entry; {column} is that of natural persons or the total."""


def meant(entry: Sense) -> tuple[str, ...]:
    for template, filled in FILLED.items():
        if entry.reads[0].endswith(template):
            return tuple((filled if isinstance(filled, str) else filled[entry.when]).split())
    column = "natural_person" if entry.family == "column" else "total"
    return tuple(entry.reads[0].format(column=column).split())


@pytest.fixture
def fired(monkeypatch: pytest.MonkeyPatch) -> list[Sense | None]:
    """The entries that were found while reading, in order."""
    found: list[Sense | None] = []

    def watched(table: Iterable[Sense], facts: Facts) -> Sense | None:
        found.append(first_fitting(table, facts))
        return found[-1]

    monkeypatch.setattr(meaning, "first_fitting", watched)
    monkeypatch.setattr(statements, "first_fitting", watched)
    return found


@pytest.mark.parametrize("entry", [*MEANINGS, *STATEMENTS], ids=lambda entry: entry.when)
def test_an_entry_reads_its_own_example(entry: Sense, fired: list[Sense | None]) -> None:
    before, _, rest = entry.example.partition("【")
    marked, _, after = rest.partition("】")
    span = (len(before), len(before + marked))
    here = [claim for claim in read_claims(before + marked + after, get_form("2021")) if claim.span == span]
    assert fired[-1] is entry
    assert [claim.terms for claim in here] == ([meant(entry)] if entry.reads else [])
    assert [claim.kind for claim in here] == ([entry.kind] if entry.reads else [])
    assert [claim.certain for claim in here] == ([entry.certain is not None] if entry.reads else [])


def test_a_word_has_one_part_and_the_file_knows_no_other() -> None:
    phrases = read_phrases()
    assert {*phrases.values, *phrases.words, *phrases.topics} | {"cell", "whole", "narrow", "year", "unknown"} == set(
        get_args(Feature)
    )
    plain = [name for names in (*phrases.words.values(), *phrases.topics.values()) for name in names]
    named = {name for values in phrases.values.values() for names in values.values() for name in names}
    assert len(plain) == len(set(plain))
    assert named.isdisjoint(plain)


def test_the_file_says_only_what_the_forms_do_not() -> None:
    forms = [labels(form)[0] for form in all_forms()]
    for feature, values in read_phrases().values.items():
        for value, names in values.items():
            meaning = (feature, value)
            knowing = [words for words in forms if (feature.removeprefix("loose_"), value) in words.values()]
            assert knowing or value == "total", f"{value} is on no form"
            repeated = {name for name in names if knowing and all(words.get(name) == meaning for words in knowing)}
            assert not repeated, f"{value}: the forms have {repeated}"
