"""In a real Chromium: no character of a page is left to the reader's fonts, and columns stand under each other."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

import helpers
from helpers.display import escape
from helpers.exporters.fonts import embedded

LINES = (
    "政府信息 Łódź Қазақстан 𠮷㭎䶮鿏䶿",
    "شىنجاڭ ئۇيغۇر ᠮᠣᠩᠭᠣᠯ ꆈꌠ ꓡꓲꓢꓴ",
    "연변조선족 😀✅❌👍🏽👨\u200d👩\u200d👧 ⇒⟶",
    "∑√∉𝑥ℝ ἀρχή e\u0301",
)
FORMULA = (
    "<math><msqrt><mfrac><mi>a</mi><mi>b</mi></mfrac></msqrt><mo>=</mo><mrow><mo>(</mo><mtable><mtr><mtd><mi>x</mi></mtd>"
    "</mtr><mtr><mtd><mi>β</mi></mtd></mtr></mtable><mo>)</mo></mrow><mo>≤</mo><mtext>办结率</mtext></math>"
)
CODE = ("│ 公安局 ┆ 12", "│ 𠮷野一 ┆ 7", "│ bureau ┆ x")
STYLE = Path(str(helpers.__file__)).parent / "exporters" / "templates" / "report_html" / "style.css"


def test_every_glyph_comes_from_the_pages_own_fonts(chromium: Browser) -> None:
    page = chromium.new_page()
    body = "".join(f"<p>{escape(line)}</p>" for line in LINES)
    code = "\n".join(f"<span>{line[: line.index('┆')]}</span>{line[line.index('┆') :]}" for line in CODE)
    body += f"<div>{FORMULA}</div><pre>{code}</pre>"
    style = f"<style>{embedded(''.join((*LINES, *CODE, FORMULA)), body)}{STYLE.read_text(encoding='utf-8')}</style>"
    page.set_content(f'<!doctype html><html lang="zh-CN">{style}{body}')
    page.evaluate("document.fonts.ready.then(() => true)")
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    root = devtools.send("DOM.getDocument")["root"]["nodeId"]
    nodes = devtools.send("DOM.querySelectorAll", {"nodeId": root, "selector": "p, pre, mi, mo, mtext"})["nodeIds"]
    fonts = [devtools.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"] for node in nodes]
    assert [font for used in fonts for font in used if not font["isCustomFont"]] == []
    assert len([used for used in fonts if used]) > len(LINES) + 4
    widths = page.evaluate("[...document.querySelectorAll('span')].map(span => span.getBoundingClientRect().width)")
    assert max(widths) - min(widths) < 0.1
    page.close()
