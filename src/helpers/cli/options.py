"""Options that several commands share, and what those which build or look at what was built mean by them."""

from __future__ import annotations

import os
from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Any

import click

from helpers.batch.planning import Order
from helpers.limits import DOCUMENT, NOTEBOOK
from helpers.opening import real

_WEEK = 7 * 24 * 3600
_MEMORY = 2**20
"""MiB: more than any computer has."""


class Seconds(click.FloatRange):
    """So many seconds, at most a week's: clocks neither take nan and inf nor a number of 300 digits."""

    def __init__(self, least: float) -> None:
        super().__init__(min=least, max=_WEEK)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """The number; what is none, nan among it, is a wrong command."""
        seconds = float(super().convert(value, param, ctx))
        return self.fail(f"{value!r} is no number of seconds.", param, ctx) if isnan(seconds) else seconds


params_option = click.option(
    "--params",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="GONGKAI_PARAMS",
    show_envvar=True,
    help="Folder of county-years. Default: the nearest params/ from here upwards.",
)
out_option = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="GONGKAI_OUT",
    show_envvar=True,
    help="Folder for the reports. Default: build/ beside the params folder.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")
engine_option = click.option("--engine", help="Papermill engine. Default: forked, where the system can fork.")
timeout_option = click.option(
    "--timeout", type=Seconds(1), default=NOTEBOOK.seconds, envvar="GONGKAI_TIMEOUT", show_envvar=True,
    show_default=True, help="Seconds a notebook may take.",
)  # fmt: skip
memory_option = click.option(
    "--memory", type=click.IntRange(256, _MEMORY), default=NOTEBOOK.memory, envvar="GONGKAI_MEMORY", show_envvar=True,
    show_default=True, help="MiB a notebook may hold.",
)  # fmt: skip
jobs_option = click.option(
    "--jobs", "-j", type=click.IntRange(1), default=os.cpu_count() or 1, help="Processes. Default: one for each core."
)
targets_argument = click.argument("targets", nargs=-1, metavar="[TARGET]...")


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """The limits of a command that reads documents of others."""
    seconds = click.option(
        "--timeout", type=Seconds(0.001), default=DOCUMENT.seconds, show_default=True,
        metavar="SECONDS", help="Give a file up after so long.",
    )  # fmt: skip
    memory = click.option(
        "--memory", type=click.IntRange(64, _MEMORY), default=DOCUMENT.memory, show_default=True, metavar="MB",
        help="Give a file up that needs more.",
    )  # fmt: skip
    return seconds(memory(command))


def out_folder(out: Path | None, params: Path) -> Path:
    """Where reports go: the option, else `build/` beside the params folder."""
    return out if out is not None else real(params).parent / "build"


def order(params: Path, out: Path | None, engine: str | None = None, **said: Any) -> Order:
    """What a command says of all its targets: by our own engine where processes can be forked."""
    return Order(params, out_folder(out, params), engine=engine or ("forked" if hasattr(os, "fork") else None), **said)
