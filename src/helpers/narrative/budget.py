"""What a narrative may cost: turns of its loops, and the work done in them, so that none runs for minutes.

A template is counted, not timed: the same one passes or is refused on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import Undefined, nodes
from jinja2.sandbox import SandboxedEnvironment

from helpers.narrative.scope import Scope
from helpers.narrative.values import FigureError, describe

MAX_STEPS = 10_000
"""Turns of all loops of one narrative together: a form has 200 cells, a county some hundred indicators."""

MAX_WORK = 300_000
"""Steps of a template in its loops and filters; the defaults take 400, a loop over a hundred indicators 3,000."""

_ONE_BY_ONE = 10  # steps an entry of a list costs where a filter shows it
_LOOKED_THROUGH = 100  # steps that a filter takes to look through all names of a report


class Budget:
    """What one narrative has left to spend."""

    def __init__(self) -> None:
        self.turns, self.work = MAX_STEPS, MAX_WORK

    def bind(self, tree: nodes.Template, environment: SandboxedEnvironment) -> nodes.Template:
        """The same template, every loop, filter and comparison of it on this budget."""
        environment.filters = {name: self._charged(function) for name, function in environment.filters.items()}
        environment.filters |= {"turns": self._turns, "plain": _plain, "members": self._members}
        for loop in tree.find_all(nodes.For):
            steps = nodes.Const(sum(map(_steps, loop.find_all(nodes.Node))))
            loop.iter = _filtered(loop.iter, "turns", steps)
        for comparison in tree.find_all(nodes.Compare):
            comparison.expr = _filtered(comparison.expr, "plain")
            for operand in comparison.ops:
                operand.expr = _filtered(operand.expr, "members" if operand.op in ("in", "notin") else "plain")
        return tree.set_environment(environment)  # type: ignore[return-value]  # it returns itself

    def spend(self, steps: int) -> None:
        """Take `steps` off; FigureError when nothing is left."""
        self.work -= steps
        if self.work < 0:
            raise FigureError(f"at most {MAX_WORK} steps", "more", "Look for a loop that does too much.")

    def _turns(self, items: Iterable[Any], steps: int) -> Iterator[Any]:
        if isinstance(items, Undefined | str) or not isinstance(items, Iterable):
            raise FigureError("a list to loop over", str(items) if isinstance(items, Undefined) else describe(items),
                         "Loop over `indicators | group('…')`, `… | rows` or a list.")  # fmt: skip
        for item in items:
            self.turns -= 1
            if self.turns < 0:
                raise FigureError(f"at most {MAX_STEPS} turns of all loops", "more", "Look for a loop that runs away.")
            self.spend(steps)
            yield item

    def _charged(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*args: Any, **named: Any) -> Any:
            self.spend(sum(map(_size, (*args, *named.values()))))
            return function(*args, **named)

        return call

    def _members(self, items: Any) -> Any:
        self.spend(_size(items))
        return items


def _plain(value: Any) -> Any:
    """One side of a comparison: comparing lists of lists of lists takes longer than anybody waits."""
    if isinstance(value, list | tuple):
        raise FigureError("a figure or a text to compare", describe(value), "Compare one figure with another.")
    return value


def _size(value: Any) -> int:
    if isinstance(value, list | tuple | range):
        return 1 + _ONE_BY_ONE * len(value)
    if isinstance(value, str):
        return 1 + len(value) // 100
    return _LOOKED_THROUGH if isinstance(value, Scope) else 1


def _steps(node: nodes.Node) -> int:
    return _size(node.value) if isinstance(node, nodes.Const) else 1


def _filtered(node: Any, name: str, *args: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(node, name, list(args), [], None, None, lineno=node.lineno)
