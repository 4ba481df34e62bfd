"""What the typesetter is given of a chart: its words as text, everything else as a picture, nothing of it lost."""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import groupby

import pdfplumber
import pytest

from helpers.charts import Chart, available, draw
from helpers.display import literal
from helpers.exporters.pdf import typeset
from helpers.exporters.pictures import svg_figure
from helpers.report import AnnualReport


@pytest.fixture
def charts(example: AnnualReport) -> list[Chart]:
    return [draw(example, name) for name in available(example)]


def test_every_word_is_set_once_and_none_stays_in_the_picture(charts: list[Chart]) -> None:
    for chart in charts:
        typst = svg_figure(chart.svg, {"alt": chart.alt, "title": chart.title})
        words = re.findall(r"<text[^>]*>([^<]*)</text>", chart.svg)
        assert len(words) > 1
        assert re.findall(r'"(?:start|middle|end)", ("[^"]*")\),', typst) == [literal(word) for word in words]
        assert "<text" not in typst
        assert typst.count("<path") == chart.svg.count("<path")
        assert typst.count(literal(chart.alt)) == 1


def test_a_word_stands_where_the_drawing_has_it() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 50" font-family="Noto Sans SC, sans-serif">'
        '<text x="100" y="20" font-size="9.5" text-anchor="end" opacity="0.72">5件 &amp; "#"</text></svg>'
    )
    assert r'(25.000%, 40.000%, 9.5pt, 0.72, "end", "5件 & \"#\""),' in svg_figure(svg, {"alt": "图", "title": ""})


def test_words_stand_in_print_where_the_drawing_has_them() -> None:
    """Also those that begin or end in punctuation, which the typesetter would cut and move at a line's edge."""
    words = {"start": "（一）予以公开", "end": "甲（乙）", "middle": "甲（乙）丙"}
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="442pt" height="99pt" viewBox="0 0 442 99">' + "".join(
        f'<text x="200" y="{20 * n}" font-size="10" text-anchor="{anchor}">{word}</text>'
        for n, (anchor, word) in enumerate(words.items(), 1)
    )
    pdf = typeset(svg_figure(f"{svg}</svg>", {"alt": "图", "title": ""}), "标题", "机关", dt.date(2024, 1, 1))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = [char for char in document.pages[0].chars if char["text"] in "".join(words.values())]
    lines = [list(line) for _, line in groupby(chars, key=lambda char: round(char["top"]))]
    left = 28 / 25.4 * 72 + 200
    edges = [(line[0]["x0"] - left, line[-1]["x1"] - left) for line in lines]
    assert edges == [pytest.approx(edge, abs=0.3) for edge in ((0, 70), (-40, 0), (-25, 25))]
