"""Widgets on a page without script: those that are text as text, progress bars not at all, others refused."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from helpers.display import escape
from helpers.errors import BuildError
from helpers.exporters.output import Output

STATES = "application/vnd.jupyter.widget-state+json"
"""Where a notebook's metadata keep the states of its widgets."""

_TEXTS: Mapping[str, Callable[[str], str]] = {"HTMLModel": str, "HTMLMathModel": str, "LabelModel": escape}
_BARS = frozenset({"FloatProgressModel", "IntProgressModel", "TqdmHBoxModel"})
_BOXES = frozenset({"HBoxModel", "VBoxModel", "BoxModel"})
_BAR = re.compile(r"\d+%\|.*\|.*\[.*\]|\d+it \[")  # how tqdm writes one where there are no widgets


def states(metadata: Mapping[str, Any]) -> Mapping[str, Any]:
    """The notebook's widgets by model id."""
    kept = metadata.get("widgets", {})
    return dict(kept.get(STATES, {}).get("state", {})) if isinstance(kept, Mapping) else {}


def still(output: Output, kind: str) -> str:
    """A widget's text; "" for a progress bar, which says nothing once the work is done."""
    models = dict(_models(output.widgets, str(output.bundle[kind].get("model_id", ""))))
    names = {name for name, _ in models.values()}
    told = output.text("text/plain") if "text/plain" in output.bundle else ""
    if names & _BARS or (not models and _BAR.search(told)):
        return ""
    if models and names <= _TEXTS.keys():
        return "".join(f"<p>{_TEXTS[name](value)}</p>" for name, value in models.values())
    raise BuildError(
        f"a widget ({', '.join(sorted(names)) or 'of unknown state'}) does nothing on a published page. "
        "Show the value or the table that it stands for, or tag the cell remove-output."
    )


def _models(widgets: Mapping[str, Any], name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """The widget and, where it is a box, those in it: each one's id, kind and value."""
    waiting, seen = [name], set()
    while waiting:
        name = waiting.pop(0).removeprefix("IPY_MODEL_")
        model = widgets.get(name)
        if not isinstance(model, Mapping) or name in seen:
            continue
        seen.add(name)
        kind, state = str(model.get("model_name")), model.get("state", {})
        waiting += map(str, state.get("children", ()))
        if kind not in _BOXES:
            yield name, (kind, str(state.get("value", "")))
