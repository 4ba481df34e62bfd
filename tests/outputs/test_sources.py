"""Pictures that a cell names are embedded from where they may come from, or refused by their address."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from PIL import Image

from helpers.batch.notebooks import pictures
from helpers.errors import BuildError
from helpers.exporters.sources import Sources
from helpers.hypertext import parse, to_html

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"><circle r="9"/></svg>'


def png() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def sources(tmp_path: Path) -> Sources:
    folder = tmp_path / "notebooks"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "图 1.png").write_bytes(png())
    (folder / "drawing.svg").write_text(SVG, encoding="utf-8")
    (tmp_path / "outside.png").write_bytes(png())
    (folder / "link.png").symlink_to(tmp_path / "outside.png")
    attached = {"image/png": base64.encodebytes(png()).decode()}
    broken = {"image/png": "kein base64!"}
    return Sources({"a b.png": attached, "broken.png": broken, "text": {"text/plain": "x"}}, folder)


@pytest.mark.parametrize(
    "address",
    ["pictures/图 1.png", "pictures/%E5%9B%BE%201.png", "./pictures/图 1.png?v=2", "attachment:a b.png",
     "attachment:a%20b.png"],
)  # fmt: skip
def test_a_picture_at_hand_is_embedded_whole(sources: Sources, address: str) -> None:
    embedded = sources.embedded(address)
    assert embedded.startswith("data:image/png;base64,")
    assert base64.b64decode(embedded.partition(",")[2]) == png()


def test_a_drawing_beside_the_notebook_is_one(sources: Sources) -> None:
    assert sources.embedded("drawing.svg").startswith("data:image/svg+xml;base64,")


@pytest.mark.parametrize(
    "address",
    ["/etc/hostname", "../outside.png", "pictures/../../outside.png", "link.png", "nowhere.png", "pictures", "",
     "attachment:other.png", "attachment:text", "attachment:broken.png", "%00", "x" * 5000],
)  # fmt: skip
def test_a_picture_that_is_not_at_hand_is_refused_by_its_address(sources: Sources, address: str) -> None:
    with pytest.raises(BuildError, match=re.escape(f"the picture {address[:80]!r}: ")) as refused:
        sources.embedded(address)
    assert "\n" not in str(refused.value)


def test_without_a_folder_no_file_is_read() -> None:
    with pytest.raises(BuildError, match="where the notebook lies is not known"):
        Sources({}, None).embedded("a.png")


@pytest.mark.parametrize(
    "address", ["https://example.org/a.png", "//example.org/a.png", "file:///etc/hostname", "javascript:1", "data:,x"]
)
def test_what_is_data_or_elsewhere_is_left_for_the_allow_list(sources: Sources, address: str) -> None:
    assert sources.embedded(address) == address


def test_what_stands_around_a_picture_stays_as_it_was_written(sources: Sources) -> None:
    around = '<a href="#甲">到甲</a><p id="甲">a &lt; b <img alt="说明" src=" {} " width="60"> 后</p>'
    shown = to_html(parse(around.format("drawing.svg"), sources.embedded))
    assert re.match(r'<a href="#[^"]+">到甲</a><p id="甲">a &lt; b <svg', shown)  # the link still finds its place


def test_data_may_be_written_with_spaces_as_browsers_read_it(sources: Sources) -> None:
    data = base64.b64encode(png()).decode()
    shown = to_html(parse(f'<img alt="说明" src="data: image/png; base64, {data}">', sources.embedded))
    assert shown == f'<img alt="说明" src="data:image/png;base64,{data}">'


def test_pictures_beside_the_notebook_are_part_of_what_a_report_is_made_from(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    for name in ("pictures/图 1.png", "b.png", "c.png", "d.png"):
        (tmp_path / name).write_bytes(png())
    cells = [
        new_markdown_cell(
            '![一](pictures/%E5%9B%BE%201.png "题") <img alt=二 src="b.png"> ![三](https://example.org/c.png)'
        ),
        new_markdown_cell("![四](../d.png) ![五](nowhere.png) ![六](/etc/hostname) ![七](attachment:d.png)"),
        new_code_cell("# ![八](c.png)"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "notebook.ipynb")
    assert list(pictures(tmp_path / "notebook.ipynb")) == ["pictures/图 1.png", "b.png"]
