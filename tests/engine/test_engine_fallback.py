"""Guards that what cannot be forked runs with the stock engine, and that the log says why."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from both_engines import notebook, run, texts
from jupyter_client.kernelspec import NoSuchKernel
from papermill.engines import NBClientEngine

from helpers import engine
from helpers.engine import client, host


@pytest.fixture
def stock(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The kernels the stock engine was asked for; it does not start them."""
    asked: list[str] = []

    def execute(cls: type, nb_man: Any, kernel_name: str, **_options: Any) -> Any:
        asked.append(kernel_name)
        return nb_man.nb

    monkeypatch.setattr(NBClientEngine, "execute_managed_notebook", classmethod(execute))
    return asked


def says(caplog: pytest.LogCaptureFixture) -> str:
    return " ".join(r.getMessage() for r in caplog.records if r.levelno == logging.WARNING)


@pytest.mark.parametrize(
    "source",
    ["import ipywidgets", "from tqdm.auto import tqdm", "%matplotlib widget", "from comm import create_comm"],
)
def test_widgets(source: str, stock: list[str], caplog: pytest.LogCaptureFixture) -> None:
    run(notebook(source))
    assert stock == ["python3"]
    assert "stock engine: the notebook uses widgets" in says(caplog)


def test_saved_widget_state(stock: list[str]) -> None:
    nb = notebook("1")
    nb.metadata.widgets = {}
    run(nb)
    assert stock == ["python3"]


def test_a_system_without_fork(
    stock: list[str], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(os, "fork")
    run(notebook("1"))
    assert stock == ["python3"]
    assert "cannot fork" in says(caplog)


def test_another_kernel(
    stock: list[str], caplog: pytest.LogCaptureFixture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = {"argv": ["other", "{connection_file}"], "display_name": "Other", "language": "python"}
    (tmp_path / "kernels" / "other").mkdir(parents=True)
    (tmp_path / "kernels" / "other" / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    run(notebook("1"), kernel_name="other")
    assert stock == ["other"]
    assert "not this Python's own" in says(caplog)


def test_an_unknown_kernel_is_said_with_those_there_are(stock: list[str]) -> None:
    with pytest.raises(NoSuchKernel, match=r"the kernel 'nosuch', which is not installed here \(.*python3.* is\)"):
        run(notebook("1"), kernel_name="nosuch")
    assert stock == []


def test_options_about_the_kernels_process(stock: list[str], caplog: pytest.LogCaptureFixture) -> None:
    run(notebook("1"), extra_arguments=["--quiet"])
    assert stock == ["python3"]
    assert "extra_arguments" in says(caplog)


def test_a_zygote_that_cannot_start_is_tried_once(
    stock: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine.shutdown()
    monkeypatch.setattr(host, "BOOT", "raise SystemExit(7)")
    for _ in range(3):
        run(notebook("1"))
    assert stock == ["python3"] * 3
    assert says(caplog).count("nothing can be warmed: its process ended (exit code 7)") == 1
    engine.shutdown()


def test_a_zygote_that_cannot_start_says_why_in_a_line(
    stock: list[str], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch
) -> None:
    (tmp_path / "profile_default").write_text("no folder")
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    run(notebook("1"))
    assert stock == ["python3"]
    assert "nothing can be warmed: it could not start: " in says(caplog)
    assert "Traceback" not in capfd.readouterr().err


def test_an_ordinary_notebook_is_not_left_to_stock(stock: list[str]) -> None:
    assert texts(run(notebook("print('forked')"))) == ["forked\n"]
    assert stock == []


def test_the_stock_command_finds_the_engine(tmp_path: Path) -> None:
    nbformat.write(notebook("print('hello')"), tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", "forked", "--log-output", "in.ipynb", "out.ipynb"]
    environ = {**os.environ, "GONGKAI_WARM": ""}  # nothing to warm: one notebook runs, once
    done = subprocess.run(command, cwd=tmp_path, env=environ, capture_output=True, text=True, check=True)
    assert texts(nbformat.read(tmp_path / "out.ipynb", 4)) == ["hello\n"]
    assert "hello" in done.stderr  # --log-output


@pytest.mark.parametrize("first", ["papermill", "helpers.engine"])
def test_either_package_may_be_imported_first(first: str) -> None:
    """papermill loads this engine while it is itself being imported."""
    code = f"import {first}; import helpers.engine; helpers.engine.ForkedEngine"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_public_surface() -> None:
    assert sorted(engine.__all__) == ["DEFAULT_MODULES", "ForkedEngine", "shutdown", "warm"]
    assert client.ForkedEngine is engine.ForkedEngine
