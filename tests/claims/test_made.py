"""Sentences in the shapes of published reports, each with cells it is true of and cells that make it untrue.

`made/sentences.yaml`: nothing may be found in a sentence with its `cells`; with a figure's `changed` cells, or with
`instead` in the place of `says`, a finding of that `level` (any, where none is given) is due. `made/traps.yaml`: true
texts that look like statements about the tables and are none. `made/scope.yaml`: subjects in the place of `…`, which
are the body itself (a finding is due), or not (no error); `leads` are sentences before a statement without subject.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from judging import text_findings
from known import assert_known
from ruamel.yaml import YAML

from helpers.forms import form_for_year
from helpers.report import AnnualReport, Body, Number

Sense = Mapping[str, Any]
MADE = Path(__file__).with_name("made")
FOUND = tuple[str, str, Number | None, tuple[str, ...]]


def read(name: str) -> Any:
    return YAML(typ="safe").load(MADE / f"{name}.yaml")


SENTENCES: list[Sense] = read("sentences")
TRAPS: list[Sense] = read("traps")
SCOPE: Sense = read("scope")


def report(entry: Sense, text: str, cells: Mapping[str, Number]) -> AnnualReport:
    """A report with these cells and 0 everywhere else; the year before where the entry gives it."""
    form = form_for_year(entry["year"])
    assert form.id == entry["form"]

    def full(stated: Mapping[str, Number]) -> dict[str, Number | None]:
        return {
            address: Decimal(str(stated.get(address, 0))) if cell.kind == "decimal" else stated.get(address, 0)
            for address, cell in form.cells.items()
        }

    body = Body(entry["body"])
    before = AnnualReport(body, entry["year"] - 1, form, full(entry["last_year"])) if "last_year" in entry else None
    section = "other" if "信息处理费" in text else "overview"
    return AnnualReport(body, entry["year"], form, full(cells), text={section: text}, previous=before)


def found(entry: Sense, text: str, cells: Mapping[str, Number]) -> list[FOUND]:
    """Rule, level, stated figure and addresses of what is found on the prose that is there."""
    return [
        (finding.rule, finding.level, finding.left, finding.addresses)
        for finding in text_findings(report(entry, text, cells))
        if finding.rule not in ("TEXT-EMPTY", "TEXT-FEE")
    ]


def test_what_is_true_is_accused_only_where_it_is_known() -> None:
    pairs = [(entry, entry["sentence"]) for entry in SENTENCES] + [(entry, entry["text"]) for entry in TRAPS]
    accused = [
        (text, f"{level} {rule}: {left}")
        for entry, text in pairs
        for rule, level, left, _ in found(entry, text, entry["cells"])
    ]
    assert_known("accused", accused)


def missed(entry: Sense) -> Iterator[str]:
    for figure in entry.get("figures", ()):
        wanted = figure.get("level")
        levels = {
            level
            for _, level, left, addresses in found(entry, entry["sentence"], {**entry["cells"], **figure["changed"]})
            if left == figure["says"] and set(figure["means"]) <= set(addresses)
        }
        if not levels or (wanted and levels != {wanted}):
            read_as = "、".join(sorted(levels)) or "nothing"
            yield f"{figure['says']} of {' + '.join(figure['means'])}: {read_as} instead of {wanted or 'a finding'}"
    for change in entry.get("altered", ()):
        assert change["says"] in entry["sentence"]
        text = entry["sentence"].replace(change["says"], change["instead"])
        if not set(found(entry, text, entry["cells"])) - set(found(entry, entry["sentence"], entry["cells"])):
            yield f"{change['instead']} instead of {change['says']}: nothing"


def test_what_is_untrue_is_missed_only_where_it_is_known() -> None:
    assert_known("missed", [(entry["sentence"], fault) for entry in SENTENCES for fault in missed(entry)])


def test_whom_a_sentence_speaks_of_is_mistaken_only_where_it_is_known() -> None:
    wrong = []
    for entry in SCOPE["bodies"]:
        here = {**entry, "year": 2023, "form": "2021"}
        texts = [(subject, "own", SCOPE["sentence"].replace("…", subject)) for subject in entry["own"]]
        texts += [(subject, "other", SCOPE["sentence"].replace("…", subject)) for subject in entry.get("other", ())]
        texts += [(lead, "lead", lead + SCOPE["sentence"].replace("…", "")) for lead in entry.get("leads", ())]
        for name, kind, text in texts:
            levels = {level for _, level, left, _ in found(here, text, SCOPE["cells"]) if left == 49}
            if "error" in levels if kind == "other" else not levels:
                wrong.append((entry["body"], f"{kind}: {name}"))
    assert_known("scope", wrong)


@pytest.mark.parametrize("entry", SENTENCES, ids=lambda entry: entry["shape"])
def test_the_cells_of_a_sentence_are_on_its_form(entry: Sense) -> None:
    form = form_for_year(entry["year"])
    named = [name for figure in entry.get("figures", ()) for name in (*figure["means"], *figure["changed"])]
    assert {*entry["cells"], *named} <= {*form.cells, *form.groups}
