"""What a claim is: a figure of the prose, and the cells it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from helpers.integrity.claims.numerals import Hedge
from helpers.report import Number

ClaimKind = Literal["count", "change", "share", "growth", "statement", "fee"]
Family = Literal["flow", "outcome", "column", "review", "result", "document"]
Terms = tuple[str, ...]

RECEIVED: Terms = ("requests.received.total",)
CARRIED_IN: Terms = ("requests.carried_over_in.total",)
GROSS: Terms = (*RECEIVED, *CARRIED_IN)


@dataclass(frozen=True)
class Meaning:
    """The cells that a phrase names; see `Claim` for the fields of the same name.

    `blocks` are the reviews and `document` the row of table 二 that following words may go on about.
    """

    terms: Terms
    family: Family
    certain: bool
    alternatives: tuple[Terms, ...] = ()
    loose: tuple[Terms, ...] = ()
    blocks: tuple[str, ...] = ()
    document: str | None = None


@dataclass(frozen=True)
class Claim:
    """One figure stated in prose and the sum of cells that it means.

    `terms` are addresses (of cells or of groups) whose values add up to `value`; one that begins with `last_year.`
    is last year's, one with a minus sign is subtracted. `alternatives` are readings just as good, `loose` ones are
    tolerated with a remark. `certain` says that every word of the phrase is understood; `scope` is whom the
    clause names (全市, 本机关), `year` the year that it names, `year_stated` that it does so in its own sentence.
    A share is measured against one of `of`. A statement (均已办结) says that its terms are zero. `quantum` is the
    unit of the last printed digit.
    """

    terms: Terms
    value: Number
    kind: ClaimKind
    exact: bool
    scope: str | None
    certain: bool
    excerpt: str
    span: tuple[int, int]
    unit: str = ""
    hedge: Hedge | None = None
    year: int | None = None
    year_stated: bool = False
    alternatives: tuple[Terms, ...] = ()
    loose: tuple[Terms, ...] = ()
    of: tuple[Terms, ...] = ()
    base_year: int | None = None
    quantum: Decimal = Decimal(1)
    sentence: int = 0
    section: str | None = None
