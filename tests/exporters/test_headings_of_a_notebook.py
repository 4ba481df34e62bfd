"""Headings of any level, in any cell: before the first section, within one, behind the last; PDF/UA refuses a gap."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import nbformat
from pypdf import PdfReader

from helpers.batch.execution import execute
from helpers.batch.targets import Target
from helpers.batch.task import Task
from helpers.exporters.html import ReportHTMLExporter
from helpers.exporters.pdf import ReportPDFExporter

ROOT = Path(__file__).parents[2]
ADDED = {
    "preface(report)": "## 说明\n\n设$x$为件数[^1]。\n\n[^1]: 含结转。",
    'section(report, "requests")': "#### 补充\n\n- [x] 已核\n\n###### 细目\n\n词\n: 义",
    "closing(report)": "### 附",
}


def test_headings_have_no_gap_on_the_page_nor_in_print(tmp_path: Path) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "annual_report.ipynb", as_version=4)
    for before, source in ADDED.items():
        place = next(number for number, cell in enumerate(notebook.cells) if before in cell.source)
        notebook.cells.insert(place, nbformat.v4.new_markdown_cell(source))
    nbformat.write(notebook, tmp_path / "notebook.ipynb")
    task = Task(
        Target("371524-donge", 2020),
        ROOT / "params",
        tmp_path,
        tmp_path / "notebook.ipynb",
        engine="forked",
        scratch=tmp_path,
    )
    task.work.mkdir(parents=True)
    done = execute(task)
    page = ReportHTMLExporter().from_notebook_node(done)[0]
    levels = [1, *(int(level) for level in re.findall(r"<h([2-6])\b", page))]
    assert all(below <= above + 1 for above, below in pairwise(levels))
    named = dict(reversed(found) for found in re.findall(r"<h([2-6])[^>]*>([^<]*)</h", page))
    assert {name: named[name] for name in ("说明", "补充", "细目", "附")} == {
        "说明": "2",
        "补充": "3",
        "细目": "4",
        "附": "3",
    }
    pdf = PdfReader(io.BytesIO(ReportPDFExporter().from_notebook_node(done)[0]))
    text = "".join("".join(sheet.extract_text().split()) for sheet in pdf.pages)
    for words in ("说明", "为件数1。", "含结转。", "已核", "细目", "词义", "附"):
        assert words in text
