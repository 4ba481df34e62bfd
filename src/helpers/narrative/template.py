"""The template language of the prose: figures, filters, `if`, `for` and `set`, and nothing that could do harm.

What a county writes is checked before it runs: only the syntax listed here is accepted, loops are counted, and
whatever goes wrong becomes a NarrativeError with the line it went wrong on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import Any

from jinja2 import StrictUndefined, TemplateSyntaxError, Undefined, meta, nodes
from jinja2.sandbox import SandboxedEnvironment

from helpers.digits import PRECISE
from helpers.errors import NarrativeError, Place
from helpers.narrative.budget import Budget
from helpers.narrative.filters import FILTERS
from helpers.narrative.markdown import Finished, escape
from helpers.narrative.scope import Absent, Scope, did_you_mean, is_stated
from helpers.narrative.values import FigureError, describe, digits_of, figure, number, unit_of

TESTS: dict[str, Callable[..., bool]] = {"stated": is_stated}

MAX_TAGS = 5_000
"""Tags of one narrative, each of which Jinja compiles; published reports with every figure by reference have 200."""

MAX_LENGTH = 200_000
"""Characters of one narrative; the longest published reports stay below 20,000."""

MAX_FIGURE = 10**18
"""Beyond any sum of money in 元; a larger product is a mistake, and squaring it again would fill the memory."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign, nodes.Name, nodes.Const,
    nodes.Getattr, nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or,
    nodes.Not, nodes.Neg, nodes.Pos, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.CondExpr, nodes.List,
    nodes.Tuple, nodes.Keyword,
)  # fmt: skip
_LANGUAGE = "figures, filters, `if`, `for` and `set`"


class Environment(SandboxedEnvironment):
    """A sandbox in which names lead along addresses, arithmetic is decimal, and inserted values are literal text."""

    intercepted_binops = frozenset(["+", "-", "*", "/"])

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, finalize=_literal, trim_blocks=True, lstrip_blocks=True)
        self.globals = {"range": self.globals["range"]}
        self.filters = {**FILTERS}
        self.tests = {**TESTS}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`requests.received`, along addresses; of a figure only its unit, label and group."""
        if isinstance(obj, Scope | Absent):
            return obj.child(attribute)
        if isinstance(obj, int | Decimal) and attribute not in ("unit", "label", "group"):
            remedy = "A figure has `.unit`, `.label` and `.group`; everything else is a filter."
            return Absent(lambda: FigureError("a figure", f"`.{attribute}` of a figure", remedy))
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`requests['received']`, the same."""
        return obj.child(str(argument)) if isinstance(obj, Scope | Absent) else super().getitem(obj, argument)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Arithmetic on figures alone, in decimals; sums and differences of one unit keep it."""
        one, two = number(left), number(right)
        with localcontext(PRECISE):
            if operator == "/":
                if two == 0:
                    remedy = "Ask `{% if … %}` first, or use `| share`, which knows what to say."
                    raise FigureError("a divisor other than zero", "a division by zero", remedy)
                return Decimal(one) / Decimal(two)
            value = Decimal(one) * two if operator == "*" else Decimal(one) + (two if operator == "+" else -two)
        if abs(value) > MAX_FIGURE:
            raise FigureError("a figure below 10 to the 18th", "a larger one", "Check the calculation.")
        units = {unit_of(left), unit_of(right)}
        unit = units.pop() if operator != "*" and len(units) == 1 else ""
        return figure(int(value) if isinstance(one, int) and isinstance(two, int) else value, unit)


def render(source: str, names: Mapping[str, object], path: Path) -> str:
    """The county's own template with every name filled in; raises NarrativeError with the line of `path`."""
    if source.count("{{") + source.count("{%") > MAX_TAGS:
        raise NarrativeError(path, f"at most {MAX_TAGS} tags", "more", "Look whether this is the right file.")
    environment = Environment()
    try:
        tree = environment.parse(source)
        _check(tree, names, environment, path)
        template = environment.from_string(Budget().bind(tree, environment))
        pieces: list[str] = []
        length = 0
        for piece in template.generate(**names):
            pieces.append(piece)
            length += len(piece)
            if length > MAX_LENGTH:
                raise FigureError(f"at most {MAX_LENGTH} characters", "more", "Look for a loop that runs away.")
    except NarrativeError:
        raise
    except Exception as failure:  # Jinja compiles to Python, and whatever Python says of it comes out here
        raise _explained(failure, path) from None
    return "".join(pieces)


