"""What `gongkai build` publishes: complete folders whose HTML and PDF carry every figure and need nothing else."""

from __future__ import annotations

import base64
import json
import re
import unicodedata
from pathlib import Path

import pdfplumber
import pypdf
import pytest
import uharfbuzz
from lxml import html as lxml_html

from helpers.charts import available
from helpers.folder import read_report
from helpers.forms import get_form
from helpers.markup import plain
from helpers.narrative import compose
from helpers.report import AnnualReport

ROOT = Path(__file__).parents[2]
FIGURE = re.compile(r"\d+(?:\.\d+)?%?")


def report_of(folder: Path) -> AnnualReport:
    return compose(read_report(folder.parent.name, int(folder.name), ROOT / "params"))


def page_text(folder: Path) -> str:
    main = lxml_html.parse(str(folder / "report.html")).getroot().get_element_by_id("main")
    return str(main.text_content())


def pdf_text(folder: Path) -> str:
    pages = [page.extract_text() for page in pypdf.PdfReader(folder / "report.pdf").pages]
    return unicodedata.normalize("NFKC", re.sub(r"\s+", "", "".join(pages)))


def test_a_published_folder_is_complete(built: Path) -> None:
    names = {path.name for path in built.iterdir()}
    assert names == {
        "report.html", "report.pdf", "report.ipynb", "data.json", "data.csv", "checks.json", "manifest.json", "figures",
    }  # fmt: skip
    report = report_of(built)
    assert {path.stem for path in (built / "figures").iterdir()} == set(available(report))
    assert len(available(report)) >= 10


def test_the_page_stands_alone(built: Path) -> None:
    """One file under a megabyte, no script, nothing to fetch, in Chinese."""
    raw = (built / "report.html").read_bytes()
    page = raw.decode("utf-8")
    assert len(raw) < 1_000_000
    assert '<html lang="zh-CN">' in page
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//", re.sub(r"<a [^>]*>", "", page))
    assert not re.search(r"url\((?!data:)", page)
    assert "default-src 'none'" in page


def test_the_embedded_font_has_every_character_of_the_page(built: Path) -> None:
    """No reader needs a Chinese font installed: a character left out would be tofu on such a machine."""
    page = (built / "report.html").read_text(encoding="utf-8")
    encoded = re.search(r"base64,([A-Za-z0-9+/=]+)\)", page)
    assert encoded
    font = uharfbuzz.Font(uharfbuzz.Face(base64.b64decode(encoded[1])))
    body = lxml_html.fromstring(page.encode()).find("body")
    text = {char for char in body.text_content() if not char.isspace()}
    assert len(text) > 200
    assert [char for char in sorted(text) if not font.get_nominal_glyph(ord(char))] == []


def test_every_table_and_chart_stands_on_the_page(built: Path) -> None:
    page = lxml_html.parse(str(built / "report.html")).getroot()
    report = report_of(built)
    assert [table.get("id") for table in page.iter("table")] == [f"table-{name}" for name in report.form.tables]
    assert {figure.get("id") for figure in page.iter("figure")} == {f"chart-{name}" for name in available(report)}
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))


def test_headings_follow_the_form(built: Path) -> None:
    page = lxml_html.parse(str(built / "report.html")).getroot()
    report = report_of(built)
    assert [h.text_content() for h in page.iter("h1")] == [report.title]
    assert [h.text_content() for h in page.iter("h2")] == [section.heading for section in report.form.sections]
    for link in page.xpath("//nav//a"):
        assert page.get_element_by_id(link.get("href").removeprefix("#")) is not None


def test_every_figure_of_the_prose_stands_in_html_and_pdf(built: Path) -> None:
    report = report_of(built)
    page, pdf = page_text(built), pdf_text(built)
    figures = {figure for text in report.text.values() for figure in FIGURE.findall(plain(text))}
    assert len(figures) > 5
    assert [figure for figure in figures if figure not in page] == []
    assert [figure for figure in figures if figure not in pdf] == []


def test_the_cells_go_out_as_they_came_in(built: Path) -> None:
    data = json.loads((built / "data.json").read_text(encoding="utf-8"))
    report = report_of(built)
    assert data["schema"] == "gongkai/1"
    assert data["cells"] == {address: float(value) for address, value in report.cells.items()}
    assert set(data["cells"]) == set(get_form(data["form"]).cells)
    assert AnnualReport.from_dict(data).cells == report.cells


def test_the_pdf_is_an_archival_accessible_a4_document(built: Path) -> None:
    reader = pypdf.PdfReader(built / "report.pdf")
    report = report_of(built)
    assert reader.metadata is not None
    assert reader.metadata.title == f"{report.body.name}{report.title}"
    assert reader.metadata.author == report.body.name
    width, height = (float(value) / 72 * 25.4 for value in reader.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (210, 297)
    headings = [section.heading for section in report.form.sections]
    assert [item.title for item in reader.outline if not isinstance(item, list)] == headings
    xmp = reader.xmp_metadata
    assert xmp is not None
    packet = xmp.stream.get_data().decode("utf-8")
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", packet, re.DOTALL)
    assert "pdfuaid:part>1<" in packet
    assert reader.trailer["/Root"]["/Lang"].startswith("zh")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_the_pdf_embeds_every_font_as_a_subset(built: Path) -> None:
    names = set()
    for page in pypdf.PdfReader(built / "report.pdf").pages:
        for font in page["/Resources"]["/Font"].values():
            descendant = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(descriptor["/FontName"])
    assert names
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names)


def test_page_numbers_stand_as_the_standard_has_them(built: Path) -> None:
    for number, page in enumerate(pypdf.PdfReader(built / "report.pdf").pages, 1):
        assert f"—{number}—" in re.sub(r"\s", "", page.extract_text())


def test_no_block_of_a_table_is_torn_from_its_heading(built: Path) -> None:
    form = get_form(json.loads((built / "data.json").read_text(encoding="utf-8"))["form"])
    heads = {text for table in form.spec.tables for block in table.blocks for text in (block.banner, block.corner)}
    with pdfplumber.open(built / "report.pdf") as document:
        for page in document.pages:
            *_, last, number = page.extract_text().splitlines()
            assert re.fullmatch(r"— ?\d+ ?—", number)
            assert not any(head and last.startswith(head) for head in heads)


def test_the_report_says_that_its_text_is_a_demonstration(built: Path) -> None:
    """The figures are real, the sentences are ours; nobody may take them for the official text."""
    assert "不是官方文本" in page_text(built)
    assert "不是官方文本" in pdf_text(built)


@pytest.mark.parametrize("name", ["report.html", "report.pdf", "data.json", "data.csv", "checks.json"])
def test_outputs_are_the_same_bytes_in_another_time_zone_and_locale(name: str, elsewhere: Path, site: Path) -> None:
    assert (elsewhere / name).read_bytes() == (site / "321300-suqian/2024" / name).read_bytes()


@pytest.fixture(scope="session")
def elsewhere(gongkai, tmp_path_factory: pytest.TempPathFactory) -> Path:  # type: ignore[no-untyped-def]
    """宿迁 2024 built from another directory, time zone, locale, hash seed and engine."""
    out = tmp_path_factory.mktemp("elsewhere")
    done = gongkai(
        "build", "321300-suqian/2024", "--engine", "nbclient", "--out", out, "--params", ROOT / "params",
        cwd=out, TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="77", PYTHONUTF8="0",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out / "321300-suqian/2024"
