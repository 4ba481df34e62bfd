"""What is imported before notebooks are forked off, and what is better left to each notebook.

A module is warmed only where no notebook can tell. One that starts threads, uses the shell, prints or changes settings
when it is imported would be there without its thread, or its effect, in every notebook: it is left out.
"""

from __future__ import annotations

import builtins
import decimal
import importlib
import io
import locale
import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stdout
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.interactiveshell import InteractiveShell

INLINE_BACKEND = "matplotlib_inline.backend_inline"
TASKS = Path("/proc/self/task")


class UnfitError(Exception):
    """A module has left a trace that cannot be taken back: this process must not be forked."""


def warm_up(modules: Sequence[str], begin: Callable[[str], None]) -> dict[str, str]:
    """Import modules and call their ``warm_up()``; give those that are not there, with the reason.

    ``begin`` is told each module's name before anything of it runs. What a ``warm_up()`` changes in matplotlib's
    settings, the warning filters or the decimal context is put back. Raises UnfitError with the reason why the last one
    must be left out.
    """
    cold: dict[str, str] = {}
    loaded: list[Any] = []
    with _as_in_a_kernel() as traces:
        for name in filter(None, modules):
            begin(name)
            known, before = set(sys.modules), _settings()
            try:
                loaded.append(importlib.import_module(name))
            except BaseException as error:  # SystemExit is as likely as ImportError
                cold[name] = f"{type(error).__name__}: {error}"
                if set(sys.modules) != known:
                    raise UnfitError(cold[name]) from None
            traces.check(before)
        # What is drawn now belongs to no notebook; and pyplot would hook itself to the shell for ever.
        InteractiveShell._instance = None
        matplotlib = sys.modules.get("matplotlib")
        before = _settings()
        for module in loaded:
            if hasattr(module, "warm_up"):
                begin(module.__name__)
                with ExitStack() as put_back:
                    put_back.enter_context(warnings.catch_warnings())
                    put_back.enter_context(decimal.localcontext())
                    if matplotlib:
                        put_back.callback(dict.update, matplotlib.rcParams, matplotlib.rcParams.copy())
                    try:
                        module.warm_up()
                    except Exception as error:
                        raise UnfitError(f"{type(error).__name__}: {error}") from None
                traces.check(before)
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot:
        pyplot.close("all")
        pyplot._backend_mod = None
    # Its import is what hooks matplotlib to the shell. Left imported, it would never run in a notebook, whose
    # charts would silently be lost.
    sys.modules.pop(INLINE_BACKEND, None)
    return cold


def threads() -> dict[int, str]:
    """The threads that would be lost in a fork: number and name.

    Some libraries (OpenBLAS) end theirs themselves before a fork and start them again when needed, so one is tried.
    """
    if len(_running()) > 1:
        if not (pid := os.fork()):
            os._exit(0)
        os.waitpid(pid, 0)
    named = {thread.native_id: thread.name for thread in threading.enumerate()}
    ours = threading.main_thread().native_id
    return {number: named.get(number) or _comm(number) for number in _running() if number != ours}


def _running() -> list[int]:
    if TASKS.exists():
        return list(map(int, os.listdir(TASKS)))  # noqa: PTH208  # a third of the time, for every import
    return [thread.native_id or 0 for thread in threading.enumerate()]


def _comm(number: int) -> str:
    return (TASKS / str(number) / "comm").read_text(errors="replace").strip()


@dataclass
class _Traces:
    """What modules have done while they were imported, beyond being there."""

    printed: io.BytesIO
    shell: _Shell
    starters: dict[int, str] = field(default_factory=dict)

    def check(self, before: dict[str, object]) -> None:
        """Raise UnfitError where something is not as it was."""
        if started := threads():
            by = sorted({self.starters[number] for number in started if number in self.starters})
            through = f"{', '.join(by)} starts" if by else "it starts"
            raise UnfitError(f"{through} a thread ({', '.join(sorted(started.values()))}), which a fork would lose")
        if self.shell.asked:
            raise UnfitError(f"it uses the notebook's shell ({self.shell.asked})")
        sys.stdout.flush()
        if self.printed.tell():
            raise UnfitError("it prints")
        after = _settings()
        if changed := [name for name, value in before.items() if after[name] != value]:
            raise UnfitError(f"it changes {', '.join(changed)}")


class _Shell:
    """Stands in for a notebook's shell, of which modules ask at most whether it has a kernel."""

    __class__: Any = ZMQInteractiveShell  # what isinstance goes by
    kernel = None
    config: Any = {"IPKernelApp": {}}  # nobody writes into it
    asked = ""

    def __getattr__(self, name: str) -> Any:
        self.asked = name
        raise AttributeError(name)


@contextmanager
def _as_in_a_kernel() -> Iterator[_Traces]:
    """Let modules find what tells them that they are in a notebook, and note what they do with it."""
    shell: Any = _Shell()
    traces = _Traces(io.BytesIO(), shell)
    finder = _Attributing(traces.starters)
    InteractiveShell._instance = shell
    builtins.get_ipython = lambda: shell  # type: ignore[attr-defined]  # as IPython does
    sys.meta_path.insert(0, finder)
    try:
        # With the name that ipykernel gives its streams' encoding; pandas takes it for its own.
        with redirect_stdout(io.TextIOWrapper(traces.printed, encoding="UTF-8")):
            yield traces
    finally:
        sys.meta_path.remove(finder)
        del builtins.get_ipython  # type: ignore[attr-defined]  # set above
        InteractiveShell._instance = None


class _Attributing(MetaPathFinder):
    """Finds nothing itself; notes which module's import started which threads."""

    def __init__(self, starters: dict[int, str]) -> None:
        self._starters = starters

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        """What the finders behind would find, and for whole packages (parts of one are its own affair) counted."""
        if "." in name:
            return None
        behind = sys.meta_path[sys.meta_path.index(self) + 1 :]
        spec = next(filter(None, (finder.find_spec(name, path, target) for finder in behind)), None)
        if spec is None or isinstance(spec.loader, type) or not hasattr(spec.loader, "exec_module"):
            return spec
        loader: Any = spec.loader

        def counted(module: Any) -> None:
            del loader.exec_module
            before = set(_running())
            try:
                loader.exec_module(module)
            finally:
                for number in set(_running()) - before:
                    self._starters.setdefault(number, name)

        loader.exec_module = counted
        return spec


def _settings() -> dict[str, object]:
    """What belongs to the process and not to a module: no import may change it."""
    umask = os.umask(0)
    os.umask(umask)
    settings: dict[str, object] = {
        "the environment": dict(os.environ),
        "the working folder": Path.cwd(),
        "umask": umask,
        "sys.path": list(sys.path),
        "signal handlers": [signal.getsignal(number) for number in signal.valid_signals()],
        "the locale": locale.setlocale(locale.LC_ALL),
        "limits of recursion": sys.getrecursionlimit(),
        "hooks of sys": (sys.excepthook, sys.displayhook, sys.breakpointhook, sys.gettrace(), sys.getprofile()),
        "logging": (logging.root.level, list(logging.root.handlers), logging.root.manager.disable),
        "the decimal context": str(decimal.getcontext()),
    }
    if numpy := sys.modules.get("numpy"):
        settings["numpy's options"] = numpy.get_printoptions(), numpy.geterr()
    if (matplotlib := sys.modules.get("matplotlib")) and hasattr(matplotlib, "rcParams"):
        settings["matplotlib's settings"] = matplotlib.rcParams.copy()
    return settings
