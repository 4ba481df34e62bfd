"""What the round trip is made of: reports with everything a county writes, published in this process, read back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers import charts
from helpers.batch.build import exporters
from helpers.frame import closing, preface, section, title
from helpers.integrity import check
from helpers.markup import plain
from helpers.readers import read_document
from helpers.record import record
from helpers.report import AnnualReport, Indicator, Source, by_id
from helpers.tables import table
from strategies import CHINESE, consistent_reports

FILES = ("report.html", "report.pdf", "data.json", "data.csv")


def notebook_of(report: AnnualReport) -> NotebookNode:
    """The report's notebook as executed: what its cells show, without a kernel."""
    cells = []
    for shown in _shown(report):
        data, metadata = shown._repr_mimebundle_()
        cells.append(new_code_cell(outputs=[new_output("display_data", data, metadata=metadata)]))
    return new_notebook(cells=cells)


def _shown(report: AnnualReport) -> Iterator[Any]:
    yield record(report, check(report))
    yield title(report)
    yield preface(report)
    for entry in report.form.sections:
        yield section(report, entry.id)
        if entry.id in report.form.tables:
            yield table(report, entry.id)
        yield from charts.for_section(report, entry.id)
    yield closing(report)


def publish(report: AnnualReport, folder: Path, names: tuple[str, ...] = FILES) -> None:
    """Write the published files of those `names`."""
    html, pdf = exporters()
    if {"report.html", "report.pdf"} & set(names):
        notebook = notebook_of(report)
    for name in names:
        content = {
            "report.html": lambda: html.from_notebook_node(notebook)[0].encode("utf-8"),
            "report.pdf": lambda: pdf.from_notebook_node(notebook)[0],
            "data.json": lambda: report.as_json().encode("utf-8"),
            "data.csv": lambda: report.long().to_csv(index=False, lineterminator="\n").encode("utf-8"),
        }[name]()
        (folder / name).write_bytes(content)


def read_back(folder: Path, name: str) -> AnnualReport:
    """The file as `gongkai import` reads it."""
    return read_document(folder / name)


def bare(markdown: str) -> str:
    """A text as print shows it: its words without marks and white space, which a line's end swallows or adds."""
    return re.sub(r"\s+", "", plain(markdown))


WORDS = st.text(alphabet=CHINESE + "0123456789abcXYZ._~#&-+%/", min_size=1, max_size=60).map(lambda text: text.strip())
# Letters and figures at both ends: what Markdown makes of a mark beside punctuation is its own affair.
PLAIN = st.text(alphabet="一二三四五件项万元公开申请答复2024", min_size=1, max_size=12)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A paragraph's Markdown: words, with some of them bold, slanted, struck out or a link."""
    pieces = [f"本{draw(PLAIN)}", draw(words())]
    for _ in range(draw(st.integers(0, 3))):
        mark = draw(st.sampled_from(("**", "*", "~~", "link", "**")))
        inner = draw(PLAIN)
        pieces.append(f"[{inner}](https://example.gov.cn/a?b=1)" if mark == "link" else f"{mark}{inner}{mark}")
        pieces.append(draw(PLAIN))
    return "".join(pieces) + "。"


def words() -> st.SearchStrategy[str]:
    """Words with the punctuation of Chinese and of addresses, as Markdown that shows exactly them."""
    from helpers.readers.paragraphs import literal

    return WORDS.map(lambda text: literal(f"年{text}末"))


@st.composite
def lists(draw: st.DrawFn) -> str:
    """A list with bullets or numbers, up to three deep."""
    ordered, start = draw(st.booleans()), draw(st.sampled_from((1, 1, 3)))
    lines = []
    for number in range(draw(st.integers(1, 3))):
        mark = f"{start + number}. " if ordered else "- "
        lines.append(mark + draw(sentences()))
        for _ in range(draw(st.integers(0, 2))):
            lines.append(" " * len(mark) + "- " + draw(sentences()))
            if draw(st.booleans()):
                lines.append(" " * len(mark) + "  - " + draw(PLAIN))
    return "\n".join(lines)


@st.composite
def chapters(draw: st.DrawFn) -> str:
    """A section's prose: paragraphs, lists, and headings of two levels."""
    blocks = [draw(sentences())]
    for number in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            blocks.append(f"## （{'一二三'[number]}）{draw(PLAIN)}")
        blocks.append(draw(sentences()))
        if draw(st.booleans()):
            blocks.append(draw(lists()))
            blocks.append(draw(sentences()))
        if draw(st.booleans()) and any(block.startswith("## ") for block in blocks):
            blocks += [f"### {draw(PLAIN)}", draw(sentences())]
    return "\n\n".join(blocks)


@st.composite
def published_reports(draw: st.DrawFn) -> AnnualReport:
    """A consistent report of either form with notes on some cells, blanks, prose, and figures beside the form's."""
    report = draw(consistent_reports())
    addresses = draw(st.lists(st.sampled_from(sorted(report.cells)), max_size=4, unique=True))
    notes = {address: f"其中{draw(PLAIN)}，见〔2024〕3号；{draw(PLAIN)}" for address in addresses}
    names = ("preface", *(entry.id for entry in report.form.prose_sections))
    posts = Indicator("website_posts", "政府网站", draw(st.integers(1, 9000)), "条", "channels")
    return replace(
        report,
        notes=notes,
        # A heading before the first section would be the document's first, which PDF/UA wants to be of level 1.
        text={name: draw(sentences() if name == "preface" else chapters()) for name in names},
        indicators=by_id([posts]),
        source=Source(title="本地统计", statement="演示文本。"),
        previous=None,
    )
