"""The exception tree. Callers catch `GongkaiError`; everything below it is a fact about the input or the build.

GongkaiError
├── InputError          something the user wrote is wrong: where, expected, found, remedy
│   ├── FormError       a form file
│   ├── FolderError     a params folder: CSV, YAML, names of files and folders
│   ├── NarrativeError  the prose: headings, figures by reference
│   ├── ParameterError  notebook parameters, command-line targets
│   ├── NotebookError   a notebook that cannot be run: its file, its kernel, its parameters cell
│   └── DocumentError   a published document that cannot be read
├── IntegrityError      the figures break a law of the form; carries the findings
└── BuildError          executing, typesetting or promoting a report failed
    └── RefusedError    markup that a published report may not have: what, where in it, remedy
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from helpers.visible import visible

LONGEST = 300
"""Characters of one part of a message: a line of a megabyte is shown by its beginning."""


class GongkaiError(Exception):
    """Base of every error this package raises on purpose."""

    def _render_traceback_(self) -> list[str]:
        # IPython calls this in place of its traceback: a clerk reads the message, not our stack.
        return [str(self)]


def _shortened(text: str) -> str:
    shown = visible(text[: LONGEST + 1])
    return shown if len(shown) <= LONGEST else f"{shown[:LONGEST]}…"


@dataclass(frozen=True)
class Place:
    """Where something stands: a file, and as far as known its line and cell."""

    file: Path | str
    line: int | None = None
    cell: str | None = None

    def __str__(self) -> str:
        text = str(self.file)
        if self.line is not None:
            text += f":{self.line}"
        if self.cell:
            text += f" [{_shortened(self.cell)}]"
        return text


class InputError(GongkaiError):
    """One thing the user wrote is wrong; says where, what was expected, what was found, what to do."""

    def __init__(self, where: Place | Path | str, expected: str, found: str, remedy: str) -> None:
        self.where = where if isinstance(where, Place) else Place(where)
        self.expected = expected
        self.found = found
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        expected, found, remedy = map(_shortened, (self.expected, self.found, self.remedy))
        return visible(f"{self.where}: expected {expected}, found {found}. {remedy}")

    def __reduce__(self) -> tuple[type[InputError], tuple[Place, str, str, str]]:
        # Errors travel between worker processes; the default pickles only the joined message.
        return type(self), (self.where, self.expected, self.found, self.remedy)


class FormError(InputError):
    """A form file does not describe a form."""


class FolderError(InputError):
    """A params folder cannot be read as a county-year."""


class NarrativeError(InputError):
    """The prose cannot be rendered: an unknown heading, an undefined or blank figure, broken template syntax."""


class ParameterError(InputError):
    """A notebook parameter or a command-line target names nothing that exists."""


class NotebookError(InputError):
    """A notebook cannot be run as it is: its file, its kernel or its cell of parameters is not what it should be."""


class DocumentError(InputError):
    """A published document cannot be read as an annual report."""


class Verdict(Protocol):
    """What was found in a report, for people: on a terminal and in a notebook."""

    def as_text(self) -> str:
        """All of it as plain text."""
        ...

    def as_html(self) -> str:
        """All of it as a table."""
        ...


class IntegrityError(GongkaiError):
    """The report breaks at least one law at level `error`; `checks` holds every finding."""

    def __init__(self, checks: Verdict) -> None:
        self.checks = checks
        super().__init__(checks)

    def __str__(self) -> str:
        return self.checks.as_text()

    def _repr_html_(self) -> str:
        return self.checks.as_html()


class BuildError(GongkaiError):
    """Executing, typesetting or promoting a report failed."""


class RefusedError(BuildError):
    """Markup that a published report may not have: active, fetching, or unknown. The exporter adds whose it is."""

    def __init__(self, what: str, excerpt: str, remedy: str) -> None:
        self.what = what
        self.excerpt = excerpt
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        what, excerpt, remedy = map(_shortened, (self.what, self.excerpt, self.remedy))
        return f"A published report may not have {what}: {excerpt!r}. {remedy}"

    def __reduce__(self) -> tuple[type[RefusedError], tuple[str, str, str]]:
        return type(self), (self.what, self.excerpt, self.remedy)
