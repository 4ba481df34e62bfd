"""Guards that however a cell ends its process, papermill's own error says which cell."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from multiprocessing import Pipe
from pathlib import Path

import nbformat
import pytest
from both_engines import notebook, run, run_to_error, texts
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError

from helpers.engine import client, host, processes, stock
from helpers.limits import MEBIBYTE, Deadline

DEATHS = {
    "os._exit": ("os._exit(3)", "exit code 3"),
    "kill": ("os.kill(os.getpid(), 9)", "SIGKILL, as when memory runs out"),
    "segfault": ("import ctypes; ctypes.string_at(0)", "SIGSEGV"),
    "abort": ("os.abort()", "SIGABRT"),
    "while its child lives": ("if os.fork(): os._exit(4)\nimport time; time.sleep(600)", "exit code 4"),
}


@pytest.fixture(autouse=True)
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zygote that warms nothing is soon restarted."""
    monkeypatch.setattr(host, "_modules", ())


def gone(pid: int) -> bool:
    """Whether no such process runs; a killed one may take a moment to be cleared away."""
    for _ in range(200):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.01)
    return False


@pytest.mark.parametrize("how", DEATHS)
def test_a_dead_process_is_papermills_dead_kernel(how: str) -> None:
    source, words = DEATHS[how]
    nb, error = run_to_error(notebook("import os; print('first')", f"print('last words', flush=True)\n{source}", "3"))
    assert type(error) is DeadKernelError
    assert str(error).startswith(f"Cell 1 of the notebook: Kernel died ({words})")
    assert source in str(error)
    assert texts(nb)[:2] == ["first\n", "last words\n"]
    assert [c.metadata.papermill.status for c in nb.cells] == ["completed", "failed", "pending"]


@pytest.mark.parametrize("source", ["import time; time.sleep(600)", "import ctypes; ctypes.CDLL(None).sleep(600)"])
def test_a_hung_cell_times_out(source: str) -> None:
    nb, error = run_to_error(notebook("1", source), execution_timeout=1)
    assert type(error) is CellTimeoutError
    assert str(error).startswith("Cell 1 of the notebook: A cell timed out")
    assert source in str(error)
    assert nb.cells[1].metadata.papermill.status == "failed"


def test_an_interrupted_cell_lets_the_rest_run() -> None:
    cells = ("import time; time.sleep(600)", "print('next')")
    options = {"execution_timeout": 1, "interrupt_on_timeout": True, "allow_errors": True}
    nb, error = run_to_error(notebook(*cells), **options)
    assert isinstance(error, PapermillExecutionError)
    assert error.ename == "KeyboardInterrupt"
    assert texts(nb)[1] == "next\n"


def test_memory_refused_is_a_memory_error() -> None:
    source = "import resource; resource.setrlimit(resource.RLIMIT_AS, (10**9, 10**9)); bytearray(4 * 10**9)"
    _, error = run_to_error(notebook(source))
    assert isinstance(error, PapermillExecutionError)
    assert (error.cell_index, error.ename) == (0, "MemoryError")


def test_a_notebook_has_a_memory_limit() -> None:
    """Whatever the notebook asks for, and whatever it starts asks for, within the limit or not at all."""
    _, error = run_to_error(notebook("small = bytearray(10**8)", "big = bytearray(10**9)"), memory_limit=800)
    assert isinstance(error, PapermillExecutionError)
    assert (error.cell_index, error.ename) == (1, "MemoryError")
    below = "import subprocess, sys; subprocess.check_call([sys.executable, '-c', 'bytearray(10**9)'])"
    _, error = run_to_error(notebook(below), memory_limit=800)
    assert isinstance(error, PapermillExecutionError)
    assert error.ename == "CalledProcessError"


def test_a_notebook_that_is_left_to_stock_has_a_memory_limit_too() -> None:
    """So has whatever it starts."""
    left = "'ipywidgets'\nbig = bytearray(10**9)"
    below = "import subprocess, sys; subprocess.check_call([sys.executable, '-c', 'bytearray(10**9)'])"
    _, error = run_to_error(notebook(left, tags=["raises-exception"]), memory_limit=800)
    assert (error.cell_index, error.ename) == (0, "MemoryError")  # type: ignore[attr-defined]
    _, error = run_to_error(notebook("'ipywidgets'", below), memory_limit=800)
    assert error.ename == "CalledProcessError"  # type: ignore[attr-defined]


BOMBS = {
    "in its group": "os.fork()",
    "in sessions of their own": "os.fork() == 0 and os.setsid()",
    "without parents": "os.fork() == 0 or os.getpid() == first or os._exit(0)",
}


