"""What the sentence so far adds to a phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from helpers.integrity.claims.model import Meaning
from helpers.integrity.claims.vocabulary import Vocabulary

TOLERATED = 2
"""Unknown characters that a phrase may hold and still be read, with less certainty."""


@dataclass(frozen=True)
class Context:
    """What the sentence has said so far: its subject, the reviews it is about, the whole that parts belong to.

    `firm` says that the subject was named in this paragraph, or by a heading that leaves no doubt (依申请公开情况);
    `part` that 其中 stands before; `last` is what was counted last.
    """

    words: Vocabulary
    subject: Literal["requests", "review", "document", "foreign"] | None = None
    firm: bool = False
    blocks: tuple[str, ...] = ()
    blocks_clear: bool = True
    document: str | None = None
    whole: Meaning | None = None
    last: Meaning | None = None
    part: bool = False
