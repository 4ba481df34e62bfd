"""Headings: their numbering, and which title means which section or part."""

from __future__ import annotations

import re

from helpers.forms import normalise

_NUMERAL = "零一二三四五六七八九"
_NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十百]+(?:部分|章|节)[、：:\s]*"
    r"|[（(]\s*[一二三四五六七八九十百\d]+\s*[)）]"
    r"|[一二三四五六七八九十百]+\s*[、.．，,]"
    r"|\d+\s*[、.．)）](?!\d))\s*"
)


def bare(title: str) -> str:
    """A title without its numbering: （二）依申请公开情况 → 依申请公开情况."""
    return _NUMBERING.sub("", title, count=1).strip()


def key(title: str) -> str:
    """A title as titles are compared."""
    return normalise(bare(title))


def chinese(number: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; up to 99, as headings are numbered."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _NUMERAL[ones]
    return (_NUMERAL[tens] if tens > 1 else "") + "十" + (_NUMERAL[ones] if ones else "")
