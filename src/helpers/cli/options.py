"""Options that several commands share, and the tasks that those which build or look at what was built mean by them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from helpers.batch.notebooks import notebook_for
from helpers.batch.targets import select
from helpers.batch.task import Task
from helpers.limits import DOCUMENT

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


def reading_options(command: Callable[..., int]) -> Callable[..., int]:
    """The limits of a command that reads documents of others."""
    seconds = click.option(
        "--timeout", type=click.FloatRange(min=0, min_open=True), default=DOCUMENT.seconds, show_default=True,
        metavar="SECONDS", help="Give a file up after so long.",
    )  # fmt: skip
    memory = click.option(
        "--memory", type=click.IntRange(min=64), default=DOCUMENT.memory, show_default=True, metavar="MB",
        help="Give a file up that needs more.",
    )  # fmt: skip
    return seconds(memory(command))


targets_argument = click.argument("targets", nargs=-1, metavar="[TARGET]...")


def out_folder(out: Path | None, params: Path) -> Path:
    """Where reports go: the option, else `build/` beside the params folder."""
    return out if out is not None else params.resolve().parent / "build"


def tasks_for(
    params: Path, out: Path, names: Iterable[str], engine: str | None = None, notebook: Path | None = None
) -> list[Task]:
    """What `names` mean under `params`, to be built into `out`: by our own engine where processes can be forked."""
    engine = engine or ("forked" if hasattr(os, "fork") else None)
    return [
        Task(target, params.resolve(), out.resolve(), *notebook_for(target, params, notebook), engine)
        for target in select(params, names)
    ]