def _literal(value: object) -> str:
    """A value as it enters the Markdown: figures in digits, text escaped, anything else refused."""
    if isinstance(value, Finished):
        return str(value)
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Undefined):
        return str(value)
    if isinstance(value, Scope | list | tuple):
        raise FigureError("a figure or a text", describe(value), "Name one figure, or write `| listing`.")
    return digits_of(number(value, "a figure or a text"))


def _check(tree: nodes.Template, names: Mapping[str, object], environment: Environment, path: Path) -> None:
    """Refuse syntax, names, filters and tests that the language does not have, in every branch, with the line."""

    def refuse(node: nodes.Node, expected: str, found: str, remedy: str) -> NarrativeError:
        return NarrativeError(Place(path, node.lineno), expected, found, remedy)

    for node in tree.find_all(nodes.Node):
        if isinstance(node, nodes.Call):
            if not (isinstance(node.node, nodes.Name) and node.node.name in environment.globals):
                raise refuse(node, _LANGUAGE, "a call", "Only `range(…)` is called; the rest are names and filters.")
        elif not isinstance(node, _ALLOWED):
            found = f"`{type(node).__name__.lower()}`"
            raise refuse(node, _LANGUAGE, found, "Write it without; the handbook lists the filters.")
        if isinstance(node, nodes.Const) and isinstance(node.value, float) and not isfinite(node.value):
            raise refuse(node, "a figure", "one larger than a computer counts", "Correct the figure.")
        if isinstance(node, nodes.For) and node.recursive:
            raise refuse(node, "a plain loop", "`recursive`", "Write it without.")
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise refuse(node, "a name the report has", f"`.{node.attr}`", "Names do not begin with `_`.")
        for kind, what, table in ((nodes.Filter, "filter", FILTERS), (nodes.Test, "test", TESTS)):
            if isinstance(node, kind) and node.name not in table:
                remedy = f"There are: {', '.join(sorted(table))}."
                raise refuse(node, f"a {what} the prose has", f"`{node.name}`", remedy)
    known = {*names, *environment.globals}
    unknown = meta.find_undeclared_variables(tree) - known
    for name in tree.find_all(nodes.Name):
        if name.name in unknown:
            raise refuse(name, "a name the report has", f"`{name.name}`", did_you_mean(name.name, known))


def _explained(failure: BaseException, path: Path) -> NarrativeError:
    """Any failure of a template in the terms of the one who wrote it."""
    line = failure.lineno if isinstance(failure, TemplateSyntaxError) else _line(failure.__traceback__)
    place = Place(path, line)
    if isinstance(failure, FigureError):
        return NarrativeError(place, failure.expected, failure.found, failure.remedy)
    if isinstance(failure, TemplateSyntaxError):
        found = str(failure.message).rstrip(".")
        return NarrativeError(place, "correct template syntax", found, "Check `{{ … }}` and `{% … %}` on this line.")
    found = str(failure).split("\n")[0].rstrip(".") or type(failure).__name__
    return NarrativeError(place, "a template that can be filled in", found, "Check the figures and filters used here.")


def _line(traceback: TracebackType | None) -> int | None:
    """The template line of the innermost template frame; Jinja has already mapped it to the source."""
    line = None
    while traceback is not None:
        if "__jinja_exception__" in traceback.tb_frame.f_globals:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line
