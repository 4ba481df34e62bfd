"""What a name in a template leads to where it is no figure: further names, or nothing."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from typing import Protocol

from jinja2 import StrictUndefined

from helpers.narrative.values import FigureError


class Named(Protocol):
    """What a scope looks its names up in: every figure by dotted path, and the labels of rows."""

    figures: dict[str, object]
    labels: dict[str, str]

    def at(self, path: str) -> object:
        """What stands at `path`."""


class Absent(StrictUndefined):
    """A name that stands for nothing: using it raises `problem`, asking `is stated` may answer no."""

    __slots__ = ("stated",)

    def __init__(self, problem: Callable[[], FigureError], stated: bool | None = None) -> None:
        # Only when it is used: the nearest name to an unknown one is sought in a thousand.
        super().__init__(exc=lambda _: problem())  # type: ignore[arg-type]
        self.stated = stated

    def child(self, name: str) -> object:
        """What stands below the name: itself, for a blank has no parts."""
        return self


class Unknown(Absent):
    """A name that the report does not have; `requests.recieved.total` is looked up to its end to name its like."""

    __slots__ = ("names", "path")

    def __init__(self, path: str, names: Named) -> None:
        super().__init__(lambda: FigureError("a name the report has", f"`{path}`", did_you_mean(path, names.figures)))
        self.path = path
        self.names = names

    def child(self, name: str) -> object:
        """The longer name, just as unknown."""
        return Unknown(f"{self.path}.{name}", self.names)


class NoYear(Absent):
    """`last_year` where there is none: false, and every name below it is as absent as itself."""

    __slots__ = ()

    def __bool__(self) -> bool:  # type: ignore[override]  # strict otherwise, but `{% if last_year %}` is a question
        return False


class Scope:
    """A name that leads to others: a table, a row, a group of rows, the indicators, last year.

    Only `child` leads on: a template reaches nothing of the object itself.
    """

    __slots__ = ("names", "path")

    def __init__(self, path: str, names: Named) -> None:
        self.path = path
        self.names = names

    def child(self, name: str) -> object:
        """What `path.name` stands for; where a row and the sum of a column share a name, the row."""
        return self.names.at(f"{self.path}.{name}")

    def __repr__(self) -> str:
        below = [path for path in self.names.figures if path.startswith(f"{self.path}.")]
        example = next((path for path in below if path.endswith(".total")), below[0] if below else "nothing")
        return f"`{self.path}`, which leads to figures (such as {example}) and is none itself"


def blank(path: str, where: str) -> Absent:
    """A name whose figure nobody has stated: blank is not zero."""
    problem = FigureError(
        f"a stated value for `{path}`",
        "a blank, and blank is not zero",
        f"Fill in {where}, or write `{{% if {path} is stated %}}` around the sentence.",
    )
    return Absent(lambda: problem, stated=False)


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The remedy for a name nobody knows."""
    near = difflib.get_close_matches(name, list(known), 2)
    if near:
        return "Did you mean " + " or ".join(f"`{match}`" for match in near) + "?"
    return "Use an address of the form, `indicators.ID`, `last_year.…`, `year`, `body`, `name`, `site` or `contact.…`."


def is_stated(value: object) -> bool:
    """Whether a figure is stated: `{% if site is stated %}`. False for a blank; an unknown name stays an error."""
    if isinstance(value, Absent) and value.stated is not None:
        return value.stated
    if isinstance(value, StrictUndefined):
        str(value)
    return True
