"""The table of kinds: every kind that Jupyter knows has a row, the richest row wins, and what has none is refused."""

from __future__ import annotations

from typing import Any

import pytest

from helpers.errors import BuildError
from helpers.exporters.kinds import KINDS, markup_of
from helpers.exporters.output import UNTOLD, Output
from helpers.exporters.positions import Position

HERE = Position(7, "df.head()")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>{}</title></svg>'
SLIDER = {"model_name": "IntSliderModel", "state": {"value": 3}}
BAR = {"model_name": "HBoxModel", "state": {"children": ["IPY_MODEL_text", "IPY_MODEL_bar"]}}
WIDGETS = {
    "slider": SLIDER,
    "bar": {"model_name": "FloatProgressModel", "state": {}},
    "text": {"model_name": "HTMLModel", "state": {"value": "<b>甲</b>"}},
    "label": {"model_name": "LabelModel", "state": {"value": "a < b"}},
    "box": BAR,
    "texts": {"model_name": "VBoxModel", "state": {"children": ["IPY_MODEL_text", "IPY_MODEL_label"]}},
    "cycle": {"model_name": "VBoxModel", "state": {"children": ["IPY_MODEL_cycle", "IPY_MODEL_label"]}},
}
VIEW = "application/vnd.jupyter.widget-view+json"


def shown(bundle: dict[str, Any], exporter: str = "html", **around: Any) -> str:
    return markup_of(Output(bundle, around.pop("about", {}), HERE, **around), exporter)


def test_each_row_says_how_it_is_shown_and_stands_once() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert all(kind.how and (kind.render or kind.remedy) for kind in KINDS)


def test_a_picture_goes_before_the_script_that_would_draw_it() -> None:
    assert "<img" in shown({"text/html": "<script>", "image/svg+xml": SVG, "text/plain": "x"})


def test_html_goes_before_latex_that_is_no_formula() -> None:
    assert (
        shown({"text/html": "<table></table>", "text/latex": r"\begin{tabular}{l}\end{tabular}"}) == "<table></table>"
    )


def test_a_formula_goes_before_its_picture() -> None:
    assert "<math" in shown({"image/png": "AAAA", "text/latex": "$x$", "text/plain": "x"})


@pytest.mark.parametrize(
    "kind",
    ["application/javascript", "application/pdf", "video/mp4", "audio/wav", "application/vnd.bokehjs_exec.v0+json",
     "application/x-anything", "text/csv", "image/tiff", "image/bmp"],
)  # fmt: skip
@pytest.mark.parametrize("plain", [{}, {"text/plain": "in words"}])
def test_what_has_no_row_or_a_refusing_one_is_refused_though_it_offers_words(kind: str, plain: dict[str, str]) -> None:
    with pytest.raises(BuildError, match=r"^cell 7 \(df\.head\(\)\)") as refused:
        shown({kind: "…", **plain})
    assert kind in str(refused.value)


def test_an_output_that_holds_nothing_shows_nothing() -> None:
    assert shown({}) == ""


def test_what_was_asked_and_answered_while_the_notebook_ran_is_text() -> None:
    assert shown({"stream/stdin": "年度? 2020"}) == "<pre>年度? 2020</pre>"


@pytest.mark.parametrize("alt", ["", "  ", None])
def test_a_picture_without_words_is_shown_and_its_author_asked(alt: str | None) -> None:
    notes: list[str] = []
    assert UNTOLD in shown({"image/svg+xml": SVG.format("")}, about={"image/svg+xml": {"alt": alt}}, notes=notes)
    assert notes
    assert "第 7 单元" in notes[0]


@pytest.mark.parametrize(
    "about", [{"image/svg+xml": {"alt": "说明"}}, {"alt": "说明"}, {"image/svg+xml": {"title": "说明"}}, {}]
)
def test_a_picture_takes_its_words_where_its_author_put_them(about: dict[str, Any]) -> None:
    notes: list[str] = []
    assert 'alt="说明"' in shown({"image/svg+xml": SVG.format("" if about else "说明")}, about=about, notes=notes)
    assert not notes


