"""The pages of an audit in a real Chromium: accessible, nothing overflows, marks and findings lead to each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from test_page import OVERFLOWING, SETTINGS, opened

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def audited(gongkai, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years of a body whose later page has a figure, a word and a blank cell wrong."""
    folder = tmp_path_factory.mktemp("audited")
    for year in (2023, 2024):
        markup = (site / "321300-suqian" / str(year) / "report.html").read_text(encoding="utf-8")
        if year == 2024:
            cell = markup.index('data-cell="requests.granted.total"')
            end = markup.index("</td>", cell)
            markup = f"{markup[:end]}7{markup[end:]}"
            blank = markup.index(">", markup.index('data-cell="review.reconsideration.corrected"'))
            markup = markup[: blank + 1] + markup[markup.index("</td>", blank) :]
            markup = markup.replace("</p>", "XX件待补充。</p>", 3)
        (folder / f"{year}.html").write_text(markup, encoding="utf-8")
    assert gongkai("audit", folder, "--html", folder / "out").returncode == 1
    return folder / "out"


@pytest.mark.parametrize("setting", SETTINGS)
@pytest.mark.parametrize("page_name", ["index.html", "pages/2024.html.html"])
def test_the_pages_are_accessible_and_nothing_overflows(
    chromium: Browser, audited: Path, page_name: str, setting: str
) -> None:
    with opened(chromium, audited / page_name, **SETTINGS[setting]) as (page, asked):
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
        assert page.evaluate(OVERFLOWING) == []
        assert [url for url in asked if not url.startswith("data:")] == []


def test_from_the_index_to_the_finding_to_the_cell_and_back(chromium: Browser, audited: Path) -> None:
    with opened(chromium, audited / "index.html", **SETTINGS["desktop"]) as (page, _):
        page.locator("table a").first.click()
        page.locator(".findings li.error a").first.click()
        target = page.evaluate("location.hash.slice(1)")
        marked = page.locator(f"[id='{target}']")
        assert marked.locator("xpath=descendant-or-self::*[self::mark or .//mark or parent::mark]").count()
        page.locator("td.error a.ref").first.click()
        assert page.evaluate("location.hash").startswith("#finding-")
