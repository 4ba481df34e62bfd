"""`gongkai check`: the rules alone."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from helpers.batch.targets import Target, select
from helpers.cli.options import json_option, params_option, targets_argument
from helpers.cli.terminal import say, say_json, tell
from helpers.faults import told
from helpers.folder import params_root
from helpers.integrity import check as check_report
from helpers.limits import CHECK, limit_memory
from helpers.loading import whole_report
from helpers.workers import Ended, apart, workers

EPILOG = """\b
TARGET is COUNTY/YEAR, COUNTY, YEAR, or nothing for everything.

\b
Examples:
  gongkai check 371524-donge/2020
  gongkai check --json 2024 | jq '.[].findings'
"""


@dataclass(frozen=True)
class Checked:
    """What is said of one report's checks: it comes from another process, and the report stays there."""

    text: str
    data: dict[str, Any]
    not_run: tuple[str, ...]
    wrong: bool


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
    selected = select(root, targets)
    checked: list[Checked] = []
    for target, ended in zip(selected, _checked(root, selected), strict=True):
        if ended.value is None:
            tell(f"{target}: {told(ended.error, CHECK)}")
            continue
        checked.append(ended.value)
        if not as_json:
            say(*ended.value.text.split("\n"))
            tell(*ended.value.not_run)
    unreadable = len(selected) - len(checked)
    if as_json:
        data = [checks.data for checks in checked]
        say_json(data[0] if len(data) == 1 and not unreadable else data)
    return 1 if unreadable or any(checks.wrong for checks in checked) else 0


def _checked(root: Path, targets: Sequence[Target]) -> Iterator[Ended[Checked]]:
    """Each target's checks, or why there are none, in order, each in a process with limits."""
    if len(targets) == 1:
        yield apart(_check, (root, *targets), CHECK.seconds)
        return
    with workers(min(len(targets), os.cpu_count() or 1)) as pool:
        yield from pool.in_order(_check, ((root, target) for target in targets), CHECK.seconds)


def _check(root: Path, target: Target) -> Checked:
    limit_memory(CHECK.memory)
    checks = check_report(whole_report(target.county, target.year, root))
    not_run = (f"  {rule.id} 未能校验：{rule.reason}" for rule in checks.rules if rule.status == "not-run")
    return Checked(checks.as_text(), checks.as_dict(), tuple(not_run), bool(checks.errors))
