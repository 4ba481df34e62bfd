"""A papermill engine that runs each notebook in a process forked from a warmed one.

Stock papermill starts a Python interpreter, imports pandas and matplotlib and opens five network
sockets for every notebook. Here that is done once, in a *zygote*; each notebook gets a fork of it,
with ipykernel's own kernel inside and one socket to papermill's own client outside::

    papermill process                     zygote (warm, single-threaded)
    ForkedEngine ─ client.py ── "fork" ──► zygote.py ── fork() ──► kernel.py, one per notebook
          ▲                                                            │
          └──────────── the kernel's messages, over wire.py ◄──────────┘

Use it as ``papermill --engine forked`` or ``papermill.execute_notebook(..., engine_name="forked")``.
Notebooks it cannot run (widgets, other kernels, no ``fork``) go to the stock engine, with a warning.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from helpers.engine.client import ForkedEngine
    from helpers.engine.host import DEFAULT_MODULES, shutdown, warm

__all__ = ["DEFAULT_MODULES", "ForkedEngine", "shutdown", "warm"]


def __getattr__(name: str) -> Any:
    if name == "ForkedEngine":
        # papermill loads this entry point while it is itself being imported. Importing it here first makes
        # that happen before client.py is half loaded; and the zygote, which needs neither, imports neither.
        import papermill.engines  # noqa: F401  # see above

        from helpers.engine.client import ForkedEngine

        return ForkedEngine
    if name in __all__:
        from helpers.engine import host

        return getattr(host, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
