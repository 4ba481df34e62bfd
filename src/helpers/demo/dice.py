"""Chance without state: each draw is a function of the seed and of what it is for.

So the order of drawing does not matter, a county is the same in a nation of ten and in one of thousands, and nothing
depends on how a Python version implements its random numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True)
class Dice:
    """Draws that belong to one thing (a nation, a county, a county's year), told apart by `name`."""

    name: str

    def of(self, part: object) -> Dice:
        """The dice of a part: a county of the nation, a year of the county."""
        return Dice(f"{self.name}/{part}")

    def uniform(self, what: str) -> float:
        """A number from 0 up to but not including 1."""
        digest = blake2b(f"{self.name}/{what}".encode(), digest_size=6).digest()
        return int.from_bytes(digest, "big") / 2**48  # 48 bits: exact in a float, so the same on every machine

    def below(self, end: int, what: str) -> int:
        """A whole number from 0 up to but not including `end`."""
        return int(self.uniform(what) * end)

    def whole(self, mean: float, what: str) -> int:
        """A count that is `mean` on average and within a quarter of it, but for rounding."""
        return int(mean * (0.75 + 0.5 * self.uniform(what)) + self.uniform(f"{what}, rounded"))

    def pick(self, items: Sequence[Item], what: str) -> Item:
        """One of `items`."""
        return items[self.below(len(items), what)]

    def shuffled(self, items: Sequence[Item], what: str) -> list[Item]:
        """All of `items` in another order."""
        return [item for _, _, item in sorted((self.uniform(f"{what} {n}"), n, item) for n, item in enumerate(items))]
