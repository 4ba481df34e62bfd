"""`gongkai verify`: are the published folders what their inputs make?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from helpers.batch.verify import verify as verify_task
from helpers.cli.options import (
    engine_option,
    json_option,
    out_folder,
    out_option,
    params_option,
    targets_argument,
    tasks_for,
)
from helpers.folder import params_root

EPILOG = """\b
Examples:
  gongkai verify 371524-donge/2020
  gongkai verify --json
"""


@click.command(epilog=EPILOG)
@targets_argument
@params_option
@out_option
@engine_option
@json_option
def verify(targets: tuple[str, ...], params: Path | None, out: Path | None, engine: str | None, as_json: bool) -> int:
    """Rebuild reports aside and compare them, byte for byte, with what their manifest says was published."""
    root = params_root(params)
    verdicts = []
    for task in tasks_for(root, out_folder(out, root), targets, engine):
        verdict = verify_task(task)
        verdicts.append(verdict)
        if not as_json:
            click.echo(f"{task.target}  {'; '.join(verdict.problems) or 'identical'}")
    if as_json:
        entries = [{"target": str(verdict.target), "problems": list(verdict.problems)} for verdict in verdicts]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
    return 1 if any(verdict.problems for verdict in verdicts) else 0
