"""`gongkai list`: what there is and whether it is built."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from helpers.batch import manifest
from helpers.cli.options import json_option, out_folder, out_option, params_option, targets_argument, tasks_for
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
    entries = []
    for task in tasks_for(root, out_folder(out, root), targets):
        reason = manifest.stale(task.target, task.params, task.notebook, task.built)
        form = form_for_year(task.target.year).id
        entries.append({"target": str(task.target), "form": form, "state": reason or "up to date"})
    if as_json:
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return 0
    table = Table("target", "form", "state")
    for entry in entries:
        table.add_row(*entry.values())
    Console().print(table)
    return 0
