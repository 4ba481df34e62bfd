"""What is read out of every sentence, in full: cells, certainty, other readings, whom and when.

A line of `readings.yaml` is one claim: figure, what it is unless a count, the cells that add up (`requests.` and
`.total` left out; `organizations` and `answered` are several), then `or` other readings, `~` tolerated ones, `of` the
wholes of a share; `?` where the words leave doubt; in brackets the scope, the year (`!` where its own sentence says
so), the hedge and the last digit. The list changes only with what sentences mean, which is then seen here.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from helpers.forms import get_form
from helpers.integrity.claims import Claim, read_claims

READINGS: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("readings.yaml"))


ORGANIZATIONS = re.compile(
    r"([\w.]+)\.commercial_enterprise\+\1\.research_institution\+\1\.public_welfare_organization"
    r"\+\1\.legal_service_agency\+\1\.other"
)


def names(terms: tuple[str, ...]) -> str:
    short = "+".join(term.replace("requests.", "").removesuffix(".total") for term in terms).replace("+-", "-")
    short = short.replace("granted+partially_granted+denied+unable_to_provide+not_processed", "answered")
    return ORGANIZATIONS.sub(r"\1.organizations", short)


def shown(claim: Claim) -> str:
    """A claim in one line."""
    kind = "" if claim.kind == "count" else f" {claim.kind}"
    others = [f" or {names(terms)}" for terms in claim.alternatives] + [f" ~ {names(terms)}" for terms in claim.loose]
    wholes = [f" of {names(terms)}" for terms in claim.of]
    year = f"{claim.year}{'!' * claim.year_stated}" if claim.year else None
    base = f"from {claim.base_year}" if claim.base_year else None
    step = f"to {claim.quantum}" if claim.quantum != 1 else None
    around = " ".join(part for part in (claim.scope, year, base, claim.hedge, step) if part)
    unit = claim.unit if claim.unit in ("%", "倍", "百分点") else ""
    doubt = "" if claim.certain else " ?"
    line = f"{claim.value}{unit}{kind} {names(claim.terms)}{''.join([*others, *wholes])}{doubt}"
    return f"{line} [{around}]" if around else line.strip()


@pytest.mark.parametrize("entry", READINGS, ids=lambda entry: entry["text"][:24])
def test_a_sentence_reads_as_it_is_known_to(entry: dict[str, Any]) -> None:
    claims = read_claims(entry["text"], get_form(str(entry.get("form", "2021"))))
    assert [shown(claim) for claim in claims] == (entry["reads"] or [])
