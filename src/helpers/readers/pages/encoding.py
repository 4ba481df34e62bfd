"""Bytes of a Chinese text file → text, whatever it was saved as."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from helpers.errors import DocumentError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.IGNORECASE)
_CHARSETS = dict.fromkeys(
    ("gb18030", "gbk", "gb2312", "gb_2312", "gb_2312-80", "x-gbk", "cp936", "gb18030-2000", "euc-cn"), "gb18030"
) | dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "x-x-big5", "cp950"), "big5hkscs")
"""What a file may declare → how it is read: the widest of its family. Every other name is passed over: pages in
UTF-8 and UTF-16 are told by their bytes, and Python also knows `zlib`, `rot13`, `idna` and `unicode_escape`."""

_COMMON = frozenset("的一是在不了有和人这中大为上个国年政府信息公开申请报告工作数量本行其他县市區區資訊開數請報")

# Running Chinese has a third of its characters among the commonest; bytes read in the wrong encoding a twentieth.
_CHINESE_ENOUGH = 0.15

# Real pages carry a few broken bytes (a cut-off include, a pasted character); more than this is the wrong encoding.
_TOLERATED = 0.002


def decode(path: Path, data: bytes) -> str:
    """The text of the file at `path`; raises DocumentError where no encoding explains its bytes.

    A byte-order mark decides; then UTF-8, which other encodings practically never satisfy by chance; then what the
    file declares; then GB18030 and Big5, by which reads as more common Chinese.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace").lstrip("\ufeff")
    if wide := _without_mark(data):
        return data.decode(wide, errors="replace")
    if (text := _strict(data, "utf-8")) is not None:
        return text
    declared = [match.decode("ascii").lower() for match in _DECLARED.findall(data[:4096])]
    names = [_CHARSETS[name] for name in declared if name in _CHARSETS]
    if names and (text := _strict(data, names[0])) is not None and _plausibility(data, names[0]) > _CHINESE_ENOUGH:
        return text
    guesses = sorted(("gb18030", "big5hkscs"), key=lambda name: -_plausibility(data, name))
    for name in dict.fromkeys([*names, *guesses]):
        if (text := _strict(data, name)) is not None and (name in guesses[:1] or _plausibility(data, name) > 0):
            return text
    for name in dict.fromkeys(["utf-8", *names, *guesses]):
        text = data.decode(name, errors="replace")
        if text.count("\ufffd") <= max(3, len(text) * _TOLERATED):
            return text
    raise DocumentError(
        path, "text in UTF-8, GB18030, Big5 or UTF-16", "bytes that none of them explains",
        "Look whether the file was downloaded completely.",
    )  # fmt: skip


def _without_mark(data: bytes) -> str | None:
    """UTF-16 saved without its mark: every other byte of the markup or the spaces is zero."""
    head = data[:2000]
    if len(head) < 4 or head.count(0) < len(head) // 20:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _strict(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except UnicodeDecodeError:
        return None


def _plausibility(data: bytes, name: str) -> float:
    text = data[:30_000].decode(name, errors="replace")
    chinese = [character for character in text if "\u3400" <= character <= "\ufaff"]
    return sum(character in _COMMON for character in chinese) / (len(chinese) + 1) - text.count("\ufffd") / (
        len(text) + 1
    )
