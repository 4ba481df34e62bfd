r"""Formulas written in LaTeX, in a text or alone → MathML, which `hypertext` shows on the page and in print.

`$…$` and `\(…\)` stand in a line, `$$…$$`, `\[…\]` and `\begin{…}…\end{…}` on lines of their own. What cannot be
read is refused by name.
"""

from helpers.formulas.finding import formulas, latex_to_html
from helpers.formulas.latex import Formula

__all__ = ["Formula", "formulas", "latex_to_html"]