@pytest.mark.parametrize("what", BOMBS)
def test_a_notebook_that_starts_processes_without_end_is_ended(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They end by themselves after some seconds, should the test fail."""
    monkeypatch.setattr(client, "MOST_PROCESSES", 40)
    bomb = f"import os, time\nfirst, end = os.getpid(), time.time() + 5\nwhile time.time() < end: {BOMBS[what]}"
    _, error = run_to_error(notebook("1", f"{bomb}\nif os.getpid() != first: os._exit(0)"))
    assert str(error).startswith("Cell 1 of the notebook: Kernel died (started more than 40 processes)")
    zygote = host._zygote
    assert zygote is not None
    assert processes.below(zygote._process.pid) == set()


def test_stock_ends_a_notebook_that_starts_processes_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stock, "MOST_PROCESSES", 20)
    bomb = "'ipywidgets'; import os, time\nfor _ in range(40): os.fork() or (time.sleep(9), os._exit(0))\ntime.sleep(9)"
    _, error = run_to_error(notebook(bomb), memory_limit=800)
    assert type(error) is DeadKernelError


@pytest.mark.parametrize("engine", ["forked", None])
def test_a_notebook_has_a_deadline_for_all_its_cells(engine: str | None) -> None:
    """Each cell would be in time; the notebook is not."""
    naps = notebook(*["import time; time.sleep(1.2)"] * 5)
    _, error = run_to_error(naps, engine, timeout_func=Deadline(3))
    assert type(error) is CellTimeoutError
    assert texts(run(notebook("print(1)", "print(2)"), engine, timeout_func=Deadline(60))) == ["1\n", "2\n"]


@pytest.mark.parametrize(
    "source", ["while True: print('x' * 10**5)", "'x' * 10**9", "import os\nos.write(1, b'x' * 10**9)"]
)
def test_a_notebook_that_floods_its_reader_is_ended(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """Its output is held in papermill's process, which many notebooks share."""
    monkeypatch.setattr(client, "MOST_OUTPUT", 10 * MEBIBYTE)
    _, error = run_to_error(notebook("1", source))
    assert type(error) is DeadKernelError
    assert str(error).startswith("Cell 1 of the notebook: Kernel died (put out more than 10 MiB)")


def test_no_subprocess_outlives_its_notebook(tmp_path: Path) -> None:
    """Neither one in the notebook's process group, nor one in a session of its own, nor a double fork."""
    source = """import os, subprocess
same = subprocess.Popen(["sleep", "600"])
own = subprocess.Popen(["sleep", "600"], start_new_session=True)
away = subprocess.check_output("setsid sh -c 'sleep 600 >&- 2>&- & echo $!'", shell=True)
open("pids", "w").write(f"{os.getpid()} {same.pid} {own.pid} {int(away)}")
"""
    for ending in ("1", "os._exit(1)"):
        cells = notebook(source, ending)
        run(cells, cwd=tmp_path) if ending == "1" else run_to_error(cells, cwd=tmp_path)
        pids = (tmp_path / "pids").read_text().split()
        assert len(pids) == 4
        assert all(gone(int(pid)) for pid in pids)


def test_a_dead_zygote_takes_its_notebook_along_and_is_replaced() -> None:
    _, error = run_to_error(notebook("import os; os.kill(os.getppid(), 9); import time; time.sleep(600)"))
    assert type(error) is DeadKernelError
    assert texts(run(notebook("print('again')"))) == ["again\n"]
    zygote = host._zygote
    assert zygote is not None
    os.kill(zygote._process.pid, signal.SIGKILL)
    zygote._process.wait()
    assert texts(run(notebook("print('again')"))) == ["again\n"]


def test_the_end_of_papermill_is_the_end_of_its_notebooks(tmp_path: Path) -> None:
    """papermill killed in the middle of a cell leaves nothing running."""
    source = (
        "import os, time; os.mkfifo('ready') if 0 else None\nopen('pid', 'w').write(f'{os.getpid()} {os.getppid()}'); "
    )
    source += "open('ready', 'w').close(); time.sleep(600)"
    os.mkfifo(tmp_path / "ready")
    nbformat.write(notebook(source), tmp_path / "in.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", "forked", "in.ipynb", "out.ipynb"]
    papermill = subprocess.Popen(
        command, cwd=tmp_path, env={**os.environ, "GONGKAI_WARM": ""}, stderr=subprocess.DEVNULL
    )
    (tmp_path / "ready").read_text()
    papermill.kill()
    papermill.wait()
    assert all(gone(int(pid)) for pid in (tmp_path / "pid").read_text().split())


def test_a_zygote_that_nobody_waits_for_any_more_ends_quietly() -> None:
    """As when Ctrl-C stops a batch whose workers are still warming up."""
    control, theirs = Pipe()
    command = [sys.executable, "-c", host.BOOT, str(theirs.fileno())]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()], stderr=subprocess.PIPE) as zygote:
        theirs.close()
        control.close()
        _, talk = zygote.communicate(timeout=60)
    assert (zygote.returncode, talk) == (0, b"")