@pytest.mark.parametrize(
    "text",
    ["<object object at 0x7f00>", "[<__main__.A at 0x7f00>]", "{'a': <function f at 0x…>}", "<map at 0x1>",
     "<module 're' from '/usr/re.py'>",
     "<IPython.core.display.HTML object>", "<generator object <genexpr> at 0x7f00>", "<a\nb>"],
)  # fmt: skip
def test_an_object_without_text_is_refused(text: str) -> None:
    with pytest.raises(BuildError, match="no text of its own"):
        shown({"text/plain": text})


@pytest.mark.parametrize(
    "text",
    [
        "[<matplotlib.lines.Line2D at 0x7f00>]",
        "<Axes: title={'center': '甲'}>",
        "<AxesSubplot:xlabel='年'>",
        "<seaborn.axisgrid.FacetGrid at 0x7f00>",
        "<BarContainer object of 3 artists>",
        "<a list of 10 Patch objects>",
        "<Figure size 640x480 with 0 Axes>",
        "(<matplotlib.patches.Wedge at 0x…>, <matplotlib.text.Text object at 0x1>)",
    ],
)
def test_what_a_plot_returns_is_left_out_beside_the_plot_alone(text: str) -> None:
    assert shown({"text/plain": text}, beside=frozenset({"text/plain", "image/svg+xml"})) == ""
    with pytest.raises(BuildError, match="no text of its own"):
        shown({"text/plain": text}, beside=frozenset({"text/plain"}))


def test_an_animation_is_not_taken_for_a_drawn_line() -> None:
    text = "<matplotlib.animation.FuncAnimation at 0x7f00>"
    with pytest.raises(BuildError, match="no text of its own"):
        shown({"text/plain": text}, beside=frozenset({"image/png"}))


@pytest.mark.parametrize("text", ["1 < 2 > 0", "a <b> c", "Text(0.5, 1.0, '甲')", "'<b>'", "look at 0x"])
def test_other_text_is_text(text: str) -> None:
    assert shown({"text/plain": text}).startswith("<pre>")


@pytest.mark.parametrize(
    ("model", "words"),
    [
        ("text", "<p><b>甲</b></p>"),
        ("label", "<p>a &lt; b</p>"),
        ("texts", None),
        ("bar", ""),
        ("box", ""),
        ("cycle", "<p>a &lt; b</p>"),
    ],
)
def test_widgets_of_text_are_text_and_bars_nothing(model: str, words: str | None) -> None:
    found = shown({VIEW: {"model_id": model}, "text/plain": "…"}, widgets=WIDGETS)
    assert found == words if words is not None else sorted(found.split("<p>")) == ["", "<b>甲</b></p>", "a &lt; b</p>"]


@pytest.mark.parametrize("model", ["slider", "unknown"])
def test_other_widgets_are_refused(model: str) -> None:
    with pytest.raises(BuildError, match="widget"):
        shown({VIEW: {"model_id": model}, "text/plain": "IntSlider(value=3)"}, widgets=WIDGETS)


@pytest.mark.parametrize("bar", ["100%|██████████| 3/3 [00:00<00:00, 9.8it/s]", "3it [00:00, 28.1it/s]"])
def test_a_bar_of_tqdm_without_states_is_known_by_its_text(bar: str) -> None:
    assert shown({VIEW: {"model_id": "x"}, "text/plain": bar}) == ""


@pytest.mark.parametrize(
    ("kind", "html", "pdf"),
    [("raw/", True, True), ("raw/text/html", True, False), ("raw/text/vnd.typst", False, True),
     ("raw/text/latex", False, False), ("raw/text/markdown", False, False), ("raw/text/x-python", False, False)],
)  # fmt: skip
def test_a_raw_cell_is_shown_in_its_own_format_alone(kind: str, html: bool, pdf: bool) -> None:
    assert (bool(shown({kind: "x"}, "html")), bool(shown({kind: "x"}, "pdf"))) == (html, pdf)
