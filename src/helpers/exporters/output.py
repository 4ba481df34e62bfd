"""One output of a cell, as the table of kinds sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from helpers.exporters.positions import Position

UNTOLD = "图（未说明内容）"
"""The alternative text of a picture whose author gave none: said so, and asked for."""


@dataclass(frozen=True)
class Output:
    """The alternatives that an output offers, by kind, with each one's metadata, and what stands around it.

    `beside` are the kinds of all outputs of its cell, `widgets` the states of the notebook's widgets by model. `notes`
    takes what its author should know although it stops nothing, in Chinese.
    """

    bundle: Mapping[str, Any]
    about: Mapping[str, Any]
    position: Position
    beside: frozenset[str] = frozenset()
    widgets: Mapping[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def text(self, kind: str) -> str:
        """An alternative that is text; notebooks keep it as one string or as its lines."""
        data = self.bundle[kind]
        return data if isinstance(data, str) else "".join(map(str, data))

    def said(self, kind: str) -> Mapping[str, Any]:
        """The metadata of an alternative: its own, and where it says nothing the output's."""
        own = self.about.get(kind)
        return {**self.about, **own} if isinstance(own, Mapping) else self.about

    def alt(self, kind: str, *candidates: object) -> str:
        """The alternative text of a picture: what its author gave, else the first of `candidates`, else a request."""
        about = self.said(kind)
        for candidate in (about.get("alt"), about.get("title"), *candidates):
            if words := " ".join(str(candidate or "").split()):
                return words
        self.notes.append(
            f"{self.position.chinese}的图没有替代文字，读屏的人不知道它说什么：给图加标题，"
            '或写 Image(…, alt="…")、display(…, metadata={"image/png": {"alt": "…"}})。'
        )
        return UNTOLD
