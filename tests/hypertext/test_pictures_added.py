"""Pictures of analysts: as large as they were given, never over the text's area, named, whole."""

from __future__ import annotations

import base64
import io
import re
from typing import Any
from urllib.parse import quote

import matplotlib as mpl
import pytest
from matplotlib.figure import Figure
from PIL import Image
from reading import Page, pages_of

from helpers.charts import available, draw
from helpers.hypertext import Refused, parse, to_html, to_typst, vet
from helpers.report import AnnualReport

MM = 72 / 25.4
TEAL = (0, 0.5, 0.5)


def uri(width: int, height: int, kind: str = "png") -> str:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(file, kind)
    return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"


def svg(width: int = 400, height: int = 300) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f'<rect width="{width}" height="{height}" fill="teal"/></svg>'
    )


def placed(markup: str) -> list[tuple[float, float]]:
    """Width and height of every picture, checked to lie within the text's area."""
    found = []
    for page in pages_of(markup):
        filled = (rect for rect in page.rects if rect["non_stroking_color"] == pytest.approx(TEAL, abs=0.02))
        for shape in (*page.images, *filled):
            assert 28 * MM - 1 < shape["x0"] < shape["x1"] < page.width - 26 * MM + 1
            assert 37 * MM - 1 < shape["top"] < shape["bottom"] < page.height - 35 * MM + 1
            found.append((round(shape["x1"] - shape["x0"]), round(shape["bottom"] - shape["top"])))
    return found


@pytest.mark.parametrize("source", [uri, lambda *size: f"data:image/svg+xml,{quote(svg(*size))}"], ids=["png", "svg"])
@pytest.mark.parametrize(
    ("size", "asked", "shown"),
    [
        ((400, 300), "", (300, 225)),
        ((400, 300), "width=200", (150, 112)),
        ((400, 300), "height=150", (150, 112)),
        ((400, 300), 'style="width: 50%"', (221, 166)),
        ((400, 300), 'style="width: 10cm"', (284, 213)),
        ((4000, 300), "", (442, 33)),
        ((300, 4000), "", (46, 620)),
        ((3000, 4000), "", (442, 590)),
    ],
)
def test_a_picture_is_as_large_as_its_author_said(source: Any, size: Any, asked: str, shown: tuple[int, int]) -> None:
    ((width, height),) = placed(f'<p>前文</p><img alt="图" src="{source(*size)}" {asked}>')
    assert (width, height) == pytest.approx(shown, abs=2)


def test_a_caption_has_room_beside_the_highest_picture() -> None:
    markup = f'<figure><img alt="图" src="{uri(300, 4000)}"><figcaption>{"很长的题目" * 40}</figcaption></figure>'
    ((_, height),) = placed(markup)
    assert height < 225 * MM - 30
    assert len(pages_of(markup)) == 1


def test_pictures_in_cells_are_shown_and_share_the_page() -> None:
    markup = f'<table><tr><th>图<th>文<tr><td><img alt="图" src="{uri(2000, 3000)}"><td>{"文" * 200}</table>'
    ((width, height),) = placed(markup)
    assert width > 50
    assert height < 115 * MM


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_every_kind_is_embedded_in_both(kind: str) -> None:
    markup = f'<img alt="图" src="{uri(40, 30, kind)}">'
    tree = parse(markup)
    assert f"data:image/{kind};base64," in to_html(tree)
    assert len(placed(f"<p>前</p>{markup}")) == 1


PNG = uri(4, 4)


@pytest.mark.parametrize(
    ("markup", "says"),
    [
        (f"<img src='{PNG}'>", "a picture without alternative text.*Say what it shows"),
        (f"<img src='{PNG}' alt=' '>", "a picture without alternative text"),
        ("<img alt=x src='data:image/png;base64,@@@'>", "no base64"),
        ("<img alt=x src='data:image/png;base64,AAAA'>", "no whole PNG, JPEG, GIF or WebP.*Make the picture anew"),
        (f"<img alt=x src='{PNG[:-40]}'>", "no whole PNG|no base64"),
        ("<img alt=x src='a.png'>", "no picture in the page.*data:image/png;base64"),
        ("<img alt=x>", "fetched, or of no known kind"),
        ("<img alt=x src='data:image/svg+xml,<p>'>", "no SVG"),
        ("<svg><rect width='9' height='9'/></svg>", "a drawing without alternative text.*<title>"),
    ],
)  # fmt: skip
def test_a_picture_that_cannot_be_shown_is_refused_by_name(markup: str, says: str) -> None:
    with pytest.raises(Refused, match=says) as problem:
        parse(markup)
    assert len(str(problem.value)) < 400


def test_a_small_file_cannot_be_a_picture_of_any_size() -> None:
    with pytest.raises(Refused, match=r"pixels|Decompression|exceeds"):
        parse(f"<img alt=x src='{uri(9000, 9000)}'>")


@pytest.mark.parametrize("text_as", ["path", "none"])
def test_drawings_of_matplotlib_pass_and_look_the_same(text_as: str) -> None:
    with mpl.rc_context({"svg.fonttype": text_as, "svg.hashsalt": None}):
        figure = Figure()
        axes = figure.subplots()
        axes.plot([1, 3, 2])
        axes.imshow([[1, 2], [3, 4]])
        axes.set_title("Title & #x")
        files = []
        for _ in range(2):
            file = io.StringIO()
            figure.savefig(file, format="svg", metadata={"Date": None})
            files.append(file.getvalue().replace("<svg ", '<svg aria-label="图" '))
    pages = [to_html(parse(file[file.index("<svg") :])) for file in files]
    assert files[0] != files[1], "matplotlib draws its ids by lot"
    assert pages[0] == pages[1]
    drawn = Page(pages[0])
    assert len(drawn.tags) > 50
    references = {value[1:] for _, attributes in drawn.tags for name, value in attributes.items() if name == "href"}
    ids = {attributes["id"] for _, attributes in drawn.tags if "id" in attributes}
    assert {reference for reference in references if not reference.startswith("ata:")} <= ids
    assert "viewBox" in pages[0]
    vet(pages[0])
    assert pages_of(f"<p>前</p>{pages[0]}")


def test_a_colour_is_no_reference_to_something_in_the_drawing() -> None:
    markup = "<svg aria-label='#1 url'><rect id='fff' fill='#fff' stroke='url(#g)'/><g id='g'/><use href='#fff'/></svg>"
    page = to_html(parse(markup))
    assert 'fill="#fff"' in page
    assert 'aria-label="#1 url"' in page
    assert re.findall(r'(?:id="|#)d\w{8}-(\d)', page) == ["0", "1", "0", "1"]


def test_our_own_charts_pass(example: AnnualReport) -> None:
    for name in available(example):
        chart = draw(example, name)
        vet(chart.html)
        assert re.findall(r">([^<]+)</text>", to_html(parse(chart.html))) == re.findall(r">([^<]+)</text>", chart.svg)


def test_decoration_is_none_to_a_screen_reader() -> None:
    assert ", none, " in to_typst(parse(f"{svg(10, 10).replace('<svg', '<svg aria-hidden=true')}"))
    assert placed(f"<p>a{svg(10, 10).replace('<svg', '<svg aria-hidden=true')}b</p>") == [(8, 8)]
