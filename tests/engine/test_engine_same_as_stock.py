"""Guards the promise that outputs equal stock papermill's, one behaviour notebook at a time."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path

import pytest
from both_engines import assert_same, comparable, notebook, run, run_to_error, texts
from nbformat import NotebookNode

BEHAVIOURS = {
    # A stock kernel reads its descriptors in a thread and places what it finds by chance: one run in six of
    # print, os.system, print came out in another order. settle() lets that thread catch up, so that there is one
    # answer to compare with; our own order, which needs no settling, is held by a test below.
    "streams": [
        "import os, sys, time\nsettle = lambda: time.sleep(0.2)\n"
        "print('a'); print('error', file=sys.stderr); print('b')",
        "print('before'); os.system('echo from a subprocess'); settle(); print('after')",
        "os.system('echo problem >&2'); settle()",
        "import subprocess; subprocess.run(['echo', 'x']); settle(); subprocess.check_output(['echo', 'y'])",
        "sys.__stdout__.write('raw'); sys.__stdout__.flush(); settle(); os.write(2, '中文'.encode()); settle()",
        "import threading\nt = threading.Thread(target=print, args=('thread',)); t.start(); t.join()",
        "import multiprocessing\nfork = multiprocessing.get_context('fork')\n"
        "p = fork.Process(target=print, args=('child',)); p.start(); p.join(); settle(); p.exitcode",
    ],
    "displays": [
        "from IPython.display import HTML, Image, clear_output, display, update_display\n"
        "handle = display('one', display_id='id')",
        "handle.update('two')\ndisplay(HTML('<b>x</b>'), metadata={'k': 1})",
        "display({'text/plain': 'p', 'text/html': '<i>h</i>'}, raw=True)\nhandle.update('three')",
        "for i in range(3):\n    clear_output(wait=True); print(i)",
        "print('gone'); clear_output(); print('kept')",
        "display(Image(data=b'\\x89PNG\\r\\n\\x1a\\n0000', format='png'))",
        "update_display('nowhere', display_id='none')",
        "class Report:\n  def _repr_mimebundle_(self, **k): return {'application/x-typst': '#x', 'text/plain': 't'}\n"
        "Report()",
        "import pandas; pandas.DataFrame({'区县': [1, float('nan')]})",
        "class Broken:\n  def _repr_html_(self): raise ValueError('in repr')\nBroken()",
        "b'bytes'",
    ],
    "errors": [
        "def f():\n  1/0\nprint('printed before')\nf()",
        "x = (",
        "import sys; sys.exit()",
        "sys.exit(3)",
        "raise KeyboardInterrupt",
        "input('name?')",
        "import getpass; getpass.getpass()",
        "import os; os.makedirs('/proc/x/y')",
        "def deep(n):\n  deep(n - 1) if n else 1/0\ndeep(50)",
        "raise ExceptionGroup('both', [ValueError('a'), KeyError('b')])",
        "try: 1/0\nexcept Exception as e: raise RuntimeError('next') from e",
        "class Bad(Exception):\n  def __str__(self): raise ValueError\nraise Bad()",
        "%no_such_magic",
        "%%bash\nexit 3",
        "breakpoint()\n'nobody debugs a batch'",
        "import pdb; pdb.set_trace()",
        "%debug",
        "import os, signal; os.kill(os.getpid(), signal.SIGINT)\nimport time; time.sleep(9)",
        "import asyncio\nawait asyncio.wait_for(asyncio.sleep(9), 0.01)",
    ],
    "magics": [
        "%%bash\necho bash; echo problem >&2",
        "!echo out; echo problem >&2",
        "x = !echo captured\nx",
        "get_ipython().system('echo system')",
        "%%time\n1 + 1",
        "%pwd",
        "%history",
        "In[1], len(Out), _ih[-1]",
        "%%capture kept\nprint('captured')",
        "kept.stdout",
        "%env NAME=value",
        "?len",
        "%precision 3\n1/3",
        "%load_ext autoreload\n%autoreload 2",
        "%who",
        "%history -g NAME\nlist(get_ipython().history_manager.get_tail(2))",
        "exit(keep_kernel=True)",
        "quit",  # the cells of the next tenth of a second still run
    ],
    "async and warnings": [
        "import asyncio, contextvars\nawait asyncio.sleep(0.001)\n'awaited'",
        "task = asyncio.create_task(asyncio.sleep(0.001, 'done'));",
        "await task",
        "async def numbers():\n  yield 1\n[n async for n in numbers()]",
        "v = contextvars.ContextVar('v', default=0); v.set(1);",
        "v.get()",
        "import warnings\nwarnings.warn('mine'); warnings.warn('old', DeprecationWarning)",
        "import numpy; numpy.array([1]) / 0",
        "import logging; logging.warning('logged')",
    ],
    "frames": [
        "import numpy, pandas\nwide = pandas.DataFrame(numpy.arange(120).reshape(4, 30)); wide",
        "print(wide)\nwide.T",
        "pandas.DataFrame(numpy.arange(300).reshape(100, 3))",
        "pandas.DataFrame({'名称': ['长' * 80], '率': [1 / 3], '大': [3e12]})",
        "numpy.arange(2000), numpy.array([1 / 3, 1e9])",
    ],
    "inline figures": [
        "import matplotlib, sys\nmatplotlib.is_interactive(), 'matplotlib_inline.backend_inline' in sys.modules",
        "from matplotlib.figure import Figure\nFigure()  # no picture: nothing has loaded the inline backend",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]);",
        "plt.plot([1]); plt.show(); plt.figure(); plt.plot([3]);",
        "matplotlib.get_backend(), matplotlib.is_interactive()",
        "%config InlineBackend.figure_formats = ['svg']\nfig, ax = plt.subplots(); ax.plot([1]);",
        "Figure()",
    ],
    "surroundings": [
        "import os, sys\nsorted(i for i in os.environ.items() if not i[0].startswith('PYDEVD'))",  # its debugger's
        "sys.path, os.getcwd(), sys.argv[1:2], sys.stdin.read(), __name__, sys.modules['__main__'] is not None",
        "[k for k in dir() if k[0] != '_'], sorted(get_ipython().user_ns)",
        "import signal; [signal.getsignal(s) for s in (2, 13, 15, 17)]",
        "sys.stdout.isatty(), sys.stdout.name, sys.stdout.encoding, type(get_ipython()).__name__",
    ],
}


@pytest.mark.parametrize("name", BEHAVIOURS)
def test_a_notebook_gives_what_stock_gives(name: str) -> None:
    nb = notebook(*BEHAVIOURS[name], tags=["raises-exception"])
    for attempt in range(3):  # on a busy machine stock's flush timer cuts in; a difference of ours is there each time
        ours, stock = (run_either(deepcopy(nb), engine) for engine in ("forked", None))
        if attempt == 2 or all(map(same, ours.cells, stock.cells)):
            break
    assert_same(ours, stock)


def same(ours: NotebookNode, stock: NotebookNode) -> bool:
    return comparable(ours) == comparable(stock)


def run_either(nb: NotebookNode, engine: str | None) -> NotebookNode:
    """papermill raises at the end for an error it let pass; the notebook is complete either way."""
    try:
        return run_to_error(nb, engine)[0]
    except AssertionError:
        return run(nb, engine)


def test_charts_are_not_lost() -> None:
    """The inline backend, imported before there is a shell, hooks itself to none: every chart vanishes silently."""
    nb = run(notebook(BEHAVIOURS["inline figures"][2], "plt.figure(); plt.figure();"))
    assert [[o.output_type for o in c.outputs] for c in nb.cells] == [["display_data"], ["display_data"] * 2]


def test_a_figure_without_pyplot_is_drawn_once_a_report_is_loaded(pytestconfig: pytest.Config) -> None:
    load = f"from helpers.notebook import load\nload('371524-donge', 2020, {str(pytestconfig.rootpath / 'params')!r});"
    figure = "from matplotlib.figure import Figure\nfigure = Figure(); figure.subplots().plot([1, 2]); figure"
    for engine in ("forked", None):
        nb = run(notebook(load, figure), engine)
        assert "image/svg+xml" in nb.cells[1].outputs[0].data


def test_an_error_stops_the_notebook_and_marks_it_as_stock_does() -> None:
    nb = notebook("1", "print('x'); undefined", "3")
    (ours, error), (theirs, expected) = (run_to_error(deepcopy(nb), engine) for engine in ("forked", None))
    assert_same(ours, theirs)
    assert type(error) is type(expected)
    assert (error.cell_index, error.exec_count, error.ename) == (1, 2, "NameError")  # type: ignore[attr-defined]


def test_a_late_cell_says_where_it_was_as_in_stock() -> None:
    """It is interrupted before it is ended; the notebook that is kept then holds its traceback."""
    nb = notebook("import time\ndef wait():\n    time.sleep(600)\nprint('begun'); wait()")
    ours, stock = (run_to_error(deepcopy(nb), engine, execution_timeout=2)[0] for engine in ("forked", None))
    assert comparable(ours.cells[0])["outputs"] == comparable(stock.cells[0])["outputs"]
    assert ours.cells[0].outputs[-1].ename == "KeyboardInterrupt"


def test_what_no_message_can_hold_is_shown_where_stock_loses_it() -> None:
    sources = (
        "print('\\ud800')",
        "from IPython.display import HTML; HTML('\\ud800')",
        "raise ValueError('\\ud800')",
        "1",
    )
    nb = run_to_error(notebook(*sources, tags=["raises-exception"]))[0]
    assert texts(nb)[0] == "\\ud800\n"
    _, page, error, _ = (cell for cell in nb.cells if cell.cell_type == "code")
    assert page.outputs[0].data["text/html"] == error.outputs[0].evalue == "\\ud800"
    assert texts(nb)[3] == "1"


def test_what_a_subprocess_writes_stays_in_its_place() -> None:
    """Every time, where stock does so most of the time; also at the very end of a cell."""
    nb = run(notebook(*["import os\nfor i in range(9): print(i); os.system(f'echo sub {i}')"] * 3))
    assert texts(nb) == ["".join(f"{i}\nsub {i}\n" for i in range(9))] * 3


def test_a_very_long_output_arrives_whole() -> None:
    nb = run(notebook("import os\nprint('x' * 50_000_000)", "os.write(1, ('中文' * 100_000).encode()); print('end')"))
    assert [len(text) for text in texts(nb)] == [50_000_001, 200_004]


def test_what_is_left_open_is_written(tmp_path: Path) -> None:
    """A stock kernel exits through Python, which runs exit hooks and closes files."""
    run(
        notebook("f = open('file', 'w'); f.write('text')", "import atexit; atexit.register(open('hook', 'w').close)"),
        cwd=tmp_path,
    )
    assert (tmp_path / "file").read_text() == "text"
    assert (tmp_path / "hook").exists()


def test_a_comparison_can_fail() -> None:
    one, two = (run(notebook(source)).cells[0] for source in ("print(1)", "print(2)"))
    assert comparable(one)["outputs"] != comparable(two)["outputs"]


def test_the_master_notebook(pytestconfig: pytest.Config) -> None:
    """The report itself: what our warm-up imports must not hide what its notebook forgot to."""
    path = pytestconfig.rootpath / "notebooks" / "annual_report.ipynb"
    ours, stock = (run(str(path), engine, cwd=pytestconfig.rootpath) for engine in ("forked", None))
    assert_same(ours, stock)
