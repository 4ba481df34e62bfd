"""Tables of any width and length in print: nothing over anything else or the edge, nothing lost, heads repeated."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from reading import pages_of

LEFT, RIGHT, TOP, BOTTOM = 28 / 25.4 * 72, 26 / 25.4 * 72, 37 / 25.4 * 72, 35 / 25.4 * 72


def figures(rows: int, columns: int, digits: int) -> pd.DataFrame:
    """Every figure another one, so that each can be found again."""
    first = 10 ** (digits - 1)
    cells = [[first + row * columns + column for column in range(columns)] for row in range(rows)]
    return pd.DataFrame(cells, columns=[f"指标{number}" for number in range(columns)])


def markup_of(frame: pd.DataFrame, **how: Any) -> str:
    with pd.option_context("display.max_colwidth", None):
        return str(frame.to_html(**how)).replace("<thead>", "<caption>表的题目</caption><thead>")


def words_of(pages: list[Any]) -> list[list[dict[str, Any]]]:
    """The words of every page but its number, checked to lie within the text's area and beside each other."""
    found = []
    for page in pages:
        words = [word for word in page.extract_words() if word["bottom"] < page.height - BOTTOM + 1]
        for word in words:
            assert LEFT - 1 < word["x0"] < word["x1"] < page.width - RIGHT + 1, f"{word['text']} runs over the edge"
        for rule in page.rects + page.lines:
            assert rule["x1"] < page.width - RIGHT + 1, "the table runs over the edge"
        lines = sorted(page.chars, key=lambda char: (round(char["top"]), char["x0"]))
        for one, two in pairwise(lines):
            if round(one["top"]) == round(two["top"]) and one["text"].strip() and two["text"].strip():
                assert two["x0"] > one["x1"] - 0.12 * one["size"], f"{one['text']} is printed over {two['text']}"
        found.append(words)
    return found


@pytest.mark.parametrize(
    ("columns", "digits", "turned", "smallest"),
    [(4, 4, False, 9), (14, 4, False, 6.5), (22, 5, True, 6.5), (40, 6, False, 7.4), (9, 38, False, 7.4)],
    ids=["as it is", "smaller", "turned", "split", "split at long figures"],
)
def test_a_wide_table_is_set_smaller_turned_or_split(columns: int, digits: int, turned: bool, smallest: float) -> None:
    frame = figures(30, columns, digits)
    pages = pages_of(markup_of(frame))
    words = [word["text"] for page in words_of(pages) for word in page]
    assert set(map(str, frame.to_numpy().ravel())) <= set(words), "every figure whole"
    assert any(page.width > page.height for page in pages) == turned
    assert min(char["size"] for page in pages for char in page.chars) >= smallest - 0.01
    split = sum("续" in word for word in words)
    assert (split > 0) == (columns * digits > 200)
    assert all(words.count(str(row)) >= 1 + split for row in range(30)), "every part names its rows"


def test_bands_over_columns_are_kept_where_a_table_is_split() -> None:
    frame = figures(3, 40, 6)
    frame.columns = pd.MultiIndex.from_product([["甲市", "乙市"], range(20)])
    (words, *_), text = words_of(pages_of(markup_of(frame))), ""
    text = " ".join(word["text"] for word in words)
    assert text.count("甲市") >= 2, "on each part that its columns reach into"
    assert text.count("乙市") >= 2


def test_a_long_table_repeats_its_head_and_breaks_no_row() -> None:
    frame = pd.DataFrame({"名称": ["关于进一步加强政府信息公开工作的若干意见" * 3] * 60, "号": range(1000, 1060)})
    pages = words_of(pages_of(markup_of(frame, index=False)))
    assert len(pages) > 2
    for words in pages:
        texts = [word["text"] for word in words]
        assert "名称" in texts
        rows = sum(bool(re.fullmatch(r"10\d\d", text)) for text in texts)
        assert "".join(texts).count("关于") == 3 * rows, "each row whole on its page"
    assert next(word["text"] for word in pages[0]) == "表的题目"


def test_an_index_over_many_rows_forces_no_page() -> None:
    index = pd.MultiIndex.from_product([["甲市", "乙市"], range(60)], names=["市", "序"])
    pages = words_of(pages_of(markup_of(figures(120, 3, 4).set_index(index))))
    numbers = [word["text"] for words in pages for word in words if re.fullmatch(r"1\d{3}", word["text"])]
    assert len(numbers) == 360
    assert len(pages) > 2


def test_a_row_higher_than_a_page_goes_on_on_the_next() -> None:
    frame = pd.DataFrame({"甲": ["很长的说明。" * 800, "短"], "乙": ["x", "y"]})
    pages = words_of(pages_of(markup_of(frame, index=False)))
    text = "".join(word["text"] for words in pages for word in words)
    assert [text.count(letter) for letter in "很长说明。"] == [800] * 5


@pytest.mark.parametrize(
    "around",
    [
        "<p>{}</p>", "<pre>{}</pre>", "<p><code>{}</code></p>", "<ul><li>{}</ul>", "<h1>{}</h1>",
        "<dl><dt>{}<dd>x</dl>",
        "<pre><b style='color:red'>{}</b></pre>", "<blockquote><p>{}</p></blockquote>", "<a href='https://x.cn'>{}</a>",
    ],
)  # fmt: skip
@pytest.mark.parametrize("word", ["https://x.cn/" + "a" * 300, "长" * 300, "1" * 300, "x_y" * 100])
def test_no_word_runs_over_the_edge(around: str, word: str) -> None:
    (words,) = words_of(pages_of(around.format(word)))
    assert word in re.sub(r"\u200b", "", "".join(found["text"] for found in words))


@pytest.mark.parametrize("before", range(17, 22))
def test_the_caption_stays_with_its_table(before: int) -> None:
    markup = "<p>段</p>" * before + markup_of(figures(12, 3, 4))
    pages = words_of(pages_of(markup))
    assert ["1000" in {word["text"] for word in words} for words in pages] == [
        "表的题目" in {word["text"] for word in words} for words in pages
    ]


def test_a_table_within_something_fits_there() -> None:
    inner = markup_of(figures(3, 12, 6))
    for markup in (f"<blockquote>{inner}</blockquote>", f"<ul><li>项{inner}</ul>", f"<table><tr><td>{inner}</table>"):
        words = [word["text"] for page in words_of(pages_of(markup)) for word in page]
        assert set(map(str, figures(3, 12, 6).to_numpy().ravel())) <= set(words)
