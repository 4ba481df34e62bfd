"""A line of text on its way to Typst: white space as HTML means it, every word in a string literal."""

from __future__ import annotations

import re

from helpers.display import typst_text

LONG = 24
"""Letters that stand in any line and most columns; a longer word may be parted, or it would run over the edge."""
LONGEST_WHOLE = 40
"""Letters of a figure, or of an address, which the typesetter itself parts where a reader would."""
IDEOGRAPHS = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Characters between which a line may end."""

_SPACE = re.compile(r"([ \t\r\n]+)")
_LONG_WORD = re.compile(rf"[^\s{IDEOGRAPHS}]{{{LONG + 1},}}")
_IDEOGRAPH = re.compile(rf"[{IDEOGRAPHS}]")
_FIGURE = re.compile(r"[-+±$¥€£]?[\d,.:/%eE+-]+")
_ADDRESS = re.compile(r"(https?://|www\.)[!-~]+")
_PART = re.compile(r"\w{1,12}[/.?&=#_-]*|.{1,12}")
_BREAK = "\u200b"


def bare(text: str) -> str:
    """A text without line breaks as `Line` sets it when nothing else stands there: white space as HTML means it."""
    return typst_text(partable(_SPACE.sub(" ", text).strip(" ")))


def partable(text: str) -> str:
    """`text`, its long words with places where they may be parted; a figure stays whole, parted it is two."""
    return _LONG_WORD.sub(_parted, text) if len(text) > LONG else text


def _parted(word: re.Match[str]) -> str:
    whole = len(word[0]) <= LONGEST_WHOLE and (_FIGURE.fullmatch(word[0]) or _ADDRESS.fullmatch(word[0]))
    return word[0] if whole else _BREAK.join(_PART.findall(word[0]))


class Line:
    """Text and markup in the order they are read."""

    def __init__(self, keeps: bool = False) -> None:
        self._keeps = keeps
        self._pieces: list[tuple[bool, str]] = []
        self._last = ""

    def text(self, text: str) -> None:
        """Words; white space among and around them counts as one space, and as none at either end of the line.

        In a line that keeps its white space all of it counts.
        """
        if self._keeps:
            self._keep(text)
            return
        for number, piece in enumerate(_SPACE.split(text)):
            if number % 2:
                if self._last not in ("", " ", "\n"):
                    self._add("\n" if "\n" in piece else " ")
            elif piece:
                # Chinese is written without spaces: a line break between two of its characters is not one.
                if self._last == "\n" and _IDEOGRAPH.match(self._before()) and _IDEOGRAPH.match(piece):
                    self._forget_space()
                self._add(piece)

    def another(self) -> Line:
        """An empty line of the same kind."""
        return Line(self._keeps)

    def mark(self, markup: str) -> None:
        """Markup that opens or closes something: white space before and after it still meets."""
        if markup:
            self._pieces.append((False, markup))

    def put(self, markup: str) -> None:
        """Markup that is something itself, as a word is."""
        self._pieces.append((False, markup))
        self._last = "x"

    def broken(self) -> None:
        """A line break that the author wrote."""
        if self._last in (" ", "\n"):
            self._forget_space()
        self._pieces.append((False, "#linebreak();"))
        self._last = ""

    def markup(self) -> str:
        """The line as Typst markup, neighbouring words in one literal; nothing for a line without content."""
        if self._last in (" ", "\n") and not self._keeps:
            self._forget_space()
        out: list[str] = []
        run = ""
        for is_text, piece in self._pieces:
            if is_text:
                run += " " if piece == "\n" else piece
                continue
            out += (typst_text(partable(run)), piece)
            run = ""
        return "".join([*out, typst_text(partable(run))])

    def _keep(self, text: str) -> None:
        for number, line in enumerate(text.split("\n")):
            if number:
                self.put("#linebreak();")
            if line:
                self._add(line.expandtabs(8))

    def _add(self, piece: str) -> None:
        self._pieces.append((True, piece))
        self._last = piece if piece in (" ", "\n") else piece[-1]

    def _before(self) -> str:
        """The last character before the white space that stands last."""
        texts = (piece for is_text, piece in reversed(self._pieces) if is_text and piece not in (" ", "\n"))
        return next(texts, "")[-1:]

    def _forget_space(self) -> None:
        """Take back the white space that stands last, from before whatever closes or opens after it."""
        for number in range(len(self._pieces) - 1, -1, -1):
            if self._pieces[number] in ((True, " "), (True, "\n")):
                del self._pieces[number]
                break
