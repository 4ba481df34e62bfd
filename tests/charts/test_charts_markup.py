"""The drawings as markup: the same bytes everywhere, safe in any page, readable by those who do not see them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import lxml.etree
import lxml.html
import pytest
from extremes import distinct, with_indicators

from helpers.charts import Chart, available, draw, for_section
from helpers.report import AnnualReport, by_id

SVG = "{http://www.w3.org/2000/svg}"
HERE = Path(__file__).parent

DRAW_ALL = """
import json, sys
from pathlib import Path
from helpers.charts import available, draw
from helpers.folder import read_report

params, order = Path(sys.argv[1]), int(sys.argv[2])
charts = {}
for county, year in [("371524-donge", 2020), ("321300-suqian", 2024)][::order]:
    report = read_report(county, year, params)
    for name in available(report)[::order]:
        chart = draw(report, name)
        charts[f"{county} {name}"] = [chart.svg, chart.alt, chart.html]
json.dump(charts, sys.stdout, sort_keys=True)
"""

OWN_STYLE = """
font.size: 20
font.family: serif
text.color: red
svg.fonttype: path
savefig.dpi: 300
savefig.bbox: tight
savefig.facecolor: yellow
figure.facecolor: yellow
figure.autolayout: True
lines.linewidth: 5
path.sketch: 1, 100, 2
hatch.linewidth: 3
patch.edgecolor: red
patch.force_edgecolor: True
"""
"""What an analyst may have in a matplotlibrc."""


def test_the_same_bytes_on_every_machine(tmp_path: Path, params: Path) -> None:
    """Hash seed, time zone, locale, folder, a matplotlibrc, and what was drawn before make no difference."""
    (tmp_path / "matplotlibrc").write_text(OWN_STYLE, encoding="utf-8")
    settings = (
        ("1", "1", {"PYTHONHASHSEED": "1", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}, HERE),
        ("2", "-1", {"PYTHONHASHSEED": "4711", "TZ": "America/St_Johns", "LC_ALL": "C"}, tmp_path),
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DRAW_ALL, str(params), order],
            env={**os.environ, **environment}, cwd=folder, stdout=subprocess.PIPE,
        )
        for _, order, environment, folder in settings
    ]  # fmt: skip
    first, second = (process.communicate(timeout=120)[0] for process in running)
    assert [process.returncode for process in running] == [0, 0]
    assert len(json.loads(first)) > 20
    assert {name: svg for name, svg in json.loads(first).items() if svg != json.loads(second)[name]} == {}
    assert first == second


@pytest.fixture
def charts(example: AnnualReport) -> list[Chart]:
    return [draw(example, name) for name in available(example)]


def test_ids_are_unique_in_a_page_and_all_lead_somewhere(charts: list[Chart]) -> None:
    page: Any = lxml.html.fromstring("<main>" + "\n".join(chart.html for chart in charts) + "</main>")
    ids = page.xpath("//@id")
    assert len(ids) >= len(charts)
    assert {name: times for name, times in Counter(ids).items() if times > 1} == {}
    text = "".join(chart.svg for chart in charts)
    wanted = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', text))
    assert {name for pair in wanted for name in pair if name} <= set(ids)


def test_nothing_is_asked_of_anybody_else(charts: list[Chart]) -> None:
    """No script, no style sheet, no address but the name of the format: a strict content policy lets them pass."""
    for chart in charts:
        root: Any = lxml.etree.fromstring(chart.svg)
        tags = {lxml.etree.QName(element).localname for element in root.iter()}
        assert tags <= {"svg", "title", "g", "path", "text", "tspan", "defs", "clipPath", "rect", "use"}
        attributes = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in attributes if name == "style" or name.lower().startswith("on")}
        assert set(re.findall(r"\w+://[^\"' ]+", chart.svg)) == {"http://www.w3.org/2000/svg"}
        assert root.nsmap == {None: "http://www.w3.org/2000/svg"}


def test_it_begins_with_its_own_element(charts: list[Chart]) -> None:
    """A prolog or a document type in the middle of a page would be an error."""
    assert charts
    for chart in charts:
        assert chart.svg.startswith("<svg ")
        assert chart.svg.rstrip().endswith("</svg>")
        assert "<?" not in chart.svg
        assert "<!" not in chart.svg


def test_it_is_one_picture_with_a_name(charts: list[Chart], example: AnnualReport) -> None:
    for chart in charts:
        root: Any = lxml.etree.fromstring(chart.svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == chart.alt
        assert root.findtext(f"{SVG}title") == chart.title
        assert chart.title.startswith(f"{example.year}年")
        assert chart.alt.startswith(f"{chart.title}：")
        assert chart.alt.endswith("。")
        page: Any = lxml.html.fromstring(chart.html)
        assert page.findtext("figcaption") == chart.title
        assert page.get("id") == f"chart-{chart.id}"


def test_it_takes_the_colour_of_the_page(charts: list[Chart]) -> None:
    """Dark or light: text and lines are `currentColor`, and no background is painted over the page's."""
    for chart in charts:
        root: Any = lxml.etree.fromstring(chart.svg)
        assert root.get("fill") == "currentColor"
        assert {text.get("fill") for text in root.iter(f"{SVG}text")} == {None}
        fills = {path.get("fill") for path in root.iter(f"{SVG}path")}
        assert fills & {"#ffffff", "#000000", "#1f2329", "white", "black"} == set()


