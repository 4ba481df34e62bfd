"""A formula is on the page and in print, whole, or refused by name."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import re
import unicodedata
from collections import Counter

import pdfplumber
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from kinds import FORMULAS, REFUSED

from helpers.errors import BuildError, RefusedError
from helpers.exporters.pdf import typeset
from helpers.formulas import Formula
from helpers.hypertext import parse, to_html, to_typst

A4_WITHOUT_MARGINS = (28 / 25.4 * 72, (210 - 26) / 25.4 * 72)

LETTERS = {"Lu", "Ll", "Lo", "Nd"}


def printed(markup: str) -> list[dict[str, object]]:
    """The characters of the PDF, each with its place."""
    pdf = typeset(f'#heading(level: 1)[#"题"]\n\n{to_typst(parse(markup))}', "题", "某县", dt.date(2024, 1, 1))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [char for page in document.pages for char in page.chars]


def signs(text: str) -> Counter[str]:
    """Letters and figures, whatever alphabet of mathematics they are set in."""
    return Counter(char for char in unicodedata.normalize("NFKD", text) if unicodedata.category(char) in LETTERS)


def shown(latex: str, display: bool) -> str:
    return f"<p>文{Formula(latex, display).mathml()}字</p>"


@pytest.mark.parametrize("display", [True, False])
def test_every_letter_and_figure_of_a_formula_is_on_the_page_and_in_print(display: bool) -> None:
    markup = "".join(shown(latex, display) for latex in FORMULAS)
    page = parse(markup)
    on_page = signs("".join(page.body.itertext()))
    in_print = signs("".join(str(char["text"]) for char in printed(markup)))
    hidden = signs("y")  # within \phantom
    assert not on_page - hidden - in_print
    written = signs(
        "".join(re.sub(r"\\(begin|end|label|tag|color)\*?\{[^甲}]*\}|\\[A-Za-z]+", "", line) for line in FORMULAS)
    )
    assert not {char for char in written if char > "\u2000"} - set(on_page)
    assert "".join(to_html(page)).count("<math") == len(FORMULAS)


@pytest.mark.parametrize(("latex", "why"), REFUSED.items(), ids=range(len(REFUSED)))
def test_what_cannot_be_read_is_refused_in_one_line(latex: str, why: str) -> None:
    with pytest.raises(BuildError) as refusal:
        Formula(latex, True).mathml()
    message = str(refusal.value)
    assert why in message
    assert latex[:15] in message
    assert "\n" not in message


def test_a_formula_says_its_source_to_who_cannot_see_it() -> None:
    markup = to_typst(parse(shown('x < "y"', False)))
    assert r'alt: "x < \"y\""' in markup
    assert "<math alttext='x &lt; \"y\"'>" in to_html(parse(shown('x < "y"', False)))


@pytest.mark.parametrize(
    "latex",
    [
        " + ".join(f"a_{{{number}}}" for number in range(60)),
        r"\begin{matrix}" + " & ".join("123456789" for _ in range(12)) + r"\end{matrix}",
        r"\begin{align}" + r"\\".join(f"x&={number}" for number in range(60)) + r"\end{align}",
    ],
    ids=["long", "wide matrix", "many lines"],
)
def test_no_formula_runs_off_the_page(latex: str) -> None:
    chars = printed(shown(latex, True))
    left, right = A4_WITHOUT_MARGINS
    assert min(float(char["x0"]) for char in chars) > left - 1
    assert max(float(char["x1"]) for char in chars) < right + 1
    assert max(float(char["bottom"]) for char in chars) < 297 / 25.4 * 72
    assert signs("".join(str(char["text"]) for char in chars)) >= signs("".join(re.findall(r"\d+", latex)))


def test_numbers_are_those_that_were_written() -> None:
    """JupyterLab counts no formulas; a text in brackets is none."""
    tagged = Formula(r"\begin{align}a&=\text{(1)}\\b&=2\tag{甲}\end{align}", True).mathml()
    assert re.findall(r"<mtext>(.*?)</mtext>", tagged) == ["(1)", "(甲)"]


def test_analysts_own_mathml_is_set_or_refused() -> None:
    own = "<math><semantics><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow><annotation>x=1</annotation></semantics></math>"
    assert to_typst(parse(own)) == '#math.equation(alt: "x=1", [#symbol("x");#symbol("=");#text("1");]);'
    with pytest.raises(RefusedError, match="<mfrac> has 1 parts"):
        to_typst(parse("<math><mfrac><mi>x</mi></mfrac></math>"))
    with pytest.raises(RefusedError, match="mfenced"):
        parse("<math><mfenced><mi>x</mi></mfenced></math>")


pieces = st.sampled_from(
    [*"xy甲12+-=,()[]|'", r"\alpha ", r"\sum ", r"\int ", r"\sin ", r"\to ", r"\quad ", r"\{", r"\}", r"\% "]
)  # fmt: skip
latex = st.recursive(
    st.lists(pieces, min_size=1, max_size=4).map("".join),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from([r"\frac", r"\binom", r"\overset"]), inner, inner).map(
            lambda t: f"{t[0]}{{{t[1]}}}{{{t[2]}}}"
        ),
        st.tuples(
            st.sampled_from(
                [r"\sqrt", r"\hat", r"\overline", r"\boxed", r"\cancel", "x^", "x_", r"\sum_", r"\overbrace"]
            ),
            inner,
        ).map(lambda t: f"{t[0]}{{{t[1]}}}"),
        st.tuples(st.sampled_from(["matrix", "cases", "aligned", "gathered", "pmatrix"]), inner, inner).map(
            lambda t: rf"\begin{{{t[0]}}}{t[1]}&{t[2]}\\{t[2]}\end{{{t[0]}}}"
        ),
        inner.map(lambda text: rf"\left({text}\right]"),
    ),
    max_leaves=8,
)


@settings(max_examples=12, phases=[Phase.generate])  # shrinking would compile for minutes
@given(st.lists(st.tuples(latex, st.booleans()), min_size=8, max_size=8))
def test_any_formula_is_printed_whole_or_refused(drawn: list[tuple[str, bool]]) -> None:
    markup = ""
    for source, display in drawn:
        with contextlib.suppress(BuildError):  # two indices at one place, brackets that do not match
            markup += shown(source, display)
    in_print = signs("".join(str(char["text"]) for char in printed(markup)))
    assert not signs("".join(parse(markup).body.itertext())) - in_print
