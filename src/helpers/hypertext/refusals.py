"""How a refusal is worded: what it is, the tag or text it stands in, what to do."""

from __future__ import annotations

from typing import Any

from helpers.errors import RefusedError

_EXCERPT = 80


def refused(what: str, where: Any, remedy: str) -> RefusedError:
    """The refusal of `what`; `where` is an element, shown by its opening tag, or the text itself."""
    excerpt = where if isinstance(where, str) else _tag(where)
    return RefusedError(what, excerpt if len(excerpt) <= _EXCERPT else f"{excerpt[:_EXCERPT]}…", remedy)


def _tag(element: Any) -> str:
    return "<" + " ".join([str(element.tag), *(f'{name}="{value}"' for name, value in element.items())]) + ">"
