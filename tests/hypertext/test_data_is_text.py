"""Whatever stands in a frame — cells, names, captions — is text in both outputs, and the same text."""

from __future__ import annotations

import re

import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st
from reading import Page, printed

from helpers.display import escape
from helpers.hypertext import parse, to_html

HARD = (
    "公开/*待核", "诉讼*/完", '#read("x")', "a@b.com", "C#", "\\", '"', "'", "<b>&amp;", "$x$", "`", "[", "]", "//",
    "~", "=", "- ", "@a", "<a", "...", "\u3000", "_", "*重*", "https://x.cn/a?b=1#c",
)  # fmt: skip
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

any_text = st.text(max_size=12) | st.sampled_from(HARD)
printable = st.text(st.sampled_from("公开县年一二，。（）《》abcXYZ019 .-/\\\"'#$@*_`~<>[]{}|&%^=+!?:;"), max_size=60)
SHAPE = 3


def frames(text: st.SearchStrategy[str]) -> st.SearchStrategy[pd.DataFrame]:
    """A frame of text with named index and columns; pandas writes line breaks as Python does, so they are not there."""
    flat = text.map(lambda value: re.sub(r"[\t\n\r]", " ", value))
    row = st.lists(flat, min_size=SHAPE, max_size=SHAPE)
    return st.builds(
        lambda rows, index, columns, name: pd.DataFrame(rows, index=pd.Index(index, name=name), columns=columns),
        st.lists(row, min_size=SHAPE, max_size=SHAPE), row, row, flat,
    )  # fmt: skip


def texts_of(frame: pd.DataFrame) -> list[str]:
    """Its texts in the order of a page: columns, the index's name in a line of its own, then row by row."""
    named = [frame.index.name, *[""] * SHAPE] if frame.index.name is not None else []
    body = [text for name, row in zip(frame.index, frame.to_numpy().tolist(), strict=True) for text in (name, *row)]
    return ["", *frame.columns, *named, *body]


def shown(text: str) -> str:
    """As a browser shows it: white space is one space, and characters that no markup can hold are none."""
    return " ".join(UNSHOWABLE.sub("", text).split())


def markup_of(frame: pd.DataFrame) -> str:
    with pd.option_context("display.max_colwidth", None):
        return str(frame.to_html())


@settings(max_examples=100)
@given(frames(any_text))
def test_the_cells_of_the_page_are_those_of_the_frame(frame: pd.DataFrame) -> None:
    read = Page(to_html(parse(markup_of(frame)))).cells
    assert list(map(shown, read)) == list(map(shown, texts_of(frame)))


@settings(max_examples=25)
@given(frames(printable))
@example(pd.DataFrame([HARD[:SHAPE], HARD[3:6], HARD[6:9]], index=HARD[9:12], columns=HARD[12:15]))
@example(pd.DataFrame([["1" * 60, "x" * 200, "国" * 90]] * SHAPE, index=["é" * 70] * SHAPE, columns=[*"abc"]))
def test_the_text_of_the_print_is_that_of_the_frame(frame: pd.DataFrame) -> None:
    expected = re.sub(r"\s", "", "".join(texts_of(frame)))
    assert sorted(printed(markup_of(frame))) == sorted(expected)  # what is in which line depends on widths


@settings(max_examples=25)
@given(printable.filter(str.strip), printable)
def test_captions_titles_and_tooltips_are_text(caption: str, tooltip: str) -> None:
    frame = pd.DataFrame([[1]])
    markup = frame.style.set_caption(escape(caption)).to_html().replace("<td ", f'<td title="{escape(tooltip)}" ')
    page = Page(to_html(parse(markup)))
    assert shown(page.cells[0]) == shown(caption)
    assert [dict(attributes).get("title") for tag, attributes in page.tags if tag == "td"] == [tooltip]
    assert re.sub(r"\s", "", caption) in printed(markup)


def test_rows_that_pandas_leaves_out_are_left_out_in_both() -> None:
    with pd.option_context("display.max_rows", 4):
        markup = pd.DataFrame({"n": range(100, 200)})._repr_html_()  # type: ignore[operator]  # the stub has it not
    cells = Page(to_html(parse(markup))).cells
    assert cells == ["", "n", "0", "100", "1", "101", "...", "...", "98", "198", "99", "199"]
    assert printed(markup) == "".join(cells) + "100rows×1columns"
