"""Nothing that is printed acts."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.cli.terminal import as_json, console, say, table, tell
from helpers.errors import FolderError, Place
from helpers.visible import visible

ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text(st.characters()))
def test_nothing_in_a_visible_text_acts_and_nothing_is_lost(text: str) -> None:
    shown = visible(text)
    assert not {unicodedata.category(letter) for letter in shown} & ACTING
    assert len(shown) >= len(text)


@pytest.mark.parametrize("text", ["东阿县　人民政府\xa0", "22（其中修订16件）", "é𠮷×", "[bold]a[/]", ""])
def test_ordinary_words_stay(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("a\x9b31mb", "a\\x9b31mb"),
        ("a\nb\rc", "a\\nb\\rc"),
        ("a\u202eb", "a\\u202eb"),
        ("a\ufeffb", "a\\ufeffb"),
        ("a\udce9b", "a\\udce9b"),
        ("a\u2028b", "a\\u2028b"),
    ],
)
def test_what_acts_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_a_message_is_one_line_whatever_it_quotes() -> None:
    message = str(FolderError(Place("a\n\x1b]0;b\x07/c.csv", 3), "a\nfigure", "“\x1b[2J”", "Mend\nit."))
    assert message.isprintable()
    assert "\\x1b[2J" in message


@given(
    st.recursive(
        st.none() | st.text(st.characters()), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_json_says_the_same_without_acting(data: object) -> None:
    text = as_json(data)
    assert json.loads(text) == data
    assert not {unicodedata.category(letter) for letter in text.replace("\n", "")} & (ACTING - {"Cf"})


def test_all_that_is_printed_passes_through(capsys: pytest.CaptureFixture[str]) -> None:
    say("a\x1b[31m", "b")
    tell("c\x1b[31m")
    console(width=40).print(table(["x"], [["[red]y\x1b[31m[/red]"]]))
    out, err = capsys.readouterr()
    assert out.startswith("a\\x1b[31m\nb\n")
    assert err == "c\\x1b[31m\n"
    assert "[red]y\\x1b[31m[/red]" in out
    assert "\x1b" not in out
