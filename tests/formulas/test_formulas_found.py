"""What in a text is a formula: Jupyter's delimiters, and pandoc's rule for the dollar."""

from __future__ import annotations

import pytest

from helpers.formulas import Formula, formulas, latex_to_html


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("设 $x$ 为", [("x", False)]),
        ("$$x$$", [("x", True)]),
        (r"\(x\) 与 \[y\]", [("x", False), ("y", True)]),
        ("$$\nx\n+ y\n$$", [("\nx\n+ y\n", True)]),
        (r"$\text{费用 \$5}$", [(r"\text{费用 \$5}", False)]),
        (r"$$\text{若 $x$ 则}$$", [(r"\text{若 $x$ 则}", True)]),
        (r"前 \begin{align}a\\b\end{align} 后", [(r"\begin{align}a\\b\end{align}", True)]),
        (r"\begin{array}{c}\begin{array}{c}a\end{array}\end{array}",
         [(r"\begin{array}{c}\begin{array}{c}a\end{array}\end{array}", True)]),
        ("$5 and $6", []),
        ("$5，另收$6", []),
        ("单价$5万元", []),
        ("$ x $", []),
        ("$$ $$", []),
        (r"\$x\$", []),
        ("$$x", []),
        (r"\begin{align}x", []),
    ],
)  # fmt: skip
def test_formulas_are_told_from_prices(text: str, found: list[tuple[str, bool]]) -> None:
    parts = list(formulas(text))
    assert [(part.latex, part.display) for part in parts if isinstance(part, Formula)] == found
    if not found:
        assert "".join(map(str, parts)) == text.replace(r"\$", "$")


def test_an_output_of_math_or_sympy_stands_on_its_own_line() -> None:
    assert 'display="block"' in latex_to_html(r"$\displaystyle x^{2}$")
    assert "displaystyle" not in latex_to_html(r"$\displaystyle x^{2}$")


def test_words_around_formulas_stay_and_are_no_markup() -> None:
    html = latex_to_html("设 <b> 与 $x$ 为\n\n第二段 \\$5")
    assert html.startswith("<p>设 &lt;b&gt; 与 <math")
    assert html.endswith(" 为</p><p>第二段 $5</p>")
