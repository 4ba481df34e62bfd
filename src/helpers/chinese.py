"""Numbers as Chinese documents write them: numerals, and the numbering of labels and headings."""

from __future__ import annotations

import re

DIGITS = {"〇": 0, "○": 0, "两": 2} | {letter: value for value, letter in enumerate("零一二三四五六七八九")}
POWERS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}

_LONGEST = 40
"""Characters of a numeral: each 亿 adds eight digits to its value, and a page of them would fill the memory."""

ORDINALS = "一二三四五六七八九十百"
NUMERALS = "〇零一二两三四五六七八九十百千万亿"
FIGURES = "〇○零一二三四五六七八九"
"""The characters of numbering, of numerals, and of years written figure by figure, for a regular expression's class."""

_NUMBERING = re.compile(
    rf"\s*(?:第(?P<part>[{ORDINALS}]{{1,4}})(?:部分|章|节)[、：:\s]*"
    rf"|[（(\[]?\s*(?P<bracketed>第?[{ORDINALS}]{{1,4}}|\d{{1,2}})\s*[)）\]](?!\d)[、.．,，:：]?"
    rf"|(?P<plain>第?[{ORDINALS}]{{1,4}})\s*[、.．,，:：]"
    r"|(?P<digits>\d{1,2})\s*[、.．,，:：](?!\d))\s*"
)
_BARE = re.compile(r"\s*(?P<bare>\d{1,2})(?=[^\d年月日.%件])")


def number(text: str) -> int:
    """The value of a numeral: 十二 → 12, 一百零三 → 103, 二〇二四 → 2024, 12 → 12; ValueError where it is none."""
    if len(text) > _LONGEST:
        raise ValueError(f"{text[:_LONGEST]}…")
    if text.isdecimal():
        return int(text)
    if not text or any(letter not in DIGITS and letter not in POWERS and letter not in MYRIADS for letter in text):
        raise ValueError(text)
    if all(letter in DIGITS for letter in text):
        return int("".join(str(DIGITS[letter]) for letter in text))
    total = section = digit = 0
    for letter in text:
        if letter in DIGITS:
            digit = DIGITS[letter]
        elif letter in POWERS:
            section += (digit or 1) * POWERS[letter]
            digit = 0
        elif letter == "亿":
            total, section, digit = (total + section + digit) * MYRIADS[letter], 0, 0
        else:
            total, section, digit = total + (section + digit or 1) * MYRIADS[letter], 0, 0
    return total + section + digit


def numeral(value: int) -> str:
    """1 → 一, 10 → 十, 21 → 二十一; 0 to 99, as headings are numbered."""
    tens, ones = divmod(value, 10)
    digits = dict(zip(DIGITS.values(), DIGITS, strict=True))
    if not tens:
        return digits[ones]
    return (digits[tens] if tens > 1 else "") + "十" + (digits[ones] if ones else "")


def split_numbering(label: str, *, bare_digits: bool = False) -> tuple[int | None, str]:
    """The number of a label and the rest as it stands: （三）不予公开 → (3, 不予公开), 总计 → (None, 总计).

    `bare_digits` takes 1属于国家秘密 for numbered too, which fits the rows of a table and not the titles that people
    write (5G建设情况). A label that is nothing but its number keeps it.
    """
    match = _NUMBERING.match(label) or (_BARE.match(label) if bare_digits else None)
    if match is None or not label[match.end() :].strip():
        return None, label
    word = next(text for text in match.groupdict().values() if text)
    return number(word.removeprefix("第")), label[match.end() :]


def unnumbered(label: str) -> str:
    """A label or title without its numbering: （二）依申请公开情况 → 依申请公开情况."""
    return split_numbering(label)[1].strip()
