"""Where a text holds formulas, by the rules of Jupyter and pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from helpers.display import escape
from helpers.formulas.latex import Formula

_INNER = r"(?:[^\\$]|\\[\s\S])"
IN_DOLLARS = rf"\$(?![\s$])(?P<dollars>{_INNER}*?)(?<!\s)\$(?![\d$])"
"""A formula in a line, by pandoc's rule: no space inside the dollars, no digit behind them. `$5 and $6` are prices."""
IN_DOUBLE_DOLLARS = rf"\$\$(?!\s*\$)(?P<double>(?:{_INNER}|\$(?!\$))+?)\$\$"
ENVIRONMENT = r"\\begin\{(?P<environment>[A-Za-z]+\*?)\}"
"""Where one begins; `environment_end` finds where it ends."""

_PLACES = re.compile(
    rf"{IN_DOUBLE_DOLLARS}|{IN_DOLLARS}|{ENVIRONMENT}"
    r"|\\\((?P<round>[\s\S]{1,5000}?)\\\)|\\\[(?P<square>[\s\S]{1,5000}?)\\\]|\\(?P<escaped>\$)"
)


def latex_to_html(text: str) -> str:
    """An output of LaTeX (`text/latex`) as HTML: its formulas as MathML, the words between them as they are."""
    parts = list(formulas(text.strip()))
    if len(parts) == 1 and isinstance(parts[0], Formula):
        # Math and sympy write $\displaystyle …$ for what they show on a line of its own.
        return Formula(re.sub(r"^\s*\\displaystyle(?![A-Za-z])\s*", "", parts[0].latex), display=True).mathml()
    whole = "".join(part.mathml() if isinstance(part, Formula) else escape(part) for part in parts)
    return "".join(f"<p>{paragraph}</p>" for paragraph in re.split(r"\n\s*\n", whole) if paragraph.strip())


def formulas(text: str) -> Iterator[str | Formula]:
    r"""The formulas of a text and the words between them, in order, as Jupyter finds them; `\$` is a dollar."""
    at, words = 0, ""
    for match in _PLACES.finditer(text):
        if match.start() < at or not (end := end_of(match)):
            continue
        words += text[at : match.start()] + (match["escaped"] or "")
        at = end
        if not match["escaped"]:
            if words:
                yield words
            yield formula(match, end)
            words = ""
    if words + text[at:]:
        yield words + text[at:]


def formula(match: re.Match[str], end: int) -> Formula:
    """The formula that a match of the patterns above begins, up to `end`."""
    groups = match.groupdict()
    for name, display in (("dollars", False), ("round", False), ("double", True), ("square", True)):
        latex = groups.get(name) or groups.get(f"{name}_alone")
        if latex is not None:
            return Formula(latex, display)
    return Formula(match.string[match.start() : end], display=True)


@lru_cache(maxsize=16)
def _last_end(text: str, name: str) -> int:
    """Where the last environment of this name ends, asked for each that begins."""
    return text.rfind(rf"\end{{{name}}}")


def end_of(match: re.Match[str]) -> int | None:
    """Where the formula ends that a match of the patterns above begins; None for an environment that nobody closes."""
    name = match.groupdict().get("environment")
    if name is None:
        return match.end()
    if _last_end(match.string, name) < match.end():
        return None
    depth = 1
    for mark in re.compile(rf"\\(begin|end)\{{{re.escape(name)}\}}").finditer(match.string, match.end()):
        depth += 1 if mark[1] == "begin" else -1
        if not depth:
            return mark.end()
    return None
