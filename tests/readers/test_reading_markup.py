"""Pieces of HTML, and the texts and grids that they are."""

from __future__ import annotations

import pytest

from helpers.readers.pages.document import Grid, Text
from helpers.readers.pages.html import from_markup


def texts(markup: str) -> list[tuple[str, int, str]]:
    return [(b.text, b.heading, b.item) for b in from_markup(markup).blocks if isinstance(b, Text)]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ("<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>", [("甲", 0, "- "), ("乙", 0, "  - "), ("丙", 0, "- ")]),
        ("<ol start=3><li>甲</li><li>乙</li></ol>", [("甲", 0, "3. "), ("乙", 0, "4. ")]),
        ("<ol start=x><li>甲</li></ol>", [("甲", 0, "1. ")]), ("<li>甲</li>", [("甲", 0, "- ")]),
        ("<ul><li><p>甲</p><p>乙</p></li></ul>", [("甲", 0, ""), ("乙", 0, "")]),
        ("<p hidden>甲</p><p style='Display : none'>乙</p><p>丙</p>", [("丙", 0, "")]),
        ("<figure><figcaption>图</figcaption></figure><p>甲</p>", [("甲", 0, "")]), ("<h2>甲</h2>", [("甲", 2, "")]),
        ("<table><tr><td>只一格</td></tr></table>", [("只一格", 0, "")]), ("<p>甲\n乙 a\nb</p>", [("甲乙 a b", 0, "")]),
        ("<table><tr><td>左</td><td><table><tr><td>1</td></tr></table></td></tr></table>", []),
        ("<title>题</title><script>x</script><p>甲</p>", [("甲", 0, "")]), ("", []),
    ],
)  # fmt: skip
def test_texts_with_their_lists_and_headings(markup: str, found: list[tuple[str, int, str]]) -> None:
    assert texts(markup) == found


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ("<tr><td rowspan=2>甲</td><td colspan=2>1</td></tr><tr><td>2</td><td></td></tr>",
         [[("甲", 0, 1, False), ("1", 1, 3, False)], [("甲", 0, 1, True), ("2", 1, 2, False), ("", 2, 3, False)]]),
        ("<tr><td>甲</td><td>12<sup>[1]</sup></td></tr>", [[("甲", 0, 1, False), ("12〔1〕", 1, 2, False)]]),
        ("<tr><td>甲<br>乙</td><td><p>1</p><p>2</p></td></tr>", [[("甲\n乙", 0, 1, False), ("1\n2", 1, 2, False)]]),
        ("<tr><th>甲<td style='display:none'>9<td>3", [[("甲", 0, 1, False), ("3", 1, 2, False)]]),
        ("<tr><td>甲</td><td aria-describedby=n>1</td></tr><tfoot><tr><td>注</td><td id=n>见〔3〕号</td></tr></tfoot>",
         [[("甲", 0, 1, False), ("1〔见\x143\x15号〕", 1, 2, False)],
          [("注", 0, 1, False), ("见〔3〕号", 1, 2, False)]]),
    ],
)  # fmt: skip
def test_tables_with_their_spans_and_notes(rows: str, found: list[list[tuple[str, int, int, bool]]]) -> None:
    (grid,) = from_markup(f"<table>{rows}</table>").blocks
    assert isinstance(grid, Grid)
    assert [[(tile.text, tile.left, tile.right, tile.above) for tile in row] for row in grid.rows] == found


def test_what_a_page_calls_itself_and_what_is_bold_in_it() -> None:
    page = from_markup("<title>题 名</title><p>甲<b>乙</b>丙</p>")
    (text,) = page.blocks
    assert isinstance(text, Text)
    assert (page.title, text.text, text.marked) == ("题 名", "甲乙丙", "甲\x01乙\x02丙")
