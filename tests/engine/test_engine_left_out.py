"""Guards that a module which cannot be warmed costs nobody but its own importers: found once, said once, left out."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from both_engines import notebook, run, texts

from helpers import engine
from helpers.engine import host, leftout

ROOT = Path(__file__).parents[2]
THREAD = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True, name='worker').start()\n"
UNFIT = {
    "a thread": (THREAD, "unfit starts a thread (worker)"),
    "a thread of another module": ("import below", "below starts a thread (worker)"),
    "a thread of C code": (
        "import ctypes\nc = ctypes.CDLL(None)\n"
        "c.pthread_create(ctypes.byref(ctypes.c_ulong()), None, ctypes.cast(c.sleep, ctypes.c_void_p), 60)",
        "unfit starts a thread (",
    ),
    "a thread later": (
        f"def warm_up():\n    {THREAD.replace(chr(10), chr(10) + '    ')}",
        "it starts a thread (worker)",
    ),
    "a word": ("print('hello')", "it prints"),
    "a setting": ("import os; os.environ['SET'] = '1'; os.umask(0)", "it changes the environment, umask"),
    "the shell": (
        "from IPython import get_ipython; get_ipython().events.register('post_run_cell', print)",
        "shell (events)",
    ),
    "the shell, in silence": ("try: get_ipython().magic\nexcept AttributeError: pass", "shell (magic)"),
    "an exit": ("import below_too, sys; sys.exit(5)", "SystemExit: 5"),
    "a fault": ("import ctypes; ctypes.string_at(0)", "its process ended (SIGSEGV)"),
    "no end": ("import time; time.sleep(60)", "no answer in 10 seconds"),
    "a failing warm_up": ("def warm_up(): 1/0", "ZeroDivisionError"),
}


@pytest.fixture(autouse=True)
def modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path with modules to warm; a run's folder for what is left out."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "below.py").write_text(THREAD)
    (folder / "below_too.py").write_text("")
    (folder / "good.py").write_text("import os; by = os.getpid()")
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    monkeypatch.setenv(leftout.FOLDER, str(tmp_path / "left-out"))
    engine.shutdown()
    yield folder
    engine.shutdown()
    host._modules = engine.DEFAULT_MODULES


@pytest.mark.parametrize("what", UNFIT)
def test_an_unfit_module_is_left_out_and_the_rest_is_warm(what: str, modules: Path) -> None:
    source, reason = UNFIT[what]
    (modules / "unfit.py").write_text(source)
    left_out = engine.warm(["good", "unfit"], timeout=10 if what == "no end" else 60)
    assert list(left_out) == ["unfit"]
    assert reason in left_out["unfit"]
    look = "import os, sys\nprint({'unfit', 'below'} & {*sys.modules}, sys.modules['good'].by == os.getppid())"
    assert texts(run(notebook(look))) == ["set() True\n"]


def test_a_thread_that_its_library_ends_before_a_fork_does_no_harm() -> None:
    """OpenBLAS has one a core, and starts them again where they are needed: as many as in a stock kernel."""
    assert engine.warm(["numpy"]) == {}
    count = "import os\nprint(len(os.listdir('/proc/self/task')))"
    use = "import numpy\nnumpy.ones((500, 500)) @ numpy.ones((500, 500));"
    before, _, after = texts(run(notebook(count, use, count)))
    assert int(after) - int(before) == (os.cpu_count() or 1) - 1


def test_a_thread_below_pandas_costs_only_those_who_import_pandas(modules: Path) -> None:
    """As pyarrow would have one if it were not told otherwise; pandas imports it where it is installed."""
    (modules / "pyarrow.py").write_text(f"__version__ = '1.0'\n{THREAD}")
    assert engine.warm() == {"pandas": "pyarrow starts a thread (worker), which a fork would lose"}
    warm = "import sys\nprint([m in sys.modules for m in ('pandas', 'pyarrow', 'helpers.notebook')])"
    nb = run(notebook(warm, "import pandas, threading\nprint([t.name for t in threading.enumerate()][-1])"))
    assert texts(nb) == ["[False, False, True]\n", "worker\n"]


def test_it_is_found_and_said_once_in_a_run(modules: Path, caplog: pytest.LogCaptureFixture) -> None:
    (modules / "unfit.py").write_text(f"open({str(modules / 'tried')!r}, 'a').write('.')\n{THREAD}")
    for _ in range(3):  # three processes of one run
        engine.shutdown()
        assert engine.warm(["unfit", "not_there"]).keys() == {"not_there", "unfit"}
        run(notebook("1"))
    said = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert sorted(said) == [
        "Engine 'forked': 'not_there' is left to the notebooks that import it: "
        "ModuleNotFoundError: No module named 'not_there'.",
        "Engine 'forked': 'unfit' is left to the notebooks that import it: "
        "unfit starts a thread (worker), which a fork would lose.",
    ]
    assert (modules / "tried").read_text() == "."


def test_a_batch_says_it_once_and_stays_forked(gongkai, modules: Path, tmp_path: Path) -> None:
    for number in range(2):
        county = f"9900{number:02d}-copy"
        shutil.copytree(ROOT / "params" / "371524-donge", tmp_path / "params" / county)
        for path in (tmp_path / "params" / county).glob("*/params.yml"):
            path.write_text(f"county: {county}\nyear: {path.parent.name}\n", encoding="utf-8")
    (modules / "unfit.py").write_text(THREAD)
    command = ("build", "--params", tmp_path / "params", "--out", tmp_path / "out", "--jobs", 2)
    done = gongkai(*command, GONGKAI_WARM="helpers.notebook,unfit")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("unfit starts a thread (worker)") == 1
    assert "stock engine" not in done.stderr
