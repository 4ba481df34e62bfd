"""A program's terminal output on the page: its words whole, its colours as styles, nothing else of the terminal."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from helpers.exporters.streams import preformatted


def words(markup: str) -> str:
    return str(html.fragment_fromstring(markup).text_content())


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("一行\n", "一行"),
        ("一\n\n二\n", "一\n\n二"),
        ("50%\r100%\n", "100%"),
        ("100%\r", "100%"),
        ("abcdef\rxy\n", "xycdef"),
        ("a\tb", "a       b"),
        ("abx\bc", "abc"),
        ("\b\bab", "ab"),
        ("\x1b[2K\rdone", "done"),
        ("\x1b]0;title\x07text", "text"),
        ("<b>&amp;", "<b>&amp;"),
        ("\x1b[31m红\x1b[0m黑", "红黑"),
    ],
)
def test_what_stands_there_when_the_program_has_ended(written: str, shown: str) -> None:
    assert words(preformatted(written)) == shown


@pytest.mark.parametrize(
    ("code", "style"),
    [
        ("31", "color:#a31515"), ("1", "font-weight:bold"), ("3", "font-style:italic"),
        ("9", "text-decoration:line-through"),
        ("4", "text-decoration:underline"), ("38;5;196", "color:#ff0000"), ("38;2;1;2;3", "color:#010203"),
        ("42", "background-color:#116329"), ("91", "color:#a31515"),
    ],
)  # fmt: skip
def test_a_colour_or_weight_becomes_a_style(code: str, style: str) -> None:
    assert preformatted(f"甲\x1b[{code}m乙\x1b[0m丙") == f'<pre>甲<span style="{style}">乙</span>丙</pre>'


def test_reversed_colours_are_swapped() -> None:
    assert 'style="background-color:#a31515"' in preformatted("\x1b[31;7m注意\x1b[0m")


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\u2028\u2029\x85")))
def test_plain_text_is_shown_as_it_is(text: str) -> None:
    assert words(preformatted(text)) == text


@given(st.text("ab中\x1b[]0;123mKJ\r\n\b\t<&", max_size=60))
def test_no_control_sequence_survives(text: str) -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", preformatted(text))
