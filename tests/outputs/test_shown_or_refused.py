"""Whatever an analyst's cell shows is on the page and in print, or the export stops and names it."""

from __future__ import annotations

import io
import re
import unicodedata
from functools import cache
from pathlib import Path

import nbformat
import pytest
from corpus import CASES, Case
from lxml import html
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output
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
    notebook = tried([case], tmp_path)
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


def test_an_expected_error_is_shown_without_the_colours_of_a_terminal(tmp_path: Path) -> None:
    """As JupyterLab and nbconvert leave it; papermill takes every error for one."""
    notebook = tried([], tmp_path)
    said = ["\x1b[0;31mValueError\x1b[0m: 演示的错误"]
    error = new_output("error", ename="ValueError", evalue="演示的错误", traceback=said)
    failed = new_code_cell("fail()", execution_count=99, outputs=[error], metadata={"tags": ["raises-exception"]})
    notebook.cells.append(failed)
    for kind in ("html", "pdf"):
        words, _ = published(notebook, kind, tmp_path)
        assert "ValueError:演示的错误" in words
        assert "[0;31m" not in words


def placed(cases: list[Case]) -> NotebookNode:
    """The master notebook with the cells of some cases in it."""
    notebook = nbformat.read(MASTER, as_version=4)
    place = 1 + next(number for number, cell in enumerate(notebook.cells) if AFTER in cell.source)
    notebook.cells[place:place] = [case.cell() for case in cases]
    return notebook


def executed(notebook: Path, folder: Path) -> NotebookNode:
    """A notebook run as a batch runs it."""
    task = Task(TARGET, ROOT / "params", folder, notebook, engine="forked", scratch=folder)
    task.work.mkdir(parents=True, exist_ok=True)
    return execute(task)


def tried(cases: list[Case], folder: Path) -> NotebookNode:
    """The same, of cases."""
    nbformat.write(placed(cases), folder / "notebook.ipynb")
    return executed(folder / "notebook.ipynb", folder)


@cache
def untouched(kind: str) -> tuple[str, int]:
    """What the master notebook alone shows."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return published(tried([], Path(folder)), kind, Path(folder))


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
    """Without what sets words apart, and with the slanted letters of formulas as letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).replace("\u200b", "")
