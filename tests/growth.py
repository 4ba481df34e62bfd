"""How the time of a parser grows with its input: a quadratic one is found on any machine, a slow one is not blamed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import process_time

NEGLIGIBLE = 0.02
"""Seconds below which a clock says nothing; a quadratic parser is beyond it at the sizes measured here."""

BITS = (
    " ", "\t", "\n", "　", "a", "文", "1", ",", "|", "[", "]", "(", ")", "<", ">", "*", "_", "`", "~", "#", "-", "=",
    "'", '"', "\\", "&", "!", "$", "^", "{#", "#}", "{%", "%}", "{{", "}}", "# ", "## ", "- ", "> ", "a\n", "文\n",
    "文 \n", "a|b\n", "[a](", "![", "**a", "*a ", "<a ", "```\n", "（", "）", "22（", "1,", "，", "\r", "\r\n", "- a\n",
    "|a|\n|-|\n",
)  # fmt: skip
"""What parsers of text go wrong over when it comes by the thousand."""


def growth(parse: Callable[[str], object], bit: str, size: int = 1000, head: str = "", tail: str = "") -> float:
    """How many times longer `parse` takes for four times as many `bit`s: 4 where it is linear, 16 quadratic.

    An exception of the parser is an answer like any other. Too quick to be measured counts as linear.
    """

    def seconds(count: int) -> float:
        text = head + bit * count + tail
        best = float("inf")
        for _ in range(2):
            start = process_time()
            with suppress(Exception):  # whatever it says of the text, it has read it
                parse(text)
            best = min(best, process_time() - start)
        return best

    large = seconds(4 * size)
    return 4.0 if large < NEGLIGIBLE else large / max(seconds(size), 1e-6)


LINEAR = 9
"""Between the 4 of a linear parser and the 16 of a quadratic one."""
