"""Everything that is set in a fresh kernel, name by name as text: the source of a notebook's cell, for both engines."""

import asyncio
import atexit
import builtins
import contextvars
import decimal
import faulthandler
import gc
import json
import locale
import logging
import multiprocessing
import os
import re
import resource
import signal
import socket
import sys
import tempfile
import threading
import time
import tracemalloc
import warnings
from pathlib import Path

import matplotlib
import matplotlib.font_manager
import matplotlib.style
import matplotlib.units
import numpy
import pandas

shell = get_ipython()  # noqa: F821  # a kernel has it
state = {}


def text(value):
    """A value as both engines must show it: without places in memory, and a function by its name."""
    if callable(value) and hasattr(value, "__qualname__"):
        value = f"{value.__module__}.{value.__qualname__}"
    return re.sub(rf"0x[0-9a-f]+|\b{os.getpid()}\b", "0x", repr(value))


def note(group, values):
    for name, value in dict(values).items():
        if isinstance(value, dict):
            note(f"{group}.{name}", value)
        else:
            state[f"{group}.{name}"] = text(list(map(text, value)) if isinstance(value, list | tuple) else value)


def attributes(thing, *names):
    return {name: getattr(thing, name, "none") for name in names}


note("pandas", pandas._config.config._global_config)
note("matplotlib", matplotlib.rcParams)
note("matplotlib", {
    "interactive": matplotlib.is_interactive(), "units": sorted(map(text, matplotlib.units.registry)),
    "styles": sorted(matplotlib.style.library), "colormaps": sorted(matplotlib.colormaps),
    "fonts": sorted({font.name for font in matplotlib.font_manager.fontManager.ttflist}),
})  # fmt: skip
note("numpy", {**numpy.get_printoptions(), **numpy.geterr(), "call": numpy.geterrcall(), "buffer": numpy.getbufsize()})
note("warnings", attributes(warnings, "filters", "showwarning", "formatwarning", "onceregistry", "defaultaction"))
note("environ", os.environ)
note("sys", attributes(
    sys, "path", "argv", "orig_argv", "warnoptions", "flags", "executable", "dont_write_bytecode", "path_hooks", "ps1",
    "last_value", "tracebacklimit", "excepthook", "displayhook", "unraisablehook", "breakpointhook", "_xoptions",
))  # fmt: skip
for name in ("getrecursionlimit", "getswitchinterval", "getdefaultencoding", "getfilesystemencoding", "getprofile",
             "gettrace", "get_asyncgen_hooks", "get_int_max_str_digits", "getdlopenflags"):  # fmt: skip
    note("sys", {name: getattr(sys, name)()})
for name in ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"):
    stream = getattr(sys, name)
    about = attributes(stream, "name", "encoding", "errors", "newlines", "mode", "line_buffering")
    about |= {name: getattr(stream, name)() for name in ("isatty", "writable", "readable", "seekable")}
    note(f"sys.{name}", {**about, "type": type(stream)})
note("builtins", {"names": sorted(dir(builtins)), **attributes(builtins, "open", "print", "input", "__import__")})
note("gc", {"enabled": gc.isenabled(), "threshold": gc.get_threshold(), "callbacks": gc.callbacks,
            "frozen": gc.get_freeze_count() > 0})  # fmt: skip
note("locale", {name: locale.setlocale(getattr(locale, name)) for name in dir(locale) if re.match("LC_(?!ALL)", name)})
note("locale", {"encoding": locale.getpreferredencoding(), "zone": time.tzname})
note("signal", {str(number): signal.getsignal(number) for number in signal.valid_signals()})
note("signal", {"mask": list(signal.pthread_sigmask(signal.SIG_BLOCK, ())), "timer": signal.getitimer(0)})
note("resource", {name: resource.getrlimit(getattr(resource, name)) for name in dir(resource) if "RLIMIT_" in name})
umask = os.umask(0)
os.umask(umask)
note("process", {
    "umask": umask, "folder": Path.cwd(), "user": os.getresuid(), "nice": os.getpriority(os.PRIO_PROCESS, 0),
    "cores": os.sched_getaffinity(0), "leads group": os.getpgrp() == os.getpid(), "scheduler": os.sched_getscheduler(0),
    "leads session": os.getsid(0) == os.getpid(), "oom": Path("/proc/self/oom_score_adj").read_text(),
    "descriptors": [str(Path(f"/proc/self/fd/{number}").readlink()).split(":")[0] for number in (0, 1, 2)],
    "inherited": [os.get_inheritable(number) for number in (0, 1, 2)],
})  # fmt: skip
status = dict(line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines())
note("process", {name: status.get(name) for name in ("SigBlk", "SigIgn", "SigCgt", "NoNewPrivs", "Seccomp", "CapEff")})
note("threads", {"names": sorted(thread.name for thread in threading.enumerate()), "stack": threading.stack_size(),
                 "main": threading.current_thread() is threading.main_thread(), "hook": threading.excepthook,
                 "native": threading.get_native_id() == os.getpid()})  # fmt: skip
