"""`gongkai build`: county-years → published folders."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from helpers.batch.runner import Planned, Summary, plan, run
from helpers.batch.task import Result, Task
from helpers.cli.options import (
    engine_option,
    json_option,
    out_folder,
    out_option,
    params_option,
    targets_argument,
    tasks_for,
)
from helpers.cli.progress import progress
from helpers.folder import params_root

FEW = 20
"""Reports up to which every one is told about."""

EPILOG = """\b
TARGET is COUNTY/YEAR, COUNTY, YEAR, or nothing for everything.

\b
Examples:
  gongkai build 371524-donge/2020
  gongkai build 2024 --jobs 4
  gongkai build --dry-run              why would each one be built?
  gongkai build --cluster tcp://10.0.0.5:8786
  gongkai build --params ~/nation --out ~/site --json > summary.json
"""


@click.command(epilog=EPILOG)
@targets_argument
@params_option
@out_option
@click.option("--notebook", type=click.Path(dir_okay=False, path_type=Path), help="Another master notebook.")
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes. Default: one for each core.")
@engine_option
@click.option("--cluster", metavar="ADDRESS", help="A running Dask scheduler, e.g. tcp://host:8786, instead of --jobs.")
@click.option("--force", is_flag=True, help="Build even what has not changed.")
@click.option("--dry-run", is_flag=True, help="Only say what would be built, and why.")
@json_option
def build(
    targets: tuple[str, ...],
    params: Path | None,
    out: Path | None,
    notebook: Path | None,
    jobs: int | None,
    engine: str | None,
    cluster: str | None,
    force: bool,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Build reports: HTML, PDF, the executed notebook, data and figures.

    What has not changed since it was built is left alone. One report that fails stops no other; nothing of it is
    published, and its notebook is kept under .work/ in the output folder.
    """
    root = params_root(params)
    destination = out_folder(out, root)
    tasks = tasks_for(root, destination, targets, engine, notebook)
    planned = list(plan(tasks, force))
    if dry_run:
        _say_plan(planned, as_json)
        return 0
    destination.mkdir(parents=True, exist_ok=True)
    summary = _with_progress(planned, jobs or os.cpu_count() or 1, cluster)
    summary.write(destination)
    if as_json:
        click.echo((destination / "summary.json").read_text(encoding="utf-8"), nl=False)
    else:
        _say_results(summary, tasks, destination.resolve())
    return 130 if summary.interrupted else 1 if summary.failed else 0


def _with_progress(planned: list[Planned], jobs: int, cluster: str | None) -> Summary:
    wanted = sum(item.reason is not None for item in planned)
    with progress("Building", wanted, "failed") as step:

        def done(result: Result) -> None:
            if result.status != "unchanged":
                step(f"{result.target} {result.status} {result.seconds:.1f} s", result.status == "failed")

        return run(planned, jobs, done, cluster)


def _say_plan(planned: list[Planned], as_json: bool) -> None:
    if as_json:
        entries = [{"target": str(item.task.target), "reason": item.reason} for item in planned]
        click.echo(json.dumps(entries, ensure_ascii=False, indent=1))
        return
    for item in planned:
        click.echo(f"{item.task.target}  {item.reason or 'unchanged'}")


def _say_results(summary: Summary, tasks: list[Task], destination: Path) -> None:
    """Where the reports are to standard output; findings, failures and a summary to standard error.

    A few reports are told in full, many by one line a failure: the rest stands in summary.json.
    """
    few = len(summary.results) <= FEW
    warnings = [(result, warning) for result in summary.results for warning in result.warnings]
    if few:
        for result, warning in warnings:
            click.echo(f"{result.target}: 提醒 {warning}", err=True)
    elif warnings:
        click.echo(f"{len(warnings)} warnings; summary.json lists them.", err=True)
    for result in summary.failed:
        click.echo(
            f"\n{result.target} failed:\n{result.error}" if few else f"{result.target}: {result.first_line}", err=True
        )
    if len(summary.results) > 1:
        table = Table("built", "unchanged", "failed", "seconds")
        counts = [summary.count(status) for status in ("built", "unchanged", "failed")]
        table.add_row(*map(str, counts), f"{summary.seconds:.1f}")
        Console(stderr=True).print(table)
    if summary.interrupted:
        click.echo("Interrupted: what was finished is kept; run the same command to go on.", err=True)
    if not few:
        click.echo(_shown(destination / "summary.json"))
        return
    built = {task.target: task.built for task in tasks}
    for result in summary.results:
        if result.status != "failed":
            click.echo(_shown(built[result.target] / "report.html"))
            click.echo(_shown(built[result.target] / "report.pdf"))


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
