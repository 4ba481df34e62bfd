"""Bytes spoilt at random, as transfers, editors and ill will spoil them; a seed gives the same damage everywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

NASTY: tuple[bytes, ...] = (
    b"", b"\x00", b"\x07", b"\x1b[31m", b"\r", b"\r\n", b"\n\n", b"\t", b"\xff", b"\xef\xbb\xbf", b"\xc2\x85",
    b"\xed\xa0\x80", b"\xf0\x9f\x98\x80", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xef\xbf\xbe",
    b"0", b"-0", b"+5", b"-1", b"1_000", b"1e9", b"1e309", b"-1e309", b"NaN", b"Infinity", b"0x" + b"f" * 5000,
    b"9" * 18, b"9" * 19, b"9" * 5000, b"0.1234567", b"1" * 30 + b"." + b"1" * 30, "１２".encode(), "²".encode(),
    "①".encode(), "一亿亿亿亿亿亿".encode(), b"'", b'"', b'""', b",", b",,,,", b";", b"|", b"\\", b"`", b"*", b"_",
    b"[", b"]", b"(", b")", b"{", b"}", b"{{", b"}}", b"{%", b"%}", b"{#", b"#}", b"<", b">", b"&", b"&#0;", b"#",
    b"##", b"=1+1", b"@SUM(A1)", b"=cmd|' /C calc'!A0", b"javascript:alert(1)", b"file:///etc/passwd",
    b"../../../etc/passwd", b"/dev/zero", b"%s%n", b"${HOME}", b"$(id)", "（".encode(), "）".encode(), "，".encode(),
    "年".encode("gbk"), "《》〔〕".encode(), b"None", b"null", b"true", b"~",
)  # fmt: skip
"""Pieces that readers of text, numbers, CSV, YAML, JSON, Markdown and templates have stumbled over somewhere."""


CHARSETS = (
    "gbk",
    "gb18030",
    "big5",
    "hz",
    "iso2022_jp",
    "utf-7",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
)


def spoilt(data: bytes, random: Random, pieces: Sequence[bytes] = NASTY, others: Sequence[bytes] = ()) -> bytes:
    """`data` after one to four random damages; `others` are files to take pieces from."""
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 4))):
        data = random.choice(_DAMAGES)(data, random, pieces, others)
    return data


Damage = Callable[[bytes, Random, Sequence[bytes], Sequence[bytes]], bytes]


def _place(data: bytes, random: Random) -> int:
    return random.randint(0, len(data))


def _flip(data: bytes, random: Random, *_: object) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


def _insert(data: bytes, random: Random, pieces: Sequence[bytes], _: object) -> bytes:
    at = _place(data, random)
    return data[:at] + random.choice(pieces) + data[at:]


def _append(data: bytes, random: Random, pieces: Sequence[bytes], _: object) -> bytes:
    piece = random.choice(pieces)
    return data + b"\n" + piece if random.random() < 0.5 else piece + b"\n" + data


def _repeat(data: bytes, random: Random, pieces: Sequence[bytes], _: object) -> bytes:
    at = _place(data, random)
    piece = random.choice(pieces) + random.choice((b"", b" ", b"\n"))
    return data[:at] + piece * random.choice((2, 10, 100, 3000)) + data[at:]


def _delete(data: bytes, random: Random, *_: object) -> bytes:
    at = _place(data, random)
    return data[:at] + data[at + random.choice((1, 3, 20, 400)) :]


def _truncate(data: bytes, random: Random, *_: object) -> bytes:
    return data[: _place(data, random)]


def _token(data: bytes, random: Random, pieces: Sequence[bytes], _: object) -> bytes:
    """One field, word or value replaced: what is left is still well formed and reaches the inner checks."""
    marks = [at for at, byte in enumerate(data) if byte in b",:\n |\t{}()[]"]
    if len(marks) < 2:
        return random.choice(pieces)
    at = random.randrange(len(marks) - 1)
    return data[: marks[at] + 1] + random.choice(pieces) + data[marks[at + 1] :]


def _lines(data: bytes, random: Random, *_: object) -> bytes:
    lines = data.split(b"\n")
    here, there = random.randrange(len(lines)), random.randrange(len(lines))
    kind = random.randrange(4)
    if kind == 0:
        lines.insert(there, lines[here])
    elif kind == 1:
        del lines[here]
    elif kind == 2:
        lines[here], lines[there] = lines[there], lines[here]
    else:
        lines[here] = lines[here] * random.choice((2, 50))
    return b"\n".join(lines)


def _transcode(data: bytes, random: Random, *_: object) -> bytes:
    """Saved in another charset, or with other ends of lines."""
    if random.random() < 0.25:
        return data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", b"")))
    return data.decode("utf-8", "replace").encode(random.choice(CHARSETS), "replace")


def grown(data: bytes, random: Random, largest: int) -> bytes:
    """The data with a stretch of it so often that it has nearly as many bytes as `largest`."""
    start = _place(data, random)
    stretch = data[start : start + random.choice((1, 8, 100, 1000, 10_000))]
    times = max(largest - len(data), 0) // max(len(stretch), 1)
    return data[:start] + stretch * times + data[start:]


def _splice(data: bytes, random: Random, pieces: Sequence[bytes], others: Sequence[bytes]) -> bytes:
    other = random.choice(others) if others else random.choice(pieces)
    start = _place(other, random)
    at = _place(data, random)
    return data[:at] + other[start : start + random.choice((10, 100, 5000))] + data[at:]


_DAMAGES: tuple[Damage, ...] = (
    _flip, _insert, _insert, _append, _repeat, _delete, _truncate, _token, _token, _token, _lines, _lines, _transcode,
    _splice,
)  # fmt: skip
