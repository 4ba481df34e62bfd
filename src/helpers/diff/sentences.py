"""The prose of two reports by section: sentences first, then characters where a sentence was reworded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any, Literal, NamedTuple

from helpers.markup import plain
from helpers.report import AnnualReport

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]+[”’）》]*|[^。！？；\n]+|\n+")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*%?|[A-Za-z]+|.", re.DOTALL)
_BLANK = re.compile(r"\s")

# Sentences with less in common were not reworded but replaced: characters set against each other are confetti.
_REWORDED = 0.5

# A run of so few characters that happens to stand in both is read with what changed around it.
_CHANCE = 1

# SequenceMatcher takes time by the product of both lengths: this is a second at worst.
_LONGEST = 4_000_000


class Stretch(NamedTuple):
    """A stretch of text that is in both reports, only in the old or only in the new one."""

    kind: Literal["same", "removed", "inserted"]
    text: str


@dataclass(frozen=True)
class SectionChange:
    """One section in both reports; a text is None where the report does not have it.

    `repeated` is the share of the new text's characters that stand in sentences of the old one, in percent; None
    where there is nothing to compare.
    """

    id: str
    heading: str
    old: str | None
    new: str | None
    pieces: tuple[Stretch, ...]
    repeated: float | None

    @property
    def differs(self) -> bool:
        """Whether anything was inserted or removed; a section that is not there differs from an empty one."""
        return (self.old is None) != (self.new is None) or any(piece.kind != "same" for piece in self.pieces)

    @property
    def lines(self) -> tuple[tuple[Stretch, ...], ...]:
        """The pieces by paragraph."""
        lines: list[list[Stretch]] = [[]]
        for piece in self.pieces:
            first, *rest = piece.text.split("\n")
            lines[-1].append(Stretch(piece.kind, first))
            lines += [[Stretch(piece.kind, part)] for part in rest]
        return tuple(kept for line in lines if (kept := tuple(piece for piece in line if piece.text)))

    def as_dict(self) -> dict[str, Any]:
        """Plain JSON values; the pieces joined give both texts without their Markdown."""
        return {
            "section": self.id, "heading": self.heading, "in_old": self.old is not None,
            "in_new": self.new is not None, "differs": self.differs, "repeated": self.repeated,
            "pieces": [piece._asdict() for piece in self.pieces],
        }  # fmt: skip


def compare_prose(old: AnnualReport, new: AnnualReport) -> Iterator[SectionChange]:
    """Every section that either report has, the preface first; what is emphasised or linked makes no difference."""
    headings = {"preface": "前言"}
    headings |= {section.id: section.heading for form in (old.form, new.form) for section in form.prose_sections}
    for name, heading in headings.items():
        texts = [None if (text := report.text.get(name)) is None else plain(text) for report in (old, new)]
        if texts != [None, None]:
            before, after = (_sentences(text or "") for text in texts)
            pieces = tuple(_joined(_pieces(before, after)))
            yield SectionChange(name, heading, texts[0], texts[1], pieces, _repeated(before, after))


def _sentences(text: str) -> list[str]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return _SENTENCE.findall("\n".join(filter(None, lines)))


def _repeated(before: Sequence[str], after: Sequence[str]) -> float | None:
    known = {_BLANK.sub("", sentence) for sentence in before}
    words = [flat for sentence in after if (flat := _BLANK.sub("", sentence))]
    length = sum(map(len, words))
    if not length or not known:
        return None
    return round(100 * sum(len(word) for word in words if word in known) / length, 1)


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    if len(before) * len(after) > _LONGEST:
        yield from _ends(before, after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Stretch("same", "".join(after[c:d]))
        elif tag == "replace":
            yield from _reworded("".join(before[a:b]), "".join(after[c:d]))
        else:
            yield Stretch("removed", "".join(before[a:b]))
            yield Stretch("inserted", "".join(after[c:d]))


def _ends(before: Sequence[str], after: Sequence[str]) -> Iterator[Stretch]:
    """What is the same at both ends, and between them one text in the other's place."""
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False)))
    rest = zip(reversed(before[first:]), reversed(after[first:]), strict=False)
    last = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], rest))
    yield Stretch("same", "".join(after[:first]))
    yield Stretch("removed", "".join(before[first : len(before) - last]))
    yield Stretch("inserted", "".join(after[first : len(after) - last]))
    yield Stretch("same", "".join(after[len(after) - last :]))


def _reworded(old: str, new: str) -> Iterator[Stretch]:
    """Figures and words as wholes: 146 became 164, not a 4 and a 6 changed places."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if len(before) * len(after) > _LONGEST or matcher.ratio() < _REWORDED:
        yield Stretch("removed", old)
        yield Stretch("inserted", new)
        return
    removed = inserted = ""
    for tag, a, b, c, d in matcher.get_opcodes():
        by_chance = (removed or inserted) and b - a <= _CHANCE and d < len(after) and before[a] not in "，。；：\n"
        if tag == "equal" and not by_chance:
            same = "".join(after[c:d])
            yield from (Stretch("removed", removed), Stretch("inserted", inserted), Stretch("same", same))
            removed = inserted = ""
        else:
            removed += "".join(before[a:b])
            inserted += "".join(after[c:d])
    yield from (Stretch("removed", removed), Stretch("inserted", inserted))


def _joined(pieces: Iterator[Stretch]) -> Iterator[Stretch]:
    """Without empty pieces, and neighbours of one kind as one."""
    last: Stretch | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if last is not None and last.kind == piece.kind:
            last = Stretch(last.kind, last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
