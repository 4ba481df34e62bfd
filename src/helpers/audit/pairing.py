"""Which of many reports is last year's: the same body, the year before."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpers.bodies import short_name
from helpers.report import AnnualReport

# 教育局 without a place before it is the name of thousands of bodies; 东河县教育局 is one.
_PLACE = re.compile(r".{1,8}?(省|市|县|区|旗|盟|州|镇|乡|街道)")


@dataclass(frozen=True)
class Card:
    """What pairing needs to know of a report that was read; `number` is its file's."""

    number: int
    file: Path
    body: str
    year: int

    @property
    def name(self) -> str:
        """The body as it is compared: 东阿县 and 东阿县人民政府 are one."""
        return short_name(re.sub(r"\s", "", unicodedata.normalize("NFKC", self.body)))


def pair(cards: Iterable[Card], agree: Callable[[int, int], bool]) -> Mapping[int, int]:
    """Number of a report → number of the report on the year before, where it is certain which one that is.

    Of several candidates those in the same folder come first. Where those left do not `agree` in every figure
    (bodies of the same name, a report corrected later), none is taken: T3-YEAR would accuse the wrong one. A name
    without a place in it is paired within its folder only.
    """
    known: dict[tuple[str, int], list[Card]] = {}
    beside: dict[tuple[str, int, Path], list[Card]] = {}
    for card in cards:
        if card.name:
            known.setdefault((card.name, card.year), []).append(card)
            beside.setdefault((card.name, card.year, card.file.parent), []).append(card)
    pairs: dict[int, int] = {}
    for (name, year, folder), group in beside.items():
        anywhere = known.get((name, year - 1), []) if _PLACE.match(name) else []
        candidates = [card.number for card in beside.get((name, year - 1, folder), anywhere)]
        if candidates and all(agree(candidates[0], other) for other in candidates[1:]):
            pairs |= {card.number: candidates[0] for card in group}
    return pairs


def agree(one: AnnualReport, other: AnnualReport) -> bool:
    """Whether two readings can be of the same report: no figure that both state differs."""
    both = one.cells.keys() & other.cells.keys()
    stated = ((one.cells[a], other.cells[a]) for a in both)
    return all(a == b for a, b in stated if a is not None and b is not None)
