"""One notebook, three ways to run it, one page: `gongkai build`, stock papermill with nbconvert, Run All in Jupyter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pypdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell

from helpers.exporters.html import ReportHTMLExporter
from helpers.exporters.pdf import ReportPDFExporter

ROOT = Path(__file__).parents[2]
NOTEBOOK = ROOT / "notebooks" / "annual_report.ipynb"
BIN = Path(sys.executable).parent


def run(*command: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(BIN / str(command[0])), *map(str, command[1:])],
        cwd=ROOT, text=True, capture_output=True, check=True, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of the README, with stock papermill and nbconvert."""
    folder = tmp_path_factory.mktemp("stock")
    out = folder / "out.ipynb"
    run("papermill", NOTEBOOK, out, "-f", ROOT / "params/371524-donge/2020/params.yml")
    run("jupyter", "nbconvert", "--to", "report_html", out)
    run("jupyter", "nbconvert", "--to", "report_pdf", out)
    return folder


def test_stock_papermill_and_nbconvert_give_the_page_that_build_gives(stock: Path, site: Path) -> None:
    built = site / "371524-donge/2020"
    assert (stock / "out.html").read_bytes() == (built / "report.html").read_bytes()
    assert (stock / "out.pdf").read_bytes() == (built / "report.pdf").read_bytes()


def test_run_all_from_the_notebook_folder_gives_the_page_that_build_gives(site: Path) -> None:
    """JupyterLab starts the kernel in notebooks/; the parameters are the cell's own defaults."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
    page, _ = ReportHTMLExporter().from_notebook_node(notebook)
    assert page.encode() == (site / "371524-donge/2020" / "report.html").read_bytes()


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_nbconvert_runs_the_notebook_itself_where_it_is_asked_to(kind: str, site: Path, tmp_path: Path) -> None:
    """It starts the kernel in the notebook's folder, from which the params folder is found, also one that is named."""
    shutil.copytree(ROOT / "params", tmp_path / "data" / "params-2020")
    shutil.copy(NOTEBOOK, tmp_path / "data")
    command = (BIN / "jupyter", "nbconvert", "--execute", "--to", f"report_{kind}", f"data/{NOTEBOOK.name}")
    environ = {**os.environ, "GONGKAI_PARAMS": "data/params-2020"}
    subprocess.run(command, cwd=tmp_path, env=environ, check=True, capture_output=True, timeout=300)
    made = tmp_path / "data" / NOTEBOOK.with_suffix(f".{kind}").name
    assert made.read_bytes() == (site / "371524-donge/2020" / f"report.{kind}").read_bytes()


def test_the_notebook_is_stored_without_outputs_and_thin() -> None:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert all(len(cell.source.splitlines()) <= 10 for cell in code)
    assert len(code) <= 22
    assert "try" not in "\n".join(cell.source for cell in code)


@pytest.fixture(scope="module", params=["nbclient", "forked"])
def tweaked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The notebook after an analyst added one cell of every kind."""
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    notebook.cells[-1:-1] = [
        new_markdown_cell(
            "## 补充分析\n\n分析员的**文字**与`<script>alert(1)</script>`。\n\n| 甲 | 乙 |\n|---|---|\n| 31415 | 2 |"
        ),
        new_code_cell("import pandas as pd\npd.DataFrame({'区域': ['铜城'], '件数': [27182]})"),
        new_code_cell("pd.DataFrame({'率': [0.14142]}).style.format('{:.3%}').set_caption('样式表标题')"),
        new_code_cell(
            "import matplotlib.pyplot as plt\n"
            "fig, ax = plt.subplots(figsize=(5, 2))\nax.bar(['新城街道'], [3])\nax.set_title('补充图题');"
        ),
        new_code_cell("print('打印的一行 <b>')"),
    ]
    folder = tmp_path_factory.mktemp("tweaked")
    nbformat.write(notebook, folder / "in.ipynb")
    run("papermill", folder / "in.ipynb", folder / "out.ipynb", "--engine", request.param)
    return nbformat.read(folder / "out.ipynb", as_version=4)


ADDED = (
    "<script>alert(1)</script>",
    "补充分析",
    "31415",
    "铜城",
    "27182",
    "14.142%",
    "样式表标题",
    "新城街道",
    "补充图题",
    "打印的一行 <b>",
)


def test_what_an_analyst_adds_stands_on_the_page(tweaked: nbformat.NotebookNode) -> None:
    from lxml import html

    page, _ = ReportHTMLExporter().from_notebook_node(tweaked)
    text = html.fromstring(page.encode()).text_content()
    assert [added for added in ADDED if added not in text] == []
    assert "<script" not in page


def test_what_an_analyst_adds_stands_in_print(tweaked: nbformat.NotebookNode, tmp_path: Path) -> None:
    pdf, _ = ReportPDFExporter().from_notebook_node(tweaked)
    (tmp_path / "report.pdf").write_bytes(pdf)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "report.pdf").pages)
    squeezed = "".join(text.split())
    assert [added for added in ADDED if "".join(added.split()) not in squeezed] == []
