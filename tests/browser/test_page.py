"""The page as the public sees it: at a telephone's width, on a desktop, in the dark, in print."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pypdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from nbformat.v4 import new_code_cell, new_output
from playwright.sync_api import Browser, Page

from building import EXAMPLES
from helpers.exporters.html import ReportHTMLExporter

SETTINGS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "dark phone": {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
}

OVERFLOWING = """
() => [...document.querySelectorAll('main *')].filter(element => {
  for (let up = element.parentElement; up; up = up.parentElement)
    if (getComputedStyle(up).overflowX !== 'visible') return false;
  const box = element.getBoundingClientRect();
  return box.width > 0 && (box.right > document.documentElement.clientWidth + 1 || box.left < -1);
}).map(element => element.outerHTML.slice(0, 100))
"""

CONTRAST_OF_CHART_TEXT = """
() => {
  const level = rgb => { const [r, g, b] = rgb.match(/[\\d.]+/g).slice(0, 3).map(v => {
    v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126*r + .7152*g + .0722*b; };
  const paper = level(getComputedStyle(document.body).backgroundColor);
  return [...document.querySelectorAll('figure svg text')].map(text => {
    const ink = level(getComputedStyle(text).fill);
    return [(Math.max(ink, paper) + .05) / (Math.min(ink, paper) + .05), text.textContent];
  }).sort((a, b) => a[0] - b[0])[0];
}
"""


@contextmanager
def opened(chromium: Browser, file: Path, **settings: Any) -> Iterator[tuple[Page, list[str]]]:
    """The page, and every address it asked for besides its own."""
    context = chromium.new_context(**settings)
    page = context.new_page()
    asked: list[str] = []
    address = file.as_uri()
    page.on("request", lambda request: request.url == address or asked.append(request.url))
    page.goto(address)
    yield page, asked
    context.close()


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_accessibility_violation(chromium: Browser, page_file: Path, setting: str) -> None:
    with opened(chromium, page_file, **SETTINGS[setting]) as (page, _):
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("setting", SETTINGS)
def test_nothing_overflows_and_no_request_leaves_the_page(chromium: Browser, page_file: Path, setting: str) -> None:
    with opened(chromium, page_file, **SETTINGS[setting]) as (page, asked):
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0
        assert page.evaluate(OVERFLOWING) == []
        assert [url for url in asked if not url.startswith("data:")] == []


def test_print_fits_the_sheet_and_shows_everything(chromium: Browser, page_file: Path) -> None:
    with opened(chromium, page_file, viewport={"width": 718, "height": 1000}) as (page, asked):
        page.emulate_media(media="print")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        clipped = "t => t.scrollWidth > t.parentElement.clientWidth + 1"
        assert page.evaluate(f"[...document.querySelectorAll('table')].filter({clipped}).length") == 0
        assert not page.locator("nav").is_visible()
        assert Axe().run(page).violations_count == 0
        assert asked == [] or all(url.startswith("data:") for url in asked)


def test_wide_tables_scroll_within_their_frame_by_keyboard(chromium: Browser, page_file: Path) -> None:
    with opened(chromium, page_file, **SETTINGS["phone"]) as (page, _):
        frame = page.locator(".table-frame").nth(1)
        assert frame.evaluate("e => e.scrollWidth > e.clientWidth")
        frame.focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.querySelectorAll('.table-frame')[1].scrollLeft > 0")


def test_the_page_brings_its_own_chinese_font(chromium: Browser, page_file: Path) -> None:
    with opened(chromium, page_file, **SETTINGS["desktop"]) as (page, _):
        page.evaluate("document.fonts.ready.then(() => true)")
        assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded"]


@pytest.mark.parametrize("setting", ["desktop", "dark"])
def test_chart_text_can_be_read_on_light_and_dark(chromium: Browser, page_file: Path, setting: str) -> None:
    with opened(chromium, page_file, **SETTINGS[setting]) as (page, _):
        contrast, text = page.evaluate(CONTRAST_OF_CHART_TEXT)
        assert contrast >= 4.5, f"{text!r} has contrast {contrast:.2f}"


def test_the_table_of_contents_leads_to_every_section(chromium: Browser, page_file: Path) -> None:
    with opened(chromium, page_file, **SETTINGS["desktop"]) as (page, _):
        links = page.locator("nav a")
        for number in range(links.count()):
            target = links.nth(number).get_attribute("href")
            assert page.locator(f"[id='{target.removeprefix('#')}']").count() == 1
        links.last.click()
        page.wait_for_function("() => scrollY > 100")


def test_what_is_folded_opens_at_a_click_and_stands_open_on_paper(
    chromium: Browser, site: Path, tmp_path: Path
) -> None:
    notebook = nbformat.read(site / EXAMPLES[0] / "report.ipynb", as_version=4)
    shown = [new_output("stream", name="stdout", text="UNFOLDED\n")]
    hidden = new_code_cell("1", execution_count=99, outputs=shown, metadata={"tags": ["hide-output"]})
    notebook.cells.insert(-1, hidden)
    (tmp_path / "page.html").write_text(ReportHTMLExporter().from_notebook_node(notebook)[0], encoding="utf-8")
    with opened(chromium, tmp_path / "page.html", **SETTINGS["desktop"]) as (page, _):
        words = page.get_by_text("UNFOLDED")
        assert not words.is_visible()
        printed = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf())).pages)
        assert "UNFOLDED" in printed
        assert "展开查看" not in printed
        page.get_by_text("展开查看").click()
        assert words.is_visible()
