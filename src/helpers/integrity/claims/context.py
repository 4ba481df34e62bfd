"""What a phrase may mean, and what the sentence so far adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from helpers.forms import Form
from helpers.integrity.claims.model import Terms
from helpers.integrity.claims.vocabulary import Vocabulary

Family = Literal["flow", "outcome", "column", "review", "result", "document"]
TOLERATED = 2
"""Unknown characters that a phrase may hold and still be read, with less certainty."""


@dataclass(frozen=True)
class Reading:
    """The cells that a phrase names; see `Claim` for the fields of the same name."""

    terms: Terms
    family: Family
    certain: bool
    alternatives: tuple[Terms, ...] = ()
    loose: tuple[Terms, ...] = ()
    blocks: tuple[str, ...] = ()
    document: str | None = None


@dataclass(frozen=True)
class Context:
    """What the sentence has said so far: its subject, the reviews it is about, the whole that parts belong to."""

    form: Form
    words: Vocabulary
    subject: Literal["requests", "review", "document", "foreign"] | None = None
    firm: bool = False
    """Whether the subject was named in this paragraph, or by a heading that leaves no doubt (依申请公开情况)."""
    blocks: tuple[str, ...] = ()
    blocks_clear: bool = True
    document: str | None = None
    whole: Reading | None = None
    last: Reading | None = None
    part: bool = False
    """Whether 其中 stands before."""


def in_columns(terms: Terms, columns: Sequence[str], context: Context) -> Terms:
    """The terms, each in the applicant columns named; `organizations` are five columns."""
    wanted = [c for name in columns for c in context.words.groups.get(name, (name,))]
    if not wanted:
        return terms
    return tuple(f"{term.rpartition('.')[0]}.{column}" for term in terms for column in distinct(wanted))


def cell(row: str) -> str:
    """The total column of a row of the table of requests."""
    return f"requests.{row}.total"


def known(form: Form, address: str) -> bool:
    """Whether `form` has a cell or a group of that address."""
    if address in form.cells:
        return True
    row, _, column = address.rpartition(".")
    return any(each.startswith(f"{row}.") and each.endswith(f".{column}") for each in form.cells)


def distinct(values: Iterable[str]) -> list[str]:
    """The values in order, each once."""
    return list(dict.fromkeys(values))
