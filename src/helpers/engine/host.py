"""This process's zygote: started when first needed, replaced when it died or its settings changed."""

import atexit
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from multiprocessing import Pipe, reduction
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

from helpers.engine import leftout

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
START_SETTINGS = (
    "PYTHON", "MPL", "IPYTHON", "JUPYTER", "HOME", "LANG", "LC_", "TZ", "TMP", "LD_", "OPENBLAS", "OMP_", "MKL_",
    "PANDAS", "ARROW", "GONGKAI_FORMS", "GONGKAI_FONTS",
)  # fmt: skip
# jemalloc as Arrow, Rust and the system call it: its thread, which only gives memory back, would forbid to fork.
JEMALLOC = ("JE_ARROW_MALLOC_CONF", "_RJEM_MALLOC_CONF", "MALLOC_CONF")
BOOT = """import sys
if sys.path[0] == "": del sys.path[0]
from helpers.engine.zygote import main
main(int(sys.argv[1]), sys.argv[2:])"""

_lock = threading.RLock()
_zygote: "Zygote | None" = None
_tried: object = None
"""Settings under which what is known to be unfit was found: under others it may be fit."""


def configured() -> tuple[str, ...]:
    """The modules to warm if nobody says otherwise: ``GONGKAI_WARM``, else ``DEFAULT_MODULES``."""
    return tuple(filter(None, os.environ.get("GONGKAI_WARM", ",".join(DEFAULT_MODULES)).split(",")))


_modules: Sequence[str] = configured()


class ZygoteError(RuntimeError):
    """There is no process to fork from."""


class WarmUpError(RuntimeError):
    """A process is no zygote; ``module`` was being warmed then, or none yet."""

    def __init__(self, module: str, reason: str) -> None:
        super().__init__(reason)
        self.module = module


class Zygote:
    """A running zygote process, and the conversation with it."""

    def __init__(self, options: Sequence[str], modules: Sequence[str], settings: object, timeout: float) -> None:
        self.settings = settings
        self.control, theirs = Pipe()
        environ = {"MPLBACKEND": "module://matplotlib_inline.backend_inline", **os.environ}
        environ |= {name: f"{os.environ.get(name, '')},background_thread:false".strip(",") for name in JEMALLOC}
        self._process = subprocess.Popen(
            [sys.executable, *options, "-c", BOOT, str(theirs.fileno()), *modules],
            stdin=subprocess.PIPE,
            pass_fds=[theirs.fileno()],
            env=environ,
            start_new_session=True,  # an interrupt at the terminal is for papermill, which then ends the notebook
        )
        theirs.close()
        assert self._process.stdin
        self._process.stdin.close()  # as a stock kernel has it: a pipe from which nothing comes
        self._turn = threading.Lock()
        try:
            self.hello: dict[str, Any] = self._greeting(timeout)
        except BaseException:
            self.close(patience=0)
            raise

    def _greeting(self, timeout: float) -> dict[str, Any]:
        """What it says of itself once it is warm; ``timeout`` is for each module."""
        module = ""
        while True:
            try:
                answer = self.control.recv() if self.control.poll(timeout) else None
            except (EOFError, OSError):
                self.close()
                raise WarmUpError(module, f"its process ended ({describe_exit(self._process.returncode)})") from None
            match answer:
                case {"module": str(module)}:
                    pass
                case {"unfit": str(reason)}:
                    raise WarmUpError(module, reason)
                case {"failed": str(reason)}:  # no module's fault
                    raise WarmUpError("", f"it could not start: {reason}")
                case None:
                    raise WarmUpError(module, f"no answer in {timeout:g} seconds")
                case _:
                    return dict(answer)

    def ask(self, *request: Any, handle: int | None = None) -> Any:
        """Send a request, with a file descriptor if one is given; give the answer."""
        with self._turn:
            self.control.send(request)
            if handle is not None:
                reduction.send_handle(self.control, handle, self._process.pid)
            return self.control.recv()

    def close(self, patience: float = 5) -> None:
        """End the zygote and the notebooks it runs."""
        self.control.close()
        try:
            self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _start_settings(options: Sequence[str], modules: Sequence[str]) -> object:
    environ = {name: value for name, value in os.environ.items() if name.startswith(START_SETTINGS)}
    return tuple(options), tuple(modules), environ


def describe_exit(code: int | None) -> str:
    """Say in words how a process ended."""
    if code is None:
        return "with the process it was forked from"
    if code >= 0:
        return f"exit code {code}"
    hint = ", as when memory runs out" if code == -signal.SIGKILL else ""
    return signal.Signals(-code).name + hint


class UnknownKernel(NoSuchKernel):
    """A notebook's kernel is not installed."""

    def __str__(self) -> str:
        return f"the notebook asks for the kernel {self.name!r}, which is not installed here ({installed_kernels()} is)"


def installed_kernels() -> str:
    """Their names, for a message."""
    return ", ".join(sorted(KernelSpecManager().find_kernel_specs())) or "none"


def kernel_options(kernel_name: str) -> list[str] | None:
    """Give the interpreter options of a kernel that is this very Python's ipykernel, and None of any other.

    Raises UnknownKernel.
    """
    try:
        argv = KernelSpecManager().get_kernel_spec(kernel_name).argv
    except NoSuchKernel:
        raise UnknownKernel(kernel_name) from None
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
            _end()
            if not retry:
                raise ZygoteError("it ended twice when asked to fork") from None
        finally:
            theirs.close()
    raise AssertionError("unreachable")


def _running(options: Sequence[str], timeout: float) -> Zygote:
    global _tried, _zygote
    with _lock:
        settings = _start_settings(options, _modules)
        if _tried != settings:
            leftout.forget()
            _tried = settings
        if _zygote and _zygote.settings != settings:
            _zygote = None  # it ends with the last notebook that still runs in it
        if _zygote is None:
            _zygote = _started(options, settings, timeout)
        return _zygote


def _started(options: Sequence[str], settings: object, timeout: float) -> Zygote:
    """A new zygote, without the modules that have proved unfit to be warmed."""
    while "" not in (left_out := leftout.known()):
        try:
            zygote = Zygote(options, [name for name in _modules if name not in left_out], settings, timeout)
        except WarmUpError as unfit:
            leftout.remember(unfit.module, str(unfit))
            continue
        for module, reason in zygote.hello["cold"].items():
            leftout.remember(module, reason)
        return zygote
    raise ZygoteError(left_out[""])


def warm(modules: Sequence[str] = DEFAULT_MODULES, *, timeout: float = 60) -> dict[str, str]:
    """Start the zygote now, with these modules imported; give those it could not warm and why.

    Without this the first notebook starts it, with ``DEFAULT_MODULES``. Raises ZygoteError.
    """
    global _modules
    _modules = tuple(modules)
    _running(kernel_options("python3") or (), timeout)
    return {module: reason for module, reason in leftout.known().items() if module in _modules}


@atexit.register
def shutdown() -> None:
    """End this process's zygote, if it has one. The next notebook starts another, with every module on trial again."""
    leftout.forget()
    _end()


def _end() -> None:
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
