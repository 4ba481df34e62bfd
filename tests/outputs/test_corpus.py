"""Whatever an analyst's cell shows is on the page and in print, or the export stops and names it."""

from __future__ import annotations

import io
import re
from functools import cache
from pathlib import Path

import nbformat
import pytest
from corpus import CASES, Case
from lxml import html
from nbformat import NotebookNode
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from helpers.batch.build import exporters
from helpers.batch.execution import execute
from helpers.batch.targets import Target
from helpers.batch.task import Task
from helpers.errors import BuildError

ROOT = Path(__file__).parents[2]
MASTER = ROOT / "notebooks" / "annual_report.ipynb"
TARGET = Target("371524-donge", 2020)
AFTER = 'table(report, "proactive_disclosure")'


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_output_reaches_both_or_is_refused_by_name(case: Case, tmp_path: Path) -> None:
    notebook = executed(case, tmp_path)
    if case.refused:
        for kind in (case.only,) if case.only else ("html", "pdf"):
            with pytest.raises(BuildError) as refused:
                published(notebook, kind, tmp_path)
            message = str(refused.value)
            assert case.refused in message
            assert "\n" not in message
            assert re.match(r"cell \d+ \(", message)
        return
    for kind in ("html", "pdf"):
        words, pictures = published(notebook, kind, tmp_path)
        before, usual = untouched(kind)
        shown = case.shown if case.only in ("", kind) else ()
        gone = (*case.gone, *(set(case.shown) - set(shown)))
        assert [word for word in shown if words.count(spaceless(word)) <= before.count(spaceless(word))] == []
        assert [word for word in gone if words.count(spaceless(word)) > before.count(spaceless(word))] == []
        assert pictures == usual + case.pictures


def executed(case: Case | None, folder: Path) -> NotebookNode:
    """The master notebook with the case's cell in it, run as a batch runs it."""
    notebook = nbformat.read(MASTER, as_version=4)
    if case is not None:
        place = next(number for number, cell in enumerate(notebook.cells) if AFTER in cell.source)
        notebook.cells.insert(place + 1, case.cell())
    source = folder / "notebook.ipynb"
    nbformat.write(notebook, source)
    task = Task(TARGET, ROOT / "params", folder, source, engine="forked", scratch=folder)
    task.work.mkdir(parents=True, exist_ok=True)
    return execute(task)


@cache
def untouched(kind: str) -> tuple[str, int]:
    """What the master notebook alone shows."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return published(executed(None, Path(folder)), kind, Path(folder))


def published(notebook: NotebookNode, kind: str, folder: Path) -> tuple[str, int]:
    """The words of an output as a reader has them, and the number of its pictures."""
    exporter = exporters()[kind == "pdf"]
    content, _ = exporter.from_notebook_node(notebook, {"metadata": {"path": str(folder)}})
    return seen_on_page(content) if kind == "html" else seen_in_print(content)


def seen_on_page(page: str) -> tuple[str, int]:
    main = html.document_fromstring(page).get_element_by_id("main")
    for element in main.xpath(".//svg//title|.//annotation"):
        element.drop_tree()
    return spaceless(main.text_content()), len(main.xpath(".//img | .//svg[not(ancestor::svg)]"))


def seen_in_print(pdf: bytes) -> tuple[str, int]:
    reader = PdfReader(io.BytesIO(pdf))
    objects = (
        reader.get_object(number) for number in range(1, len(reader.xref_objStm) + sum(map(len, reader.xref.values())))
    )
    figures = sum(isinstance(found, DictionaryObject) and found.get("/S") == "/Figure" for found in objects)
    return spaceless("".join(page.extract_text() for page in reader.pages)), figures


def spaceless(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")
