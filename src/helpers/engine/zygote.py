"""The warmed process: imports what notebooks use, then forks once for each notebook.

It stays single-threaded, because a fork copies only the calling thread and leaves other threads' locks
held for ever; what would start threads is not warmed. It ends when the process that started it does.
"""

import ctypes
import gc
import importlib.util
import os
import signal
import sys
from contextlib import suppress
from multiprocessing import reduction
from multiprocessing.connection import Connection
from typing import Any

import IPython.core.logger  # noqa: F401  # or the first cell imports it

from helpers.engine.kernel import ForkedKernelApp
from helpers.engine.processes import signal_group, sweep
from helpers.engine.warmup import UnfitError, threads, warm_up
from helpers.limits import limit_memory

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36  # from linux/prctl.h


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
        return pid
    try:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        os.setsid()  # away from the terminal, of which git or ssh would ask a password
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
    signal_group(pid, signal.SIGKILL)
    living.discard(pid)
    _, status = os.waitpid(pid, 0)
    sweep(living)
    return os.waitstatus_to_exitcode(status)


def main(control_handle: int, modules: list[str]) -> None:
    """Warm up, say so, and serve ``fork``, ``interrupt`` and ``end`` until the other side closes."""
    control = Connection(control_handle)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    with suppress(OSError):  # unless that is closed, too
        os.dup2(2, 1)  # standard output is for what papermill or `gongkai --json` writes there
    with suppress(EOFError, OSError):  # whoever asked has gone, perhaps before we were warm
        try:
            cold = warm_up(modules, lambda module: control.send({"module": module}))
        except UnfitError as reason:
            control.send({"unfit": str(reason)})
            os._exit(0)
        try:
            app = make_app()
        except Exception as problem:  # a home without room for a profile, and whatever else IPython meets there
            control.send({"failed": f"{type(problem).__name__}: {problem}"})
            os._exit(1)
        if lost := threads():
            control.send({"unfit": f"threads run ({', '.join(lost.values())})"})
            os._exit(0)
        control.send({"language_info": app.kernel.language_info, "cold": cold})
        serve(app, control)
    os._exit(0)


def make_app() -> ForkedKernelApp:
    """The kernel's application, as far as it is the same for every notebook."""
    launcher = importlib.util.find_spec("ipykernel_launcher")
    arguments = ["--HistoryManager.hist_file=:memory:"]  # as papermill has it, so that no later run reads it
    sys.argv = [str(launcher and launcher.origin), "-f", "forked", *arguments]
    options = sys.orig_argv[1 : sys.orig_argv.index("-c")]
    sys.orig_argv = [sys.executable, *options, "-m", "ipykernel_launcher", *sys.argv[1:]]
    app = ForkedKernelApp.instance()
    app.initialize(arguments)
    # A first cell builds much that is only built once; this one leaves nothing behind.
    shell: Any = app.shell
    shell.run_cell("pass", silent=True, store_history=False)
    shell.last_execution_result = None
    shell.display_formatter.format(None)
    gc.collect()
    gc.freeze()  # or the next collection would write to, and so copy, every page shared with the forks
    return app


def serve(app: ForkedKernelApp, control: Connection) -> None:
    """Answer requests until the other side closes; then end what still runs."""
    living: set[int] = set()
    with suppress(EOFError, OSError):
        while True:
            match control.recv():
                case ["fork", cwd, environ, memory]:
                    pid = fork(app, control, cwd, environ, memory)
                    living.add(pid)
                    control.send(pid)
                case ["interrupt", pid]:
                    signal_group(pid, signal.SIGINT)
                    control.send(None)
                case ["end", pid]:
                    control.send(end(pid, living))
    for pid in list(living):
        end(pid, living)
