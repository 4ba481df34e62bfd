"""`gongkai check`: the rules alone."""

from __future__ import annotations

import json
from pathlib import Path

import click

from helpers.batch.targets import select
from helpers.cli.options import json_option, params_option, targets_argument
from helpers.errors import GongkaiError
from helpers.folder import params_root
from helpers.integrity import Checks
from helpers.integrity import check as check_report
from helpers.loading import whole_report

EPILOG = """\b
TARGET is COUNTY/YEAR, COUNTY, YEAR, or nothing for everything.

\b
Examples:
  gongkai check 371524-donge/2020
  gongkai check --json 2024 | jq '.[].findings'
"""


@click.command(epilog=EPILOG)
@targets_argument
@params_option
@json_option
def check(targets: tuple[str, ...], params: Path | None, as_json: bool) -> int:
    """Try every rule on county-years, without building anything.

    With --json, one report prints one object (the content of checks.json), several print a list. The exit code is 1
    when any report has an error or cannot be read.
    """
    root = params_root(params)
    checked: list[Checks] = []
    unreadable = 0
    for target in select(root, targets):
        try:
            checks = check_report(whole_report(target.county, target.year, root))
        except GongkaiError as problem:
            unreadable += 1
            click.echo(f"{target}: {problem}", err=True)
            continue
        checked.append(checks)
        if not as_json:
            click.echo(checks.as_text())
            for rule in checks.rules:
                if rule.status == "not-run":
                    click.echo(f"  {rule.id} 未能校验：{rule.reason}", err=True)
    if as_json:
        data = [checks.as_dict() for checks in checked]
        whole = data[0] if len(data) == 1 and not unreadable else data
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    return 1 if unreadable or any(checks.errors for checks in checked) else 0
