"""The Markdown around the figures: what is literal text, where lines join, which links may stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from helpers import markup

SCHEMES = {"http", "https", "mailto"}

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~#$^]")
_LEADING = re.compile(r"^(?=[-+=:])|^(\d+)(?=[.)])")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_BEGINS_BLOCK = re.compile(r"^\s*([-*+>#|=]|\d+[.)]|`{3}|~{3}|\[\^)|^ {4}|^\t")


class Finished(str):
    """Text that is Markdown already: finished figures, labels escaped."""

    __slots__ = ()


def escape(text: str) -> str:
    """`text` as Markdown that shows exactly that text, on one line, wherever in a paragraph it lands.

    White space and control characters become one space; invisible format characters (direction marks) go.
    """
    seen = "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in text
        if unicodedata.category(character) not in {"Cf", "Cs"}
    )
    seen = re.sub(r"\s+", " ", seen).strip()
    return _LEADING.sub(r"\1\\", _SPECIAL.sub(r"\\\g<0>", seen))


def outside_fences(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Index and text of the lines that are not inside a fenced code block."""
    fence = ""
    for index, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence):
                fence = ""
        elif match:
            fence = match[1]
        else:
            yield index, line


def join_lines(text: str) -> str:
    """`text` with the line breaks inside Chinese sentences taken out.

    Markdown turns a line break into a space, which Chinese does not have; a break beside a full-width character
    is dropped, one between Latin words stays. Tables, lists, headings and code keep their lines.
    """
    lines = text.split("\n")
    prose = {index for index, _ in outside_fences(lines)}
    joined: list[list[str]] = []
    for index, line in enumerate(lines):
        if joined and {index - 1, index} <= prose and _one_sentence(joined[-1], line):
            joined[-1][-1] = joined[-1][-1].rstrip()
            joined[-1].append(line.strip())
        else:
            joined.append([line])
    return "\n".join(map("".join, joined))


def _one_sentence(above: list[str], below: str) -> bool:
    """Whether a line goes on with the sentence of those above it, of which only the ends matter."""
    first, last = above[0], above[-1]
    if not last.strip() or not below.strip() or "|" in first or "|" in below:
        return False
    if first.lstrip().startswith("#") or last.endswith(("  ", "\\")) or _BEGINS_BLOCK.match(below):
        return False
    return _wide(last.rstrip()[-1]) or _wide(below.lstrip()[0])


def _wide(character: str) -> bool:
    # Quotation marks and dashes are ambiguous in Unicode; in a Chinese report they are Chinese.
    return unicodedata.east_asian_width(character) in "WFA"


def refused_target(text: str) -> tuple[str, str] | None:
    """The first picture or unsafe link of `text`: what it is and its target; None where all is well."""
    tokens, defined = markup.tokens(text)
    for token in _walk(tokens):
        url = str(token.get("attrs", {}).get("url", ""))
        if token["type"] == "image":
            return "a picture", url
        if token["type"] == "link" and not _safe(url):
            return "a link", url
    for definition in defined.values():
        if not _safe(definition["url"]):
            return "a link", definition["url"]
    return None


def unexplained(text: str) -> list[str]:
    """The marks of footnotes in `text` that no note in it explains; they are shown as they are typed."""
    return [token["raw"] for token in _walk(markup.tokens(text)[0]) if token["type"] == "unknown_note"]


def _safe(url: str) -> bool:
    try:
        return urlsplit(url).scheme in SCHEMES
    except ValueError:
        return False


def _walk(tokens: Any) -> Iterator[dict[str, Any]]:
    for token in tokens:
        yield token
        yield from _walk(token.get("children", ()))
