"""Sentences of many styles, each figure tied to the cells it means; and not one error where the cells agree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from judging import text_findings
from known import assert_known
from ruamel.yaml import YAML

from helpers.forms import Form, get_form
from helpers.integrity.claims import Claim, read_claims
from helpers.integrity.claims.scopes import is_own
from helpers.report import AnnualReport, Body, Number

YEARS = {"2019": 2020, "2021": 2024}
REVIEWS = {
    "reconsideration": ("reconsideration",),
    "litigation": ("litigation_direct", "litigation_after_reconsideration"),
    "litigation_direct": ("litigation_direct",),
    "litigation_after_reconsideration": ("litigation_after_reconsideration",),
}
ORGANIZATIONS = (
    "commercial_enterprise", "research_institution", "public_welfare_organization", "legal_service_agency", "other",
)  # fmt: skip
UNSTATED = 9_000_000
"""What cells hold that the sentence does not speak of: no figure of the corpus comes near."""


@dataclass(frozen=True)
class Expected:
    figure: Decimal
    kind: str | None
    terms: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    text: str
    form: Form
    body: Body
    figures: tuple[Expected, ...]
    also: tuple[Expected, ...] = ()


def expand(short: str) -> tuple[str, ...]:
    """Addresses in full of a meaning in the corpus's shorthand."""
    names, _, column = short.partition("/")
    columns = ORGANIZATIONS if column == "organizations" else (column or "total",)
    terms: list[str] = []
    for name in names.split("+"):
        head, _, rest = name.partition(".")
        if head == "D":
            terms.append(f"proactive_disclosure.{rest}")
        elif head in REVIEWS:
            terms += [f"review.{block}.{rest}" for block in REVIEWS[head]]
        else:
            terms += [f"requests.{name}.{each}" for each in columns]
    return tuple(terms)


def expected(figure: float | str, meaning: str | None) -> Expected:
    number = Decimal(str(figure))
    if meaning is None or meaning == "~":
        return Expected(number, None, ())
    if meaning == "fee":
        return Expected(number, "fee", ())
    first, _, rest = meaning.partition(" ")
    return Expected(number, first if rest else "count", expand(rest or meaning))


def samples() -> Iterator[Sample]:
    data: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("sentences.yaml"))
    for entry in data:
        yield Sample(
            entry["text"],
            get_form(str(entry.get("form", "2021"))),
            Body(entry.get("body", "江城县人民政府")),
            tuple(expected(*pair) for pair in entry["figures"]),
            tuple(expected(*pair) for pair in entry.get("also", ())),
        )


SAMPLES = list(samples())


def own(claims: list[Claim], sample: Sample) -> list[Claim]:
    """The claims about the report's own figures: own scope, own year."""
    year = YEARS[sample.form.id]
    return [
        claim
        for claim in claims
        if (claim.kind == "fee" or is_own(claim.scope, sample.body))
        and claim.year in (None, year)
        and not any(term.startswith("last_year.") for term in claim.terms)
    ]


def agrees(claim: Claim, expected: Expected) -> bool:
    if expected.kind == "count" and claim.kind == "statement":
        return set(claim.terms) == set(expected.terms) and claim.value == expected.figure
    readings = {frozenset(terms) for terms in (claim.terms, *claim.alternatives)}
    return claim.kind == expected.kind and frozenset(expected.terms) in readings


def judge(sample: Sample) -> list[str]:
    """What is wrong with the figures that are not tied as they should be."""
    left = own(read_claims(sample.text, sample.form), sample)
    wrong = []
    for wanted in sample.figures:
        near = [claim for claim in left if claim.value == wanted.figure]
        if wanted.kind is None:
            others = [other for other in sample.figures if other.kind]
            astray = [claim.terms for claim in near if not any(agrees(claim, other) for other in others)]
            wrong += [f"{wanted.figure}: expected nothing, read {terms}" for terms in astray]
            continue
        fitting = [claim for claim in near if agrees(claim, wanted)]
        if fitting:
            left.remove(fitting[0])
        else:
            wrong.append(f"{wanted.figure}: expected {wanted.terms}, read {[claim.terms for claim in near]}")
    return wrong


