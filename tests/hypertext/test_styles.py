"""How an analyst's tables look is kept, or deliberately simplified; what it is called by chance is not."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from reading import Page, printed
from syrupy.assertion import SnapshotAssertion

from helpers.hypertext import parse, to_html, to_typst

SAMPLES = Path(__file__).parent / "samples"
"""Tables as great_tables 1.1 and polars 2.1 wrote them."""

FRAME = pd.DataFrame({"县": ["甲", "乙"], "率": [0.25, -2], "件": [10, 3000]}, index=pd.Index(["a", "b"], name="区"))


def styler() -> str:
    tips = pd.DataFrame([["来自#甲", "", ""], ["", "", ""]], index=FRAME.index, columns=FRAME.columns)
    styled = FRAME.style.background_gradient(subset=["率"]).bar(subset=["件"], align="mid").set_caption("题目")
    styled = styled.map(lambda _: "color: red; font-weight: bold", subset=["县"]).format(precision=1)
    return str(
        styled.set_table_styles([{"selector": "th", "props": "text-align: center"}]).set_tooltips(tips).to_html()
    )


def test_a_styled_frame_in_both(snapshot: SnapshotAssertion) -> None:
    tree = parse(styler())
    assert to_html(tree) == snapshot(name="page")
    assert to_typst(tree) == snapshot(name="print")


def test_the_same_data_have_the_same_bytes() -> None:
    """Pandas draws an id for each table; it may not reach what is published."""
    assert styler() != styler()
    assert to_html(parse(styler())) == to_html(parse(styler()))


def cell(markup: str, tag: str = "td") -> dict[str, str]:
    """The attributes of the one such element."""
    (attributes,) = [attributes for name, attributes in Page(to_html(parse(markup))).tags if name == tag]
    return attributes


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        ("color: RED", "color:#ff0000"),
        ("color: rgb(0 128 0 / 50%)", "color:#80c080"),
        ("color: hsl(240, 100%, 50%)", "color:#0000ff"),
        ("background: navy", "color:#ffffff;background-color:#000080"),
        ("background-color: #ff0", "color:#000000;background-color:#ffff00"),
        ("background: #ff0; color: #ffe", "color:#000000;background-color:#ffff00"),
        ("background: #fff", None),
        ("color: black", None),
        ("color: white", None),
        ("font-weight: 700; font-style: oblique", "font-weight:bold;font-style:italic"),
        ("text-decoration: underline dotted red", "text-decoration:underline"),
        ("text-align: start; vertical-align: middle", "text-align:left;vertical-align:middle"),
        ("background: linear-gradient(to right, red, 20%, blue)", None),
        ("background: linear-gradient(45deg, red, transparent 20%)",
         "background-image:linear-gradient(45deg,#ff0000 0%,transparent 20%,transparent 100%)"),
        ("font-size: 3px; margin: -9em; position: absolute; opacity: 0", None),
        ("color: red !important; color: blue", "color:#ff0000"),
        ("color: red; color: no-colour", "color:#ff0000"),
        ("color: var(--x); background: url", None),
        ("text-align: right; text-align: inherit", None),
    ],
)  # fmt: skip
def test_a_declaration_is_kept_in_one_way_of_writing(css: str, kept: str | None) -> None:
    assert cell(f'<table><tr><td style="{css}">x</table>').get("style") == kept
    assert cell(f"<style>td {{ {css} }}</style><table><tr><td>x</table>").get("style") == kept


def test_the_cascade_is_that_of_css() -> None:
    sheet = "<style>td{color:green} .a{color:blue} #b{color:red} #b.a{color:#010} td.c{color:blue!important}</style>"
    for attributes, ink in {"": "#008000", "class=a": "#0000ff", "id=b": "#ff0000", "id=b class=a": "#001100",
                            "id=b class=c": "#0000ff", "id=b style=color:#123456": "#123456"}.items():  # fmt: skip
        found = cell(f"{sheet}<table><tr style='background:#eee'><td {attributes}>x</table>")
        assert found["style"].startswith(f"color:{ink}"), attributes


def test_what_rows_and_tables_look_like_their_cells_do() -> None:
    markup = "<table style='color:red'><tr style='text-align:right'><td style='text-align:center'>x</table>"
    assert cell(markup)["style"] == "color:#ff0000;text-align:center"
    assert cell("<table bgcolor=#ff0><tr align=right><td valign=top>x</table>")["style"] == (
        "color:#000000;background-color:#ffff00;text-align:right;vertical-align:top"
    )


def test_what_nobody_is_meant_to_see_is_in_neither() -> None:
    markup = "<style>.h{visibility:hidden}</style>a<p style='display:none'>b</p><span class=h>c</span>d"
    assert to_html(parse(markup)) == "ad"
    assert to_typst(parse(markup)) == '#"ad";'


def test_columns_of_figures_stand_right_unless_the_author_says_otherwise() -> None:
    markup = "<table><tr><th>县<th>数<th align=left>率<tr><td>甲<td>1,234<td>5%<tr><td>乙<td>-<td>-1.5</table>"
    styles = [attributes.get("style") for tag, attributes in Page(to_html(parse(markup))).tags if tag in ("td", "th")]
    right = "text-align:right"
    assert styles == [None, right, "text-align:left", None, right, right, None, right, right]


@pytest.mark.parametrize("name", ["great_tables", "polars"])
def test_tables_of_other_libraries_are_tables(name: str) -> None:
    markup = (SAMPLES / f"{name}.html").read_text(encoding="utf-8")
    cells = Page(to_html(parse(markup))).cells
    assert len(cells) >= 8
    assert re.sub(r"\s", "", "".join(cells)) in printed(markup)