loop = asyncio.get_running_loop()
note("asyncio", {"loop": type(loop), "policy": type(asyncio.get_event_loop_policy()), "debug": loop.get_debug(),
                 "factory": loop.get_task_factory(), "handler": loop.get_exception_handler()})  # fmt: skip
note("context", {"names": sorted(variable.name for variable in contextvars.copy_context()),
                 "decimal": decimal.getcontext(), "default": decimal.DefaultContext})  # fmt: skip
for name, logger in {"root": logging.root, **logging.root.manager.loggerDict}.items():
    if isinstance(logger, logging.Logger) and (logger.handlers or logger.level or not logger.propagate):
        note(f"logging.{name}", {**attributes(logger, "level", "propagate", "disabled"),
                                 "handlers": [type(handler) for handler in logger.handlers]})  # fmt: skip
note("logging", attributes(logging, "raiseExceptions", "lastResort", "_warnings_showwarning"))
note("various", {
    "hooks at exit": atexit._ncallbacks(), "faulthandler": faulthandler.is_enabled(),
    "temporary": tempfile.gettempdir(), "timeout": socket.getdefaulttimeout(), "tracemalloc": tracemalloc.is_tracing(),
    "parent": multiprocessing.parent_process(),
    "start method": multiprocessing.get_start_method(allow_none=True), "process": multiprocessing.current_process(),
})  # fmt: skip
note("notebook", {name: globals().get(name, "none") for name in (
    "__name__", "__doc__", "__file__", "__spec__", "__loader__", "__package__", "_", "__", "_oh", "Out", "_ii", "_dh",
    "_exit_code", "exit", "quit", "open")})  # fmt: skip
note("notebook", {"In": list(map(len, In)), "names": sorted(globals()), "main": sorted(vars(sys.modules["__main__"]))})  # noqa: F821  # a kernel has it
plain = {name: value for name in shell.trait_names() if not callable(value := getattr(shell, name))}
note("shell", {name: value for name, value in plain.items() if " object at " not in repr(value)
               and name not in ("config", "user_ns", "parent_header")})  # fmt: skip
note("shell", {
    "extensions": sorted(shell.extension_manager.loaded), "debugs": shell.call_pdb, "type": type(shell),
    "magics": {kind: sorted(known) for kind, known in shell.magics_manager.magics.items()},
    "events": {name: list(map(text, calls)) for name, calls in shell.events.callbacks.items()},
    "hidden": sorted(shell.user_ns_hidden), "transformers": shell.ast_transformers, "banner": shell.banner1[:60],
    "history": attributes(shell.history_manager, "enabled", "session_number", "hist_file", "dir_hist", "db_log_output"),
    "aliases": sorted(shell.alias_manager.aliases), "profile": shell.profile_dir.location, "kernel": type(shell.kernel),
    "inputs": [text(step) for step in (*shell.input_transformers_cleanup, *shell.input_transformers_post)],
    "exceptions": shell.custom_exceptions, "mode": shell.InteractiveTB.mode, "flags": shell.compile.flags,
    "app": type(shell.kernel.parent), "comms": sorted(shell.kernel.comm_manager.targets),
    "config": {name: sorted(section) for name, section in shell.config.items()},
})  # fmt: skip
shown = shell.display_formatter
for name, formatter in {**shown.formatters, "itself": shown.ipython_display_formatter}.items():
    known = [sorted(map(text, kinds)) for kinds in (formatter.type_printers, formatter.deferred_printers)]
    note(f"formatters.{name}", {"enabled": formatter.enabled, "known": known})
note("formatters.plain", {name: value for name in shown.formatters["text/plain"].trait_names() if isinstance(
    value := getattr(shown.formatters["text/plain"], name), bool | int | str)})  # fmt: skip
print(json.dumps(state))