def agreeing_report(sample: Sample) -> AnnualReport:
    """A report whose cells say what the sentence says, and something else everywhere it says nothing."""
    cells: dict[str, Number | None] = {
        address: UNSTATED + number if cell.kind != "decimal" else Decimal(UNSTATED + number)
        for number, (address, cell) in enumerate(sample.form.cells.items())
    }
    report = AnnualReport(sample.body, YEARS[sample.form.id], sample.form, cells, text={"overview": sample.text})
    stated: set[str] = set()
    counts = [wanted for wanted in (*sample.figures, *sample.also) if wanted.kind == "count"]
    leaves_of = {w: [leaf for term in w.terms for leaf in report.contributors(term)] for w in counts}
    for wanted, leaves in sorted(leaves_of.items(), key=lambda item: len(item[1])):
        # A later, larger sum takes up what the cells already stated leave over.
        free = [leaf for leaf in leaves if leaf not in stated]
        rest = wanted.figure - sum(Decimal(cells[leaf] or 0) for leaf in leaves if leaf in stated)
        for position, leaf in enumerate(free):
            value = rest if position == 0 else Decimal(0)
            cells[leaf] = value if sample.form.cells[leaf].kind == "decimal" else int(value)
        stated |= set(leaves)
    return report.with_cells(cells)


def test_the_corpus_is_as_large_as_promised() -> None:
    assert len(SAMPLES) >= 150


def test_figures_are_tied_to_their_cells_but_for_the_known_ones() -> None:
    assert_known("untied", [(sample.text, fault) for sample in SAMPLES for fault in judge(sample)])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.text[:24])
def test_a_report_that_agrees_with_its_prose_has_no_error(sample: Sample) -> None:
    findings = text_findings(agreeing_report(sample))
    errors = [finding for finding in findings if finding.level == "error"]
    assert not errors, [finding.message for finding in errors]


def test_what_agrees_is_remarked_on_only_where_it_is_known() -> None:
    remarks = [
        (sample.text, f"{finding.rule}: {finding.left}")
        for sample in SAMPLES
        for finding in text_findings(agreeing_report(sample))
        if finding.rule not in ("TEXT-EMPTY", "TEXT-FEE")
    ]
    assert_known("remarked", remarks)


def test_a_changed_figure_is_an_error_but_for_the_known_ones() -> None:
    """What the report says of itself in a common shape and gets wrong must stop it, not merely be remarked on."""
    missed = []
    for sample in SAMPLES:
        report = agreeing_report(sample)
        for claim in own(read_claims(sample.text, sample.form), sample):
            start, end = claim.span
            figure = sample.text[start:end]
            if claim.kind != "count" or not claim.exact or not figure.isascii() or not figure.isdigit():
                continue
            changed = sample.text[:start] + str(int(figure) + 1000) + sample.text[end:]
            found = text_findings(replace(report, text={"overview": changed}))
            if not any(finding.level == "error" and finding.left == int(figure) + 1000 for finding in found):
                missed.append((sample.text, f"{figure}: no error"))
    assert_known("unconvicted", missed)


@pytest.mark.parametrize(
    ("scope", "body", "mine"),
    [
        (None, "江城县人民政府", True),
        ("全县", "江城县人民政府", True),
        ("我县", "江城县人民政府", True),
        ("全市", "江城县人民政府", False),
        ("全省", "江城县人民政府", False),
        ("本机关", "江城县人民政府", False),
        ("县政府办公室", "江城县人民政府", False),
        ("县自然资源局", "江城县人民政府", False),
        ("代表区政府", "江城县人民政府", False),
        ("各镇街", "江城县人民政府", False),
        ("上半年", "江城县人民政府", False),
        ("江城县", "江城县人民政府", True),
        ("临江市", "临江市江东区人民政府", False),
        ("江东区", "临江市江东区人民政府", True),
        ("全区", "临江市江东区人民政府", True),
        ("全州", "临江自治州人民政府", True),
        ("全区", "临江高新技术产业开发区管理委员会", True),
        ("我局", "江城县财政局", True),
        ("本机关", "江城县财政局", True),
        ("县财政局", "江城县财政局", True),
        ("全县", "江城县财政局", False),
        ("县政府", "江城县财政局", False),
        ("镇政府", "江城县城关镇人民政府", True),
        ("县政府办", "江城县人民政府办公室", True),
        ("全县", "江城县", True),
        ("全县", "", True),
    ],
)
def test_whose_figures_are_the_reports_own(scope: str | None, body: str, mine: bool) -> None:
    assert is_own(scope, Body(body)) is mine
