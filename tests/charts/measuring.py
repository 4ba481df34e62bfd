"""Lay charts out in a real Chromium and say where everything came to stand; a process of its own, JSON in and out.

Playwright's loop can run once a process, and the browser tests keep theirs for the whole session.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from helpers.exporters.fonts import FAMILY, embedded

sys.path.insert(0, str(Path(__file__).parents[1] / "browser"))

from install import find  # it is the browser tests' own

MEASURE = """
() => Object.fromEntries([...document.querySelectorAll('div')].map(div => {
  const svg = div.querySelector('svg'), view = svg.viewBox.baseVal;
  const box = element => { const b = element.getBBox(); return [b.x, b.y, b.x + b.width, b.y + b.height]; };
  return [div.id, {
    view: [view.width, view.height],
    texts: [...svg.querySelectorAll('text')].map(text => {
      const [left, , right] = box(text), size = parseFloat(getComputedStyle(text).fontSize);
      return {text: text.textContent, left, right, baseline: text.y.baseVal[0].value, size};
    }),
    shapes: [...svg.querySelectorAll('path')].map(path => ({
      box: box(path), curved: /[CQ]/.test(path.getAttribute('d')),
      alpha: parseFloat(path.getAttribute('opacity') ?? path.getAttribute('fill-opacity') ?? '1'),
    })),
  }];
}))
"""


def measure(charts: dict[str, str]) -> object:
    """Chart by chart its size, its texts and its shapes, in the chart's own points."""
    face = embedded("".join(charts.values()))
    names = list(charts)
    body = "\n".join(f'<div id="{number}">{charts[name]}</div>' for number, name in enumerate(names))
    path = find()
    assert path, "Run `make test`, which installs Chromium, or set CHROMIUM."
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page_file = Path(folder) / "charts.html"
        page_file.write_text(
            f'<!doctype html><html lang="zh-CN"><meta charset="utf-8"><style>{face}</style>{body}', encoding="utf-8"
        )
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(reduced_motion="reduce")
        page.goto(page_file.as_uri())
        assert page.evaluate(f"document.fonts.load('16px \"{FAMILY}\"', '政').then(fonts => fonts.length)") == 1
        measured = page.evaluate(MEASURE)
        browser.close()
    return {name: measured[str(number)] for number, name in enumerate(names)}


if __name__ == "__main__":
    json.dump(measure(json.load(sys.stdin)), sys.stdout)
