"""The warmed process: imports what notebooks use, then forks once for each notebook.

It stays single-threaded, because a fork copies only the calling thread and leaves other threads' locks
held for ever. It ends when the process that started it does.
"""

import ctypes
import gc
import importlib
import importlib.util
import os
import signal
import sys
import warnings
from contextlib import ExitStack, suppress
from multiprocessing import reduction
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import IPython.core.logger  # noqa: F401  # or the first cell imports it

from helpers.engine.kernel import ForkedKernelApp
from helpers.limits import limit_memory

INLINE_BACKEND = "matplotlib_inline.backend_inline"
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # from linux/prctl.h


def warm_up(modules: list[str]) -> dict[str, str]:
    """Import modules and call their ``warm_up()``; give those left cold and why.

    No shell exists yet, so nothing warmed can register itself with one; and what a warm-up changes in
    matplotlib's settings or the warning filters is put back.
    """
    cold: dict[str, str] = {}
    loaded: list[Any] = []
    for name in filter(None, modules):
        try:
            loaded.append(importlib.import_module(name))
        except Exception as error:
            cold[name] = f"{type(error).__name__}: {error}"
    matplotlib = sys.modules.get("matplotlib")
    with ExitStack() as put_back:
        put_back.enter_context(warnings.catch_warnings())
        if matplotlib:
            backend = matplotlib.get_backend(auto_select=False)
            put_back.callback(matplotlib.rcParams.__setitem__, "backend", backend)
            put_back.enter_context(matplotlib.rc_context())
        for module in loaded:
            try:
                getattr(module, "warm_up", lambda: None)()
            except Exception as error:
                cold[module.__name__] = f"{type(error).__name__}: {error}"
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot:
        pyplot.close("all")
        pyplot._backend_mod = None
    # Its import is what hooks matplotlib to the shell. Left imported, it would never run in a notebook, whose
    # charts would silently be lost.
    sys.modules.pop(INLINE_BACKEND, None)
    return cold


def prctl(option: int, value: int) -> None:
    """Set a process attribute that only Linux has."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def fork(app: ForkedKernelApp, control: Connection, cwd: str, environ: dict[str, str], memory: int | None) -> int:
    """Give a notebook its process, and its process number."""
    handle = reduction.recv_handle(control)
    pid = os.fork()
    if pid:
        os.close(handle)
        with suppress(OSError):  # the child may have done it already
            os.setpgid(pid, pid)
        return pid
    try:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        os.setpgid(0, 0)
        control.close()
        connection = Connection(handle)
        # A process forked by the notebook must not keep the socket open: its closing tells of our death.
        os.register_at_fork(after_in_child=connection.close)
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(cwd)
        if memory:
            limit_memory(memory)
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()  # the standard library reseeds itself
        app.run(connection)
        os._exit(0)
    finally:
        os._exit(1)


def end(pid: int, living: set[int]) -> int:
    """Kill a notebook's process and all it started; give its exit code, negative for a signal."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    living.discard(pid)
    _, status = os.waitpid(pid, 0)
    # What had left the process group is now our child, because we are its nearest subreaper.
    with suppress(FileNotFoundError):
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while orphans := {int(child) for child in children.read_text().split()} - living:
            for orphan in orphans:
                os.kill(orphan, signal.SIGKILL)
                os.waitpid(orphan, 0)
    return os.waitstatus_to_exitcode(status)


def main(control_handle: int, modules: list[str]) -> None:
    """Warm up, say so, and serve ``fork``, ``interrupt`` and ``end`` until the other side closes."""
    control = Connection(control_handle)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    cold = warm_up(modules)
    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher and launcher.origin), "-f", "forked"]
    app = ForkedKernelApp.instance()
    # The history is kept by a thread, in a database that no later run could read.
    app.initialize(["--HistoryManager.enabled=False", "--HistoryManager.hist_file=:memory:"])
    # A first cell builds much that is only built once; this one leaves nothing behind.
    shell: Any = app.shell
    shell.run_cell("pass", silent=True, store_history=False)
    shell.display_formatter.format(None)
    gc.collect()
    gc.freeze()  # or the next collection would write to, and so copy, every page shared with the forks
    tasks = Path("/proc/self/task")
    threads = len(list(tasks.iterdir())) if tasks.exists() else 1
    living: set[int] = set()
    with suppress(EOFError, OSError):  # whoever asked has gone, perhaps before we were warm
        control.send({"language_info": app.kernel.language_info, "cold": cold, "threads": threads})
        while True:
            match control.recv():
                case ["fork", cwd, environ, memory]:
                    pid = fork(app, control, cwd, environ, memory)
                    living.add(pid)
                    control.send(pid)
                case ["interrupt", pid]:
                    with suppress(ProcessLookupError):
                        os.killpg(pid, signal.SIGINT)
                    control.send(None)
                case ["end", pid]:
                    control.send(end(pid, living))
    for pid in list(living):
        end(pid, living)
    os._exit(0)
