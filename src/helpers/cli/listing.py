"""`gongkai list`: what there is and whether it is built."""

from __future__ import annotations

from pathlib import Path

import click

from helpers.batch.planning import Planned, plan
from helpers.batch.targets import select
from helpers.cli.options import json_option, order, out_option, params_option, targets_argument
from helpers.cli.terminal import console, say_json, table
from helpers.errors import GongkaiError
from helpers.folder import params_root
from helpers.forms import form_for_year


@click.command(name="list", epilog="\b\nExamples:\n  gongkai list\n  gongkai list 2024 --json")
@targets_argument
@params_option
@out_option
@json_option
def list_(targets: tuple[str, ...], params: Path | None, out: Path | None, as_json: bool) -> int:
    """List county-years, the form each uses, and whether its report is up to date."""
    root = params_root(params)
    entries = [_entry(item) for item in plan(order(root, out), select(root, targets))]
    if as_json:
        say_json(entries)
        return 0
    console().print(table(("target", "form", "state"), (entry.values() for entry in entries)))
    return 0


def _entry(item: Planned) -> dict[str, str]:
    try:
        form = form_for_year(item.target.year).id
    except GongkaiError:
        form = "none"
    return {"target": str(item.target), "form": form, "state": item.error or item.reason or "up to date"}
