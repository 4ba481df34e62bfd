"""Where requests come from and where they go: two columns of nodes, ribbons as thick as the numbers they carry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from helpers.charts._canvas import Canvas
from helpers.charts._style import BLUE, LEAD, ORANGE, TEXT, WIDTH
from helpers.charts._text import figure, tidy, width, wrap

_HIGH = 132.0
"""Points for the whole stream."""
_NODE = 7.0
_SLOT = 17.0
"""Least distance between the middles of two labels."""
_GAP = 5.0
_LABEL_MAX = 150.0


@dataclass(frozen=True)
class Stream:
    """One branch; `carried` marks what comes from or goes to another year."""

    label: str
    value: int
    carried: bool = False

    @property
    def text(self) -> str:
        """Name and number as drawn beside the node."""
        return f"{tidy(self.label)} {self.value}件"

    @property
    def lines(self) -> tuple[str, ...]:
        """The same in lines short enough to leave the ribbons room."""
        return wrap(self.text, _LABEL_MAX, TEXT)

    def slot(self, scale: float) -> float:
        """The height that node and text need, without the gap to the next."""
        return max(self.value * scale, _SLOT - _GAP + (len(self.lines) - 1) * TEXT * LEAD)


@dataclass(frozen=True)
class Streams:
    """What came in and what went out; both add up to `total`."""

    incoming: tuple[Stream, ...]
    outgoing: tuple[Stream, ...]
    total: int
    total_label: str
    note: str

    def statements(self) -> Iterator[str]:
        """In, through, out."""
        yield "、".join(f"{stream.label}{stream.value}件" for stream in self.incoming)
        yield f"{self.total_label}{self.total}件"
        yield "、".join(f"{stream.label}{stream.value}件" for stream in self.outgoing)
        yield self.note

    def draw(self) -> Canvas:
        """Left what came in, in the middle everything to be answered, right what became of it."""
        canvas = Canvas()
        left = max(width(stream.text, TEXT) for stream in self.incoming) + 6
        right = WIDTH - _NODE - 6 - max(width(line, TEXT) for stream in self.outgoing for line in stream.lines)
        middle = (left + right) / 2
        head = TEXT * LEAD + 6
        scale = _HIGH / self.total
        tall = max(_HIGH, *(_tall(streams, scale) for streams in (self.incoming, self.outgoing)))
        caption = f"{self.total_label} {figure(self.total)}件"
        canvas.text(middle, TEXT * LEAD / 2, caption, anchor="center")
        canvas.bar(middle - _NODE / 2, head, _NODE, _HIGH, BLUE)
        inner = head
        for stream, y in _placed(self.incoming, scale, head):
            high = stream.value * scale
            colour = ORANGE if stream.carried else BLUE
            canvas.ribbon(left + _NODE, y, middle - _NODE / 2, inner, high, colour, 0.28)
            canvas.bar(left, y, _NODE, max(high, 0.8), colour)
            canvas.text(left - 6, y + high / 2, stream.text, anchor="right")
            inner += high
        inner = head
        for stream, y in _placed(self.outgoing, scale, head):
            high = stream.value * scale
            colour = ORANGE if stream.carried else BLUE
            canvas.ribbon(middle + _NODE / 2, inner, right, y, high, colour, 0.28)
            canvas.bar(right, y, _NODE, max(high, 0.8), colour)
            canvas.lines(right + _NODE + 6, y + high / 2, stream.lines)
            inner += high
        return canvas.sized(canvas.note(head + tall + 8, self.note))


def _tall(streams: tuple[Stream, ...], scale: float) -> float:
    return sum(stream.slot(scale) for stream in streams) + _GAP * (len(streams) - 1)


def _placed(streams: tuple[Stream, ...], scale: float, y: float) -> Iterator[tuple[Stream, float]]:
    """Every stream with the top of its node: nodes in order, thin ones kept a line of text apart, from `y` down."""
    for stream in streams:
        slot = stream.slot(scale)
        yield stream, y + (slot - stream.value * scale) / 2
        y += slot + _GAP
