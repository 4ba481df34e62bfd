"""Every element of the table, alone and within any other, is set in print with all its text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import printed

from helpers.hypertext import Refused, mathml, parse, to_html, to_typst, vet
from helpers.hypertext.elements import ELEMENTS

SET = sorted(
    name
    for name, allowed in ELEMENTS.items()
    if allowed.standing in ("block", "inline", "unwrapped") and name not in mathml.ELEMENTS and name != "semantics"
)
EMPTY = {"br", "wbr", "hr", "col", "colgroup", "input", "img", "svg"}
AROUND = {"td": "<table><tr>{}</table>", "th": "<table><tr>{}</table>", "tr": "<table>{}</table>", "li": "<ol>{}</ol>",
          "caption": "<table>{}<tr><td>格</table>", "dt": "<dl>{}</dl>", "dd": "<dl>{}</dl>"}  # fmt: skip
PICTURE = "<svg aria-label='图' width='9' height='9'><rect width='9' height='9'/></svg>"
STYLES = (
    "",
    "color:red",
    "background:#dde",
    "font-weight:bold",
    "text-align:right",
    "white-space:pre",
    "font-style:italic",
)


def element(name: str, content: str, style: str = "") -> str:
    if name in EMPTY:
        return PICTURE if name in ("img", "svg") else f"<{name}>"
    if name in ("table", "thead", "tbody", "tfoot"):
        group = f"<tr><td>{content}</td></tr>"
        return f"<table>{group if name == 'table' else f'<{name}>{group}</{name}>'}</table>"
    inner = {"ul": "<li>{}</li>", "ol": "<li>{}</li>", "dl": "<dd>{}</dd>", "tr": "<td>{}</td>"}.get(name, "{}")
    whole = f'<{name} style="{style}">{inner.format(content)}</{name}>'
    return AROUND.get(name, "{}").format(whole)


def text_of(markup: str) -> str:
    tree = parse(markup)
    return re.sub(r"\s", "", "".join(tree.body.xpath(".//text()[not(ancestor::svg)]")))


def assert_set(markup: str) -> None:
    words = printed(f"<h1>始</h1>{markup}<p>终</p>")
    # Captions stand above, feet below, whatever their place in the markup; marks of lists and quotes are print's own.
    assert sorted(re.sub(r"[•–·“”‘’]|\d+\.", "", words)) == sorted(f"始{text_of(markup)}终")


@pytest.mark.parametrize("name", SET)
def test_alone(name: str) -> None:
    if name in ELEMENTS and name not in ("html", "body"):
        assert_set(f"前{element(name, '字')}后")


trees = st.recursive(
    st.text("文字，甲", min_size=1, max_size=4),
    lambda inner: st.builds(element, st.sampled_from(SET), st.lists(inner, min_size=1, max_size=3).map("".join),
                            st.sampled_from(STYLES)),
    max_leaves=8,
)  # fmt: skip


@settings(max_examples=60)
@given(trees)
def test_within_any_other(markup: str) -> None:
    assert_set(markup)
    page = to_html(parse(markup))
    vet(page)
    assert to_typst(parse(page)) == to_typst(parse(markup)), "the page, read again, is set the same"


@pytest.mark.parametrize("name", ["blockquote", "ul", "dl", "span", "b", "table", "details", "td", "mark"])
def test_whatever_is_nested_is_set_or_refused_as_too_deep(name: str) -> None:
    content, style = "字", "color:red;font-weight:bold;text-align:right;background:#dde"
    deepest = 0
    for depth in range(1, 60):
        content = element(name, content, style)
        try:
            parse(content)
        except Refused:
            break
        deepest = depth
        whole = content
    assert deepest >= 2
    assert_set(whole)
