"""Guards that a notebook finds nothing of another notebook, nor of papermill's process."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from both_engines import notebook, run, texts

from helpers import engine
from helpers.engine import host

SPOIL = """import builtins, os, random, sys, warnings, matplotlib, numpy, pandas
left_over = builtins.left_over = 1
matplotlib.rcParams['figure.dpi'] = 7; pandas.options.display.max_rows = 7
os.environ['LEFT_OVER'] = '1'; os.chdir('/'); sys.path.append('left_over'); warnings.simplefilter('error')
random.seed(1); numpy.random.seed(1); os.umask(0o077); sys.modules['json'].left_over = 1
"""
LOOK = """import builtins, json, os, sys, warnings, matplotlib, pandas
print('left_over' in globals(), hasattr(builtins, 'left_over'), matplotlib.rcParams['figure.dpi'],
      pandas.options.display.max_rows, 'LEFT_OVER' in os.environ, os.getcwd(), 'left_over' in sys.path,
      warnings.filters, os.umask(0o022), hasattr(json, 'left_over'), In[0], len(In))"""
RANDOM = "import random, numpy\nprint(random.random(), numpy.random.rand())"
DESCRIPTORS = "import os\nprint(sorted(os.listdir('/proc/self/fd')))"


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """A zygote that warms nothing is soon restarted."""
    monkeypatch.setattr(host, "_modules", ())


def test_nothing_stays_behind() -> None:
    before, _, after = (texts(run(notebook(source))) for source in (LOOK, SPOIL, LOOK))
    assert before == after


def test_random_numbers_differ_between_runs() -> None:
    one, two = (texts(run(notebook(RANDOM)))[0].split() for _ in range(2))
    assert one[0] != two[0]
    assert one[1] != two[1]


def test_open_files_are_neither_inherited_nor_gathered(tmp_path: Path) -> None:
    before = texts(run(notebook(DESCRIPTORS)))
    with (tmp_path / "secret").open("w") as file:
        os.set_inheritable(file.fileno(), True)
        run(notebook("kept = [open('/dev/null') for _ in range(50)]"))
        ours = len(list(Path("/proc/self/fd").iterdir()))
        assert texts(run(notebook(DESCRIPTORS))) == before
        assert len(list(Path("/proc/self/fd").iterdir())) == ours


def test_environment_and_folder_are_those_of_the_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = "import os\nprint(os.environ.get('AT_CALL'), os.getcwd(), 'OMP_NUM_THREADS' in os.environ)"
    monkeypatch.delenv("OMP_NUM_THREADS", raising=False)
    monkeypatch.setenv("AT_CALL", "说明")
    assert texts(run(notebook(source), cwd=tmp_path)) == [f"说明 {tmp_path} False\n"]
    monkeypatch.delenv("AT_CALL")
    assert texts(run(notebook(source))) == [f"None {Path.cwd()} False\n"]


def test_two_threads_may_run_notebooks_at_once() -> None:
    results: list[str] = []
    threads = [
        threading.Thread(target=lambda n=n: results.extend(texts(run(notebook(f"print({n})"))))) for n in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["0\n", "1\n", "2\n", "3\n"]


def test_warming_calls_the_modules_own_warm_up_and_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "warmed.py").write_text(
        "import warnings, matplotlib.pyplot as plt\n"
        "def warm_up():\n"
        "    global warm; warm = True\n"
        "    plt.plot([1]); plt.rcParams['figure.dpi'] = 7; plt.switch_backend('agg'); warnings.simplefilter('error')\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    try:
        cold = engine.warm(["warmed", "no_such_module"])
        assert list(cold) == ["no_such_module"]
        look = "import warmed, matplotlib.pyplot as plt, warnings; print(warmed.warm, plt.rcParams['figure.dpi'])"
        nb = run(notebook(look, "plt.plot([1]); warnings.warn('w')"))
        assert texts(nb)[0] == "True 100.0\n"
        assert sorted(o.output_type for o in nb.cells[1].outputs) == ["display_data", "stream"]
    finally:
        host._modules = engine.DEFAULT_MODULES


def test_a_forks_own_memory_stays_small() -> None:
    source = "print(sum(int(l.split()[1]) for l in open('/proc/self/smaps_rollup') if l.startswith('Private')))"
    assert int(texts(run(notebook("import pandas", source)))[1]) < 40_000


@pytest.mark.usefixtures("cold")
def test_a_folder_beside_the_notebook_is_importable_but_does_not_shadow_ours(tmp_path: Path) -> None:
    """A zygote started in a folder with a module of a well-known name must not import that one."""
    for name in ("helpers", "pandas"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('shadowed')")
    (tmp_path / "beside.py").write_text("name = 'found'")
    engine.shutdown()
    assert texts(run(notebook("import beside; print(beside.name)"), cwd=tmp_path)) == ["found\n"]


@pytest.mark.usefixtures("cold")
def test_settings_python_reads_at_its_start_are_honoured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    assert texts(run(notebook(f"import sys; print({str(tmp_path)!r} in sys.path)"))) == ["True\n"]
    monkeypatch.delenv("PYTHONPATH")
    assert texts(run(notebook(f"import sys; print({str(tmp_path)!r} in sys.path)"))) == ["False\n"]


@pytest.mark.usefixtures("cold")
def test_a_forked_worker_gets_a_zygote_of_its_own() -> None:
    run(notebook("1"))
    ours = host._zygote
    pid = os.fork()
    if pid == 0:
        os._exit(0 if texts(run(notebook("print(1)"))) == ["1\n"] and host._zygote is not ours else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert texts(run(notebook("print(2)"))) == ["2\n"]
    assert host._zygote is ours
