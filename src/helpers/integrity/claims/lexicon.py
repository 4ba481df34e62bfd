"""What the words of prose stand for: the rows and columns of a form by its own labels, the rest by `phrases.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

from helpers.chinese import unnumbered
from helpers.errors import FormError
from helpers.forms import Form
from helpers.forms.form import Table
from helpers.forms.headings import Heading
from helpers.yamlfile import Strict, read_yaml

Feature = Literal[
    "row", "column", "block", "result", "loose_result", "document", "measure", "loose_measure", "cell",
    "gross", "handling", "carry", "prior", "next", "requests", "other_kind",
    "share", "up", "down", "to", "compare", "each", "of_which", "including", "negation", "all", "except", "fee",
    "subset", "channel", "foreign", "period", "filler", "whole", "narrow", "year", "unknown",
]  # fmt: skip  # one item a line would be a screen of commas
"""The parts that a word can play in a claim; `phrases.yaml` sorts words by them."""

PARTS: Mapping[str, tuple[Feature, Feature]] = {"requests": ("row", "column"), "review": ("block", "result")}
"""What the headings of rows and of columns are in a claim; in every other table a subject and what is counted of it."""

REMARK = re.compile(r"[（(].*?[)）]")


class Phrases(Strict):
    """The file `phrases.yaml`; its keys are features."""

    values: dict[Feature, dict[str, list[str]]]
    words: dict[Feature, list[str]]
    topics: dict[Feature, list[str]]
    unsettled: list[str]


@cache
def read_phrases() -> Phrases:
    """What prose says where the form says something else."""
    return read_yaml(Path(__file__).with_name("phrases.yaml"), Phrases, FormError)


def labels(form: Form) -> tuple[dict[str, tuple[Feature, str]], dict[str, tuple[str, ...]]]:
    """The words for the rows and columns of a form, and the rows or columns that each value stands for."""
    words: dict[str, tuple[Feature, str]] = {}
    groups: dict[str, tuple[str, ...]] = {}
    for table in form.tables.values():
        for heading in table.headings:
            if named := _named(heading, table.id):
                feature, value, groups[value] = named
                words |= {_bare(name): (feature, value) for name in _names(heading.labels, feature)}
        if table.id not in PARTS:
            words |= {_bare(name): ("cell", address) for name, address in _fused(form, table)}
    return words, groups


def _named(heading: Heading, table: str) -> tuple[Feature, str, tuple[str, ...]] | None:
    """What a heading's words are in a claim, what they name, and the rows or columns that this stands for.

    A heading without an address is called by its label: 行政诉讼 are both kinds of it, 法人或其他组织 five columns.
    """
    row, column = PARTS.get(table, ("document", "measure"))
    by_rows = heading.role in ("row", "group")
    feature: Feature = row if by_rows else column
    if heading.address:
        whole = feature == "document"
        value = heading.address if whole else heading.address.removeprefix(f"{table}.").removeprefix("*.")
        return feature, value, (value,)
    members = tuple(dict.fromkeys(cell.split(".")[1 if by_rows else -1] for cell in heading.cells))
    return (feature, heading.label, members) if table in PARTS and "total" not in members else None


def _fused(form: Form, table: Table) -> Iterator[tuple[str, str]]:
    """Row and column told in one word: 政府集中采购 and 采购项目数量 are 政府集中采购项目."""
    for cell in table.cells:
        for row in _names(form.headings[cell.row].labels, "document"):
            for column in _names([cell.column_label], "measure"):
                shared = next((size for size in range(len(column) - 1, 1, -1) if row.endswith(column[:size])), 0)
                if shared:
                    yield row + column[shared:], cell.address


def _names(labels: Iterable[str], feature: Feature) -> list[str]:
    """How prose writes a label: without numbering, remarks, the leading 属于, and what the figures of a column are."""
    names = []
    for label in labels:
        bare = REMARK.sub("", unnumbered(label)).strip()
        names += [bare, bare.removeprefix("属于"), bare.removesuffix("申请"), bare.replace("、", "")]
        if feature == "measure":
            short = re.sub(r"(?:件数|数量)$", "", bare)
            names += [short, short.removeprefix("本年"), bare.removeprefix("本年")]
    return [name for name in dict.fromkeys(names) if name and name not in ("其他", "总计", "合计")]


def _bare(label: str) -> str:
    return re.sub(r"[\s“”‘’\"'《》]", "", label) or label
