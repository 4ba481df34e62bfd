"""Whatever is written in Markdown: every word is on the page and in print, and nothing is refused but by name."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import re
import textwrap
from collections.abc import Callable

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from growth import BITS, LINEAR, growth
from helpers.errors import BuildError
from helpers.exporters.pdf import typeset
from helpers.hypertext import Tree, parse, to_html, to_typst
from helpers.markup import notebook_html, prose, words

WORDS = ["".join(pair) for pair in itertools.product("甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥")]
Word = Callable[[], str]


@st.composite
def markdowns(draw: st.DrawFn, notebook: bool = True, depth: int = 3) -> tuple[str, list[str]]:
    """A text of nested blocks, and the words that it holds, each once."""
    drawn: list[str] = []
    notes: list[str] = []

    def word() -> str:
        drawn.append(WORDS[len(drawn) % len(WORDS)] + ("" if len(drawn) < len(WORDS) else str(len(drawn))))
        return drawn[-1]

    def note() -> str:
        notes.append(f"[^{len(notes)}]: {word()}")
        return f"{word()}[^{len(notes) - 1}]"

    inlines: list[Word] = [
        word, word, lambda: f"**{word()}**", lambda: f"*{word()}，*", lambda: f"`{word()}`", lambda: f"~~{word()}~~",
        lambda: f"[{word()}](https://x.cn/a)", note, lambda: f"{word()}  \n{word()}", lambda: f"{word()}\n{word()}",
        lambda: f"**{word()}*{word()}*。**",
    ]  # fmt: skip
    inlines += [
        lambda: rf"$\text{{{word()}}}_1$", lambda: f"<b>{word()}</b>", lambda: f"https://x.cn/a，{word()}",
        lambda: f"{word()}&nbsp;&lt;{word()}&gt;",
    ] * notebook  # fmt: skip

    def line() -> str:
        return word() + "".join(draw(st.sampled_from(inlines))() for _ in range(draw(st.integers(0, 3))))

    def flat() -> str:
        return line().replace("\n", " ")

    def item(mark: str, level: int) -> str:
        return textwrap.indent(blocks(level), " " * len(mark)).replace(" " * len(mark), mark, 1)

    def table(level: int) -> str:
        wide = draw(st.integers(1, 3))
        rows = [[flat() for _ in range(draw(st.integers(1, 3)))] for _ in range(draw(st.integers(0, 2)))]
        head = ["|".join(flat() for _ in range(wide)), "|".join([":-:"] * wide)]
        return "\n".join(f"|{row}|" for row in [*head, *map("|".join, rows)])

    kinds: list[Callable[[int], str]] = [
        lambda level: line(), lambda level: line(), table, lambda level: f"```\n{word()} {word()}\n```",
        lambda level: f"{'#' * draw(st.integers(1, 6))} {flat()}", lambda level: "---",
    ]  # fmt: skip
    kinds += [lambda level: f"$$\n\\text{{{word()}}}\n$$", lambda level: f"<div>{word()}</div>"] * notebook
    nested: list[Callable[[int], str]] = [
        lambda level: "\n".join(item("- ", level) for _ in range(draw(st.integers(1, 3)))),
        lambda level: "\n\n".join(item(f"{n}. ", level) for n in range(1, draw(st.integers(2, 3)))),
        lambda level: "\n".join(f"- [{draw(st.sampled_from(' x'))}] {flat()}" for _ in range(2)),
        lambda level: textwrap.indent(blocks(level), "> ", lambda _: True),
        lambda level: f"{word()}\n:   {textwrap.indent(blocks(level), '    ').lstrip()}",
    ]

    def blocks(level: int) -> str:
        choice = kinds + nested * (level > 0)
        return "\n\n".join(draw(st.sampled_from(choice))(level - 1) for _ in range(draw(st.integers(1, 3))))

    text = blocks(depth)
    return "\n\n".join([text, *notes]), drawn


def both(tree: Tree) -> tuple[str, str]:
    return to_html(tree, headings=1), to_typst(tree)


def missing(drawn: list[str], shown: str) -> list[str]:
    return [word for word in drawn if word not in re.sub(r"\s", "", shown)]


@given(markdowns())
def test_no_word_of_a_notebook_is_lost(drawn: tuple[str, list[str]]) -> None:
    source, wanted = drawn
    tree = parse(notebook_html(source))
    html, typst = both(tree)
    assert missing(wanted, "".join(tree.body.itertext())) == []
    assert missing(wanted, re.sub("<[^>]*>", "", html)) == []
    assert missing(wanted, typst) == []


@given(markdowns(notebook=False))
def test_no_word_of_prose_is_lost(drawn: tuple[str, list[str]]) -> None:
    source, wanted = drawn
    tree = prose(source)
    html, typst = both(tree)
    assert missing(wanted, re.sub("<[^>]*>", "", html)) == missing(wanted, typst) == missing(wanted, words(tree)) == []


@settings(max_examples=12, phases=[Phase.generate])  # shrinking would compile for minutes
@given(markdowns())
def test_it_is_printed_whole(drawn: tuple[str, list[str]]) -> None:
    source, wanted = drawn
    typst = to_typst(parse(notebook_html(source)))
    pdf = typeset(f'#heading(level: 1)[#"题"]\n\n{typst}', "题", "某县", dt.date(2024, 1, 1))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert missing(wanted, re.sub(r"—\s*\d+\s*—", "", text)) == []


NOTES = ("[^a]", "[^a]:", "[^a]: b\n", ": ")
MARKS = st.lists(
    st.sampled_from(
        [*'[]()!`*_|\n\\:/=-~>1. "$@<;#^&', "文", "字", "**", "```", "http://e.cn", "&amp;", "\n\n", "\n- ", "|-|",
         "[^a]",         "[^a]:", "$$", "\\begin{a}", "\\end{a}", "\\(", "\\)",
         "- [x] ", "\n: ", "    ", "\t", "<b>", "</b>", "<div>"]
    ),
    max_size=30,
).map("".join)  # fmt: skip


@settings(max_examples=200)
@given(MARKS)
def test_no_combination_of_marks_is_more_than_refused(source: str) -> None:
    both(prose(source))
    try:
        both(parse(notebook_html(source)))
    except BuildError as refusal:
        message = str(refusal)
        assert "\n" not in message


@pytest.mark.parametrize("block", ["- ", "1. ", "> ", "- > ", "> - ", "*a ", "**a "])
@pytest.mark.parametrize("read", [prose, lambda text: parse(notebook_html(text))], ids=["prose", "notebook"])
def test_text_nested_without_end_is_shown(block: str, read: Callable[[str], Tree]) -> None:
    _, typst = both(read(block * 60 + "文字"))
    assert "文字" in typst
    typeset(f'#heading(level: 1)[#"题"]\n\n{typst}', "题", "某县", dt.date(2024, 1, 1))


@pytest.mark.parametrize(
    "bit", [*BITS, "$$", "$a", "$a$", "\\(a", "\\[", "\\begin{a}", "[^a]", "[^a]:", "[^a]: b\n", ": "]
)
def test_a_notebooks_markdown_is_read_in_linear_time(bit: str) -> None:
    assert growth(notebook_html, bit) <= LINEAR