def test_text_stays_text_in_the_charts_font(charts: list[Chart], texts: Callable[[Chart], list[str]]) -> None:
    """Searchable, selectable, and set in the font that the page brings along."""
    for chart in charts:
        assert any(re.search("[一-鿿]", text) for text in texts(chart))
        root: Any = lxml.etree.fromstring(chart.svg)
        families = {element.get("font-family") for element in root.iter() if element.get("font-family")}
        assert {family.split(",")[0].strip("'\"") for family in families} == {"Noto Sans SC"}


HOSTILE = (
    "<script>alert(1)</script>", "</text></svg><img src=x onerror=alert(1)>", "甲 & 乙", "&lt;&#0;&nbsp;", "\"引'号`",
    "]]>", "<![CDATA[", "<!-- --", "$x^2$ \\frac{1}{2}", "%s {0} {{ x }} {% raw %}", "很长" * 200, "x" * 400,
    "零宽\u200b反向\u202e\u0000\u0008\ud800\ufffe", "𠀀\U0001f600", " \t\n\r\u3000 ", "url(#x)", "#1f2329",
)  # fmt: skip


@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("part", ["label", "unit"])
def test_hostile_words_are_words(
    hostile: str, part: str, suqian: AnnualReport, texts: Callable[[Chart], list[str]]
) -> None:
    """Whatever a county types into indicators.csv, the drawing stays well-formed and says nothing but that."""
    calm = with_indicators(suqian, lambda n: 3 + n)
    spoilt = by_id([replace(item, **{part: hostile}) for item in calm.indicators.values()])
    report = replace(calm, indicators=spoilt)
    harmless = {chart.id: chart for chart in for_section(calm, "overview")}
    drawn = for_section(report, "overview")
    assert len(drawn) >= 6
    for chart in drawn:
        root: Any = lxml.etree.fromstring(chart.svg)
        calm_root: Any = lxml.etree.fromstring(harmless[chart.id].svg)
        assert {element.tag for element in root.iter()} == {element.tag for element in calm_root.iter()}
        page: Any = lxml.html.fromstring(f"<body>{chart.html}</body>")
        assert [element.tag for element in page.iter("script", "img", "style")] == []
        assert root.get("aria-label") == chart.alt
        kept = "".join(char for char in hostile if char.isprintable() and not char.isspace())[:12]
        assert kept in re.sub(r"\s", "", "".join(texts(chart)))
        assert kept in re.sub(r"\s", "", chart.alt)


def test_the_measure_of_hostility_can_fail() -> None:
    """What an unescaped label would do to the parse that the test above relies on."""
    with pytest.raises(lxml.etree.XMLSyntaxError):
        lxml.etree.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg"><text>{HOSTILE[1]}</text></svg>')


def test_jupyter_gets_the_figure_the_picture_and_the_words(suqian: AnnualReport) -> None:
    chart = draw(suqian, "outcomes")
    data, metadata = chart._repr_mimebundle_()
    assert data["text/html"] == chart.html
    assert data["image/svg+xml"] == chart.svg
    assert chart.alt in data["text/plain"]
    about = metadata["gongkai"]
    said = (about["kind"], about["id"], about["section"], about["title"], about["alt"])
    assert said == ("chart", "outcomes", "requests", chart.title, chart.alt)


def test_drawing_changes_nothing(tmp_path: Path) -> None:
    """Matplotlib's settings are the analyst's own, before and after; so is the report."""
    import matplotlib as mpl

    report = distinct(2024)
    cells, settings = dict(report.cells), dict(mpl.rcParams)
    once = [chart.svg for chart in for_section(report, "requests")]
    assert dict(mpl.rcParams) == settings
    assert dict(report.cells) == cells
    assert [chart.svg for chart in for_section(report, "requests")] == once
