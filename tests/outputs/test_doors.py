"""Batch, papermill with nbconvert, and JupyterLab's own export: three doors, the same page and the same print."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import nbformat
import pytest
from corpus import CASES
from test_shown_or_refused import ROOT, executed, placed

BIN = Path(sys.executable).parent
LIBRARIES = next(number for number, case in enumerate(CASES) if case.name == "altair")
SHOWN = [case for case in CASES[:LIBRARIES] if not case.refused]
SETTINGS = ("float_format", "png figures", "a cut frame")
"""Cases that would change how later cells look."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A notebook with all that can be shown, run by stock papermill and exported by nbconvert's command."""
    folder = tmp_path_factory.mktemp("doors")
    notebook = placed([case for case in SHOWN if case.name not in SETTINGS])
    nbformat.write(notebook, folder / "all.ipynb")
    run(folder, "papermill", "all.ipynb", "out.ipynb", "-p", "county", "371524-donge", "-p", "year", "2020")
    for kind in ("html", "pdf"):
        run(folder, "jupyter", "nbconvert", "--to", f"report_{kind}", "out.ipynb")
    return folder


def run(folder: Path, command: str, *arguments: str) -> None:
    done = subprocess.run(
        [BIN / command, *arguments], cwd=folder, env={**os.environ, "GONGKAI_PARAMS": str(ROOT / "params")},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr


def test_nbconvert_gives_what_the_batch_gives(folder: Path, tmp_path: Path) -> None:
    from helpers.batch.build import exporters

    notebook = executed(folder / "all.ipynb", tmp_path)
    for exporter, name in zip(exporters(), ("out.html", "out.pdf"), strict=True):
        content, _ = exporter.from_notebook_node(notebook, {"metadata": {"name": "out", "path": str(folder)}})
        assert (folder / name).read_bytes() == (content if isinstance(content, bytes) else content.encode())


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[str]:
    """Jupyter's server on that folder, as JupyterLab's File → Save and Export asks it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        BIN / "jupyter",
        "server",
        "--no-browser",
        "--allow-root",
        f"--ServerApp.port={port}",
        "--IdentityProvider.token=t",
    ]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urlopen(f"{address}/api?token=t").close()
                break
            except URLError:
                time.sleep(0.2)
        yield address
        process.terminate()


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_jupyterlab_s_own_export_is_the_same_file(folder: Path, server: str, kind: str) -> None:
    with urlopen(f"{server}/nbconvert/report_{kind}/out.ipynb?token=t") as answer:
        assert answer.read() == (folder / f"out.{kind}").read_bytes()


def test_jupyterlab_tells_why_it_refuses(folder: Path, server: str) -> None:
    notebook = nbformat.read(folder / "out.ipynb", as_version=4)
    del notebook.cells[-1]
    nbformat.write(notebook, folder / "cut.ipynb")
    with pytest.raises(HTTPError) as refused:
        urlopen(f"{server}/nbconvert/report_html/cut.ipynb?token=t")
    assert "It lacks closing" in refused.value.read().decode()
