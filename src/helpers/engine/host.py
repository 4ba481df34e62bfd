"""This process's zygote: started when first needed, replaced when it died or its settings changed."""

import atexit
import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing import Pipe, reduction
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

DEFAULT_MODULES = (
    "pandas",
    "matplotlib.pyplot",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "helpers.charts",
    "helpers.notebook",
)
"""What the zygote imports, calling a module's own ``warm_up()`` if it has one. The environment variable
``GONGKAI_WARM``, names with commas between, takes its place; ``warm()`` takes the place of both."""

# Read when Python or a library starts: a zygote started under other values would not run as a stock kernel does.
START_SETTINGS = ("PYTHON", "MPL", "IPYTHON", "JUPYTER", "HOME", "LANG", "LC_", "TZ", "TMP", "LD_")
BOOT = """import sys
if sys.path[0] == "": del sys.path[0]
from helpers.engine.zygote import main
main(int(sys.argv[1]), sys.argv[2:])"""

_lock = threading.RLock()
_zygote: "Zygote | None" = None
_modules: Sequence[str] = os.environ.get("GONGKAI_WARM", ",".join(DEFAULT_MODULES)).split(",")


class ZygoteError(RuntimeError):
    """The zygote did not start, or cannot fork safely."""


class Zygote:
    """A running zygote process, and the conversation with it."""

    def __init__(self, options: Sequence[str], modules: Sequence[str], timeout: float) -> None:
        self.settings = _start_settings(options, modules)
        self.control, theirs = Pipe()
        environ = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", **os.environ}
        # Threads of a linear-algebra library would not survive the fork.
        environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, *options, "-c", BOOT, str(theirs.fileno()), *modules],
            stdin=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            env=environ,
            process_group=0,  # an interrupt at the terminal is for papermill, which then ends the notebook
        )
        theirs.close()
        self._turn = threading.Lock()
        try:
            if not self.control.poll(timeout):
                raise ZygoteError(f"no answer in {timeout} seconds")
            self.hello: dict[str, Any] = self.control.recv()
            if self.hello["threads"] > 1:
                raise ZygoteError(f"{self.hello['threads']} threads run after importing {', '.join(modules)}")
        except EOFError:
            raise ZygoteError(f"ended with exit code {self._process.wait()}") from None
        except ZygoteError:
            self.close()
            raise

    def ask(self, *request: Any, handle: int | None = None) -> Any:
        """Send a request, with a file descriptor if one is given; give the answer."""
        with self._turn:
            self.control.send(request)
            if handle is not None:
                reduction.send_handle(self.control, handle, self._process.pid)
            return self.control.recv()

    def close(self) -> None:
        """End the zygote and the notebooks it runs."""
        self.control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _start_settings(options: Sequence[str], modules: Sequence[str]) -> object:
    environ = {name: value for name, value in os.environ.items() if name.startswith(START_SETTINGS)}
    return tuple(options), tuple(modules), environ


def kernel_options(kernel_name: str) -> list[str] | None:
    """Give the interpreter options of a kernel that is this very Python's ipykernel, and None of any other."""
    try:
        argv = KernelSpecManager().get_kernel_spec(kernel_name).argv
    except NoSuchKernel:
        return None
    if "ipykernel_launcher" not in argv:
        return None
    names = {"python", "python3", f"python3.{sys.version_info.minor}"}  # jupyter_client takes these as our own
    own = argv[0] in names or Path(argv[0]) == Path(sys.executable)
    return argv[1 : argv.index("ipykernel_launcher") - 1] if own else None


def fork(options: Sequence[str], cwd: str, timeout: float, memory: int | None) -> tuple[Zygote, int, Connection]:
    """Start a notebook's process, with at most so many MiB: its zygote, its number, and the connection to it."""
    environ = dict(os.environ, JPY_PARENT_PID=str(os.getpid()))
    for retry in (True, False):
        zygote = _running(options, timeout)
        ours, theirs = Pipe()
        try:
            return zygote, zygote.ask("fork", cwd, environ, memory, handle=theirs.fileno()), ours
        except (EOFError, OSError):
            shutdown()
            if not retry:
                raise ZygoteError("it ended twice when asked to fork") from None
        finally:
            theirs.close()
    raise AssertionError("unreachable")


def _running(options: Sequence[str], timeout: float) -> Zygote:
    global _zygote
    with _lock:
        if _zygote and _zygote.settings != _start_settings(options, _modules):
            _zygote = None  # it ends with the last notebook that still runs in it
        if _zygote is None:
            _zygote = Zygote(options, _modules, timeout)
        return _zygote


def warm(modules: Sequence[str] = DEFAULT_MODULES, *, timeout: float = 60) -> dict[str, str]:
    """Start the zygote now, with these modules imported; give those it could not warm and why.

    Without this the first notebook starts it, with ``DEFAULT_MODULES``. Raises ZygoteError.
    """
    global _modules
    _modules = tuple(modules)
    cold: dict[str, str] = _running(kernel_options("python3") or (), timeout).hello["cold"]
    return cold


@atexit.register
def shutdown() -> None:
    """End this process's zygote, if it has one. The next notebook starts another."""
    global _zygote
    with _lock:
        if _zygote:
            _zygote.close()
        _zygote = None


def _forget() -> None:
    global _zygote, _lock
    _lock = threading.RLock()
    if _zygote:
        _zygote.control.close()
    _zygote = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forget)  # the parent's zygote is the parent's to talk to
