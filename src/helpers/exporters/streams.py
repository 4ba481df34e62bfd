"""What a program writes to a terminal, as HTML: colours kept, lines that overwrite themselves as they ended."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from rich.ansi import AnsiDecoder
from rich.color import Color
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from helpers.display import escape

_TITLE = re.compile("\x1b\\][^\x07\x1b]*(?:\x07|\x1b\\\\)")  # of the terminal's window; also the way to write links
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_DARK = [(36, 41, 47), (163, 21, 21), (17, 99, 41), (125, 78, 0), (9, 105, 218), (130, 80, 223), (27, 124, 131)]
THEME = TerminalTheme((255, 255, 255), (36, 41, 47), [*_DARK, (87, 96, 106)], [*_DARK, (87, 96, 106)])
"""The sixteen colours of a terminal, dark enough to be read on paper."""


def preformatted(text: str) -> str:
    """`text` as a `pre` element: ANSI colours and weights as styles, every other control sequence left out."""
    decoder = AnsiDecoder()  # one for all lines: a colour lasts until it is put off
    lines = [_coloured(decoder.decode_line(_settled(line))) for line in text.rstrip("\n").split("\n")]
    return f"<pre>{chr(10).join(lines)}</pre>"


def _settled(line: str) -> str:
    """The line as the terminal leaves it: what follows a carriage return overwrites, a backspace takes one back."""
    shown = ""
    line = _TITLE.sub("", line)
    for part in line.rstrip("\r").split("\r"):
        shown = part + shown[len(part) :] if "\x1b" not in part + shown else part or shown
    while "\b" in shown:
        before, _, after = shown.partition("\b")
        shown = before[:-1] + after
    return shown.expandtabs()


def _coloured(text: Text) -> str:
    edges = sorted({0, len(text.plain), *(edge for span in text.spans for edge in (span.start, span.end))})
    return "".join(_run(text, start, end) for start, end in pairwise(edges))


def _run(text: Text, start: int, end: int) -> str:
    styles = [span.style for span in text.spans if span.start <= start and end <= span.end]
    css = ";".join(_css(Style.combine([Style.null(), *(style for style in styles if isinstance(style, Style))])))
    words = escape(_CONTROL.sub("", text.plain[start:end]))
    return f'<span style="{css}">{words}</span>' if css else words


def _css(style: Style) -> Iterator[str]:
    front, back = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
    for name, colour in (("color", front), ("background-color", back)):
        if isinstance(colour, Color) and not colour.is_default:
            yield f"{name}:{colour.get_truecolor(THEME).hex}"
    if style.bold:
        yield "font-weight:bold"
    if style.italic:
        yield "font-style:italic"
    if style.underline or style.strike:
        yield f"text-decoration:{'underline' if style.underline else 'line-through'}"
