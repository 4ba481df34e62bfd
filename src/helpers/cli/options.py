"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path

import click

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
targets_argument = click.argument("targets", nargs=-1, metavar="[TARGET]...")


def out_folder(out: Path | None, params: Path) -> Path:
    """Where reports go: the option, else `build/` beside the params folder."""
    return out if out is not None else params.resolve().parent / "build"


def default_engine() -> str | None:
    """Our own engine where processes can be forked, else papermill's."""
    return "forked" if hasattr(os, "fork") else None
