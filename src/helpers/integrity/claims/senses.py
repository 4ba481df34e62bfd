"""Tables of meanings: which words, in which company, name which cells, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product

from helpers.integrity.claims.model import ClaimKind, Family, Terms

WHOLE = "{whole}"
"""A reading that stands for all readings of the count before, in the applicant columns named."""


@dataclass(frozen=True)
class Facts:
    """What is known of a phrase: the facts that a table asks for, and the values its templates are filled with.

    The values stand in the order in which templates run through them, the slowest first. `wholes` are the readings
    that `WHOLE` stands for.
    """

    facts: frozenset[str]
    values: Mapping[str, tuple[str, ...]]
    wholes: tuple[Terms, ...] = ()


@dataclass(frozen=True)
class Sense:
    """One line of a table of meanings.

    `when` lists the facts that must hold: `-carry` must not, of `row|requests` one is enough. `example` holds what
    the sense reads between 【 and 】. `reads` are templates of addresses, parted by spaces where several add up: the
    first is the meaning, the others are just as good, `loose` ones tolerated. A template is filled once for every
    value of its `{names}`; one without values falls away, and an sense without any reading says that the words count
    nothing of the form. `certain` lists the facts that make it certain; None: nothing does.
    """

    when: str
    example: str
    reads: tuple[str, ...] = ()
    certain: str | None = ""
    loose: tuple[str, ...] = ()
    family: Family = "flow"
    kind: ClaimKind = "count"


def first_fitting(table: Iterable[Sense], facts: Facts) -> Sense | None:
    """The first sense of the table whose facts hold."""
    return next((sense for sense in table if holds(sense.when, facts.facts)), None)


def holds(pattern: str, facts: frozenset[str]) -> bool:
    """Whether the facts fit a pattern: `carry -column row|requests`."""
    return all(any((name in facts) is wanted for name, wanted in choice) for choice in _parsed(pattern))


@cache
def _parsed(pattern: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    return tuple(
        tuple((name.removeprefix("-"), not name.startswith("-")) for name in word.split("|"))
        for word in pattern.split()
    )


def readings(templates: Iterable[str], facts: Facts) -> tuple[Terms, ...]:
    """The sums of cells that templates stand for, each once."""
    found: dict[Terms, None] = {}
    for template in templates:
        filled = facts.wholes if template == WHOLE else (_filled(template, facts.values),)
        found |= dict.fromkeys(terms for terms in filled if terms)
    return tuple(found)


def _filled(template: str, values: Mapping[str, tuple[str, ...]]) -> Terms:
    terms: list[str] = []
    for part in template.split():
        names = [name for name in values if f"{{{name}}}" in part]
        filled = [
            part.format(**dict(zip(names, chosen, strict=True)))
            for chosen in product(*(values[name] for name in names))
        ]
        if not filled:
            return ()
        terms += filled
    return tuple(terms)
