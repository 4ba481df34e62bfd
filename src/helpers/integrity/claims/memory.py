"""What has been said so far: whom and which year it concerns, what was counted last, and every claim made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from helpers.forms import Form
from helpers.integrity.claims.clauses import Clause, Sentence
from helpers.integrity.claims.cleaning import Clean
from helpers.integrity.claims.context import TOLERATED, Context, Reading
from helpers.integrity.claims.model import Claim, Kind, Terms
from helpers.integrity.claims.numerals import Figure
from helpers.integrity.claims.vocabulary import Token, vocabulary

OPEN_WORK = re.compile(r"结转|转结|顺延|正在办理|除|其余|剩余|余下|未办结|转入|在办")
FROM = ("由", "从", "自")
RECEIVED: Terms = ("requests.received.total",)
CARRIED_IN: Terms = ("requests.carried_over_in.total",)


class Memory:
    """The state of reading one section of prose.

    `context` is what words are interpreted in; `scope`, `year` and `period` are whom and when the figures concern;
    `last` is the claim that a following share or growth rate speaks of, `recent` those of the sentence so far;
    `idle` are the words of a clause without figures just before.
    """

    def __init__(self, text: str, prose: Clean, form: Form) -> None:
        self.text, self.prose, self.form = text, prose, form
        self.words = vocabulary(form)
        self.claims: list[Claim] = []
        self.heading = self.context = Context(form, self.words)
        self.scope: str | None = None
        self.year: int | None = None
        self.period: str | None = None
        self.last: int | None = None
        self.recent: list[int] = []
        self.idle: list[Token] = []
        self.stated_whole: tuple[int, Terms] | None = None
        self.open_work = False
        self._sentence = self._year_sentence = 0
        self._scope_of_part: tuple[str | None] | None = None
        self._brackets: list[tuple[Context, str | None, int | None]] = []

    def open_paragraph(self, *, heading: bool) -> None:
        """Forget whom and when; keep only what the heading above said the text is about."""
        self.context = Context(self.form, self.words) if heading else self.heading
        self.scope = self.year = self.period = self._scope_of_part = None

    def close_heading(self) -> None:
        """What a heading names holds for the paragraphs below it; under 依申请公开情况 a bare 受理46件 is clear."""
        blank = Context(self.form, self.words)
        subject = self.context.subject
        self.heading = replace(blank, subject=subject, blocks=self.context.blocks, firm=subject == "requests")

    def open_sentence(self, sentence: Sentence) -> None:
        """A new sentence: no figure before it to lean on, and bodies named within 其中 forgotten."""
        self._sentence += 1
        self._brackets, self.idle, self.recent, self.last, self.stated_whole = [], [], [], None, None
        if self._scope_of_part is not None:
            self.scope, self._scope_of_part = self._scope_of_part[0], None
        self.open_work = bool(OPEN_WORK.search(self.prose.text[sentence.start : sentence.end]))
        part = self.prose.text.startswith("其中", sentence.start)
        self.context = replace(self.context, part=part, last=None)

    def open_clause(self, clause: Clause) -> None:
        """Enter and leave brackets: what they say of whom and when ends with them."""
        while len(self._brackets) > clause.depth:
            last = self.context.last
            self.context, self.scope, self.year = self._brackets.pop()
            self.context = replace(self.context, last=last)
        while len(self._brackets) < clause.depth:
            self._brackets.append((self.context, self.scope, self.year))
        if clause.restart:
            self.context = replace(self.context, part=False)

    def situate(self, tokens: Sequence[Token], *, initial_only: bool) -> None:
        """Note whom and which year the words name; of a clause without figures only its opening words do."""
        opening = True
        whole = False
        for index, token in enumerate(tokens):
            here = opening or not initial_only
            if token.feature == "whole" and here:
                self.scope, whole = token.value, True
            elif token.feature == "narrow" and here and not whole:
                if self.context.part and self._scope_of_part is None:
                    self._scope_of_part = (self.scope,)
                self.scope = token.value
            elif token.feature == "period" and token.text != "同期":
                self.period = token.text
            elif token.feature == "year" and here and not _is_base(tokens, index):
                self.year, self.period, self._year_sentence = int(token.value), None, self._sentence
            opening = opening and token.feature in ("filler", "year", "of_which", "whole", "narrow")

    def claim(
        self, kind: Kind, reading: Reading, figure: Figure, clause: Clause, *, certain: bool, sign: int = 1, **more: Any
    ) -> int:
        """Make a claim and give its number; `more` are further fields of `Claim`."""
        value = figure.value * sign
        whole = kind in ("count", "change", "statement") and value == value.to_integral_value()
        start, end = self.prose.span(clause.start, clause.end)
        fields = {"quantum": Decimal(1).scaleb(-figure.places), **more}
        self.claims.append(
            Claim(
                terms=reading.terms,
                value=int(value) if whole else value,
                kind=kind,
                exact=figure.exact,
                scope=self.period or self.scope,
                certain=certain,
                excerpt=re.sub(r"\s+", "", self.text[start:end]),
                span=self.prose.span(*figure.number),
                unit={"percent": "%", "times": "倍"}.get(figure.unit, figure.measure),
                hedge=figure.hedge,
                year=self.year,
                year_stated=self.year is not None and self._year_sentence == self._sentence,
                alternatives=reading.alternatives,
                loose=reading.loose,
                sentence=self._sentence,
                **fields,
            )
        )
        return len(self.claims) - 1

    def remember(self, index: int, reading: Reading) -> None:
        """A count was read: it becomes what the following words lean on."""
        context = replace(self.context, last=reading, firm=True)
        if reading.family == "document":
            context = replace(context, subject="document", document=reading.document, whole=None)
        elif reading.blocks:
            context = replace(context, subject="review", blocks=reading.blocks, blocks_clear=self._clear(reading))
        else:
            context = replace(context, subject="requests")
        if not self.context.part and reading.family in ("flow", "review") and not self._brackets:
            context = replace(context, whole=reading)
        self.context = context
        self.last = index
        self.recent.append(index)

    def _clear(self, reading: Reading) -> bool:
        """Whether later results belong to these reviews alone: not so in 行政复议6件、行政诉讼3件，维持8件."""
        previous = self.context.last
        if reading.family == "result":
            return self.context.blocks_clear or reading.blocks != self.context.blocks
        return previous is None or previous.family != "review" or set(reading.blocks) <= set(previous.blocks)

    def pass_over(self, tokens: Sequence[Token]) -> None:
        """A figure that means no cell: nothing that follows may lean on it."""
        self.last, self.recent = None, []
        features = {token.feature for token in tokens}
        unknown = sum(len(token.text) for token in tokens if token.feature == "unknown")
        foreign = "foreign" in features or (unknown > TOLERATED and not features & {"requests", "channel"})
        subject = "foreign" if foreign else self.context.subject
        self.context = replace(self.context, last=None, subject=subject)

    def include_carried(self) -> None:
        """受理3153件（含上年度结转34件）: the bracket says that the figure before it is the sum of both."""
        if self.last is not None and self.claims[self.last].terms == RECEIVED:
            sum_: Terms = (*RECEIVED, *CARRIED_IN)
            self.claims[self.last] = replace(self.claims[self.last], terms=sum_, alternatives=(), loose=(RECEIVED,))


def is_baseline(lead: Sequence[Token]) -> bool:
    """Whether a figure is what another is compared with: 由2023年的115件增至…, 比2023年的110件多…"""
    return any(
        token.feature == "year" and not any(other.feature == "carry" for other in lead) and _is_base(lead, index)
        for index, token in enumerate(lead)
    )


def _is_base(tokens: Sequence[Token], index: int) -> bool:
    """Whether a year is compared with (比2023年) or carried from (2023年结转), rather than when things happened."""
    around = tokens[max(0, index - 1) : index + 2]
    return any(token.feature in ("compare", "carry") for token in around) or (
        index > 0 and tokens[index - 1].text in FROM
    )
