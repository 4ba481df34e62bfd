"""One formula: LaTeX → MathML, by a library that reads strictly, in words that it knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count

from math_core import LatexError, LatexToMathML

from helpers.display import escape
from helpers.errors import BuildError
from helpers.visible import visible

# The converter calls itself and would take the process with it; the deepest formula of a textbook has a dozen levels.
MAX_DEPTH = 60
MAX_COMMANDS = 2000

_MACROS = {
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
    "pmb": r"\boldsymbol{#1}",
    "smash": "#1",
    **dict.fromkeys(("mbox", "hbox", "textnormal"), r"\text{#1}"),
    # The size of a formula is the page's business.
    **dict.fromkeys(("tiny", "scriptsize", "small", "normalsize", "large", "Large", "LARGE", "huge", "Huge"), ""),
}
"""What every other reader of LaTeX knows, in the words of this one."""

_OTHER_NAMES = {
    "split": ("aligned", ""),
    "alignat": ("align", ""),
    "alignedat": ("aligned", ""),
    "eqnarray": ("array", "{rcl}"),
    "smallmatrix": ("matrix", ""),
}
_RENAMED = re.compile(rf"\\(begin|end)\s*\{{({'|'.join(_OTHER_NAMES)})\*?\}}(?:\s*\{{\d+\}})?")
# The converter takes a star for a part of the command before it, though few have such a form.
_TIMES = re.compile(r"(\\(?!(?:operatorname|tag)\*)[A-Za-z]+)\*")
_COMMENT = re.compile(r"(?<!\\)(?:\\\\)*%")
_SILENT = re.compile(r"\\(?:label|require)\s*\{[^{}]*\}")
_TEXT = re.compile(r"(\\(?:text(?:rm|bf|it|sf|tt|normal)?|mbox|hbox)\s*)\{([^{}]*)\}")
_NUMBERED = re.compile(r"\\(begin|end)\s*\{(equation|align|gather|multline)\*?\}")
_LEVEL = re.compile(r"\\(?:(begin|left)|(end|right))(?![A-Za-z])|\\(\\)|\\.|(\{)|(\})", re.DOTALL)
# A line below the last row comes as a row of its own, as wide as one cell.
_LAST_LINE = re.compile(
    r'<mtable(?: style="([^"]*)")?([^>]*>(?:(?!<mtable).)*)'
    r'<mtr><mtd style="border-top: ([^;]*);[^"]*"></mtd></mtr></mtable>'
)
# `\ln{x}` has its space as `\ln x` has; `\ln(x)` has none.
_APPLIED = re.compile(r"<mo>&ApplyFunction;</mo>(?!(?:<mrow>)*<mo)")
_ELEMENT = re.compile(r"<(/?)\w[^>]*?(/?)>")
_TAG = re.compile(r"\\tag(\*?)\s*\{([^{}]*)\}")
# The converter spreads numbered lines over the page, by widths in per cent that browsers let run into each other.
_MARGIN = re.compile(
    r' style="width: 100%"|<mtd style="width: [\d.]+%(?:;text-align: right;justify-items: end;)?">'
    r"(?:<mtext>\((t?)(\d+)\)</mtext>)?</mtd>"
)
NUMBER = "padding-left: 2em"
"""The style of a cell that numbers its line."""


@dataclass(frozen=True)
class Formula:
    """The LaTeX between delimiters, and whether it stands on lines of its own."""

    latex: str
    display: bool

    def mathml(self) -> str:
        """As MathML with the source as alternative text; BuildError names what cannot be read, and why."""
        if _COMMENT.search(self.latex):
            raise _refused(self.latex, r"A % begins a comment, which hides what follows: write \% for the sign.")
        try:
            markup = _CONVERTER.convert_with_local_state(_prepared(self), displaystyle=self.display)
        except LatexError as problem:
            raise _refused(self.latex, re.sub(r"^\d+: ", "", str(problem))) from None
        markup = _MARGIN.sub(partial(_margin, _TAG.findall(self.latex)), markup)
        markup = _LAST_LINE.sub(r'<mtable style="\1border-bottom: \3;"\2</mtable>', markup)
        markup = _APPLIED.sub('<mo lspace="0.1667em">&ApplyFunction;</mo>', markup).replace("&ApplyFunction;", "\u2061")
        if _deepest(markup) > MAX_DEPTH:
            raise _refused(self.latex, "It is nested too deeply.")
        # Variants of calligraphic letters are in no font at hand.
        return re.sub("[\ufe00\ufe01]", "", markup).replace("<math", f'<math alttext="{escape(self.latex.strip())}"', 1)


def _prepared(formula: Formula) -> str:
    """The same formula in words that the converter knows."""
    latex = _SILENT.sub("", formula.latex)
    latex = re.sub(r"(\\\\)|\\\n", lambda found: found[1] or r"\ ", latex)
    latex = _TIMES.sub(r"\1 *", latex.replace(r"\hspace*", r"\hspace"))
    latex = _TEXT.sub(_parted, latex)
    latex = _RENAMED.sub(_renamed, latex)
    if r"\tag" in latex:
        # Only numbered environments take a number.
        wrapped = latex if _NUMBERED.search(latex) else rf"\begin{{equation}}{latex}\end{{equation}}"
        latex = _NUMBERED.sub(r"\\\1{\2}", wrapped)
        latex = _TAG.sub(partial(_tag, count()), latex)
    depth = lines = deepest = commands = 0
    for mark in _LEVEL.finditer(latex):
        depth += bool(mark[1] or mark[4]) - bool(mark[2] or mark[5])
        deepest = max(deepest, depth)
        commands += 1
        lines += bool(mark[3]) and not depth
    if deepest > MAX_DEPTH or commands > MAX_COMMANDS:
        raise _refused(formula.latex, "It is nested too deeply, or too long.")
    # Lines broken outside any environment.
    return rf"\begin{{gathered}}{latex}\end{{gathered}}" if lines and formula.display else latex


def _renamed(found: re.Match[str]) -> str:
    name, columns = _OTHER_NAMES[found[2]]
    return rf"\{found[1]}{{{name}}}{columns if found[1] == 'begin' else ''}"


def _parted(found: re.Match[str]) -> str:
    r"""`\text{if $x$ is a_b}` as `\text{if }{x}\text{ is a\_b}`."""
    call, inner = found.groups()
    parts = re.split(r"(?<!\\)\$", inner)
    if len(parts) % 2 == 0:
        return found[0]
    words = [re.sub(r"(?<!\\)([_#])", r"\\\1", part) for part in parts]
    return "".join(f"{{{parts[at]}}}" if at % 2 else f"{call}{{{words[at]}}}" for at in range(len(parts)) if parts[at])


def _tag(counted: Iterator[int], found: re.Match[str]) -> str:
    return rf"\tag{{t{next(counted)}}}"  # the converter reads no Chinese there


def _margin(tags: list[tuple[str, str]], found: re.Match[str]) -> str:
    """The number of a line as it was written; JupyterLab counts none, so those that were counted here go."""
    if not found[1]:
        return ""
    star, text = tags[int(found[2])]
    return f'<mtd style="{NUMBER}"><mtext>{escape(text if star else f"({text})")}</mtext></mtd>'


def _deepest(markup: str) -> int:
    depth = deepest = 0
    for closing, empty in _ELEMENT.findall(markup):
        depth += 0 if empty else -1 if closing else 1
        deepest = max(deepest, depth)
    return deepest


def _refused(latex: str, why: str) -> BuildError:
    shown = visible(" ".join(latex.split()))
    return BuildError(
        f"The formula {shown[:80] + '…' if len(shown) > 80 else shown} cannot be read. {why} "
        "Write it with the commands of LaTeX's math mode and amsmath, or show it as a picture."
    )


_CONVERTER = LatexToMathML(macros=_MACROS, fancy_error=False, allow_unreliable_rendering=True)
