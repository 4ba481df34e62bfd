"""`gongkai build`: county-years → published folders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from helpers.batch.editions import held
from helpers.batch.planning import Planned, plan
from helpers.batch.runner import Summary, run
from helpers.batch.targets import select
from helpers.batch.task import Result
from helpers.cli.options import (
    engine_option,
    jobs_option,
    json_option,
    memory_option,
    order,
    out_option,
    params_option,
    targets_argument,
    timeout_option,
)
from helpers.cli.progress import progress
from helpers.cli.terminal import as_json as json_text
from helpers.cli.terminal import console, say, say_json, table, tell
from helpers.folder import params_root
from helpers.limits import Limits
from helpers.opening import real
from helpers.saving import save

SUMMARY = "summary.json"

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
@click.option(
    "--notebook", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Another master notebook."
)
@jobs_option
@engine_option
@timeout_option
@memory_option
@click.option("--cluster", metavar="ADDRESS", help="A running Dask scheduler, e.g. tcp://host:8786, instead of --jobs.")
@click.option("--force", is_flag=True, help="Build even what has not changed.")
@click.option("--dry-run", is_flag=True, help="Only say what would be built, and why.")
@click.option("--no-wait", is_flag=True, help="Fail at once where another build is using the output folder.")
@json_option
def build(
    targets: tuple[str, ...],
    params: Path | None,
    out: Path | None,
    notebook: Path | None,
    jobs: int,
    engine: str | None,
    timeout: float,
    memory: int,
    cluster: str | None,
    force: bool,
    dry_run: bool,
    no_wait: bool,
    as_json: bool,
) -> int:
    """Build reports: HTML, PDF, the executed notebook, data and figures.

    What has not changed since it was built is left alone. One report that fails stops no other; nothing of it is
    published, and its notebook is kept under .work/ in the output folder.
    """
    root = params_root(params)
    whole = order(root, out, engine, notebook=notebook, limits=Limits(timeout, memory))
    selected = select(root, targets)
    if dry_run:
        _say_plan(plan(whole, selected, force), as_json)
        return 0
    destination = real(whole.out)
    with held(destination, not no_wait, tell) as scratch:
        summary = _with_progress(list(plan(replace(whole, scratch=scratch), selected, force)), jobs, cluster)
        text = json_text(summary.data(destination, root))
        if as_json:
            say(*text.split("\n"))
        else:
            _say_results(summary, destination)
        # Only now, and by rename: where the disk is full, each report's own reason has been said.
        save(scratch / SUMMARY, f"{text}\n".encode())
        (scratch / SUMMARY).replace(destination / SUMMARY)
    return 130 if summary.interrupted else 1 if summary.failed else 0


def _with_progress(planned: list[Planned], jobs: int, cluster: str | None) -> Summary:
    wanted = sum(bool(item.error or item.reason) for item in planned)
    with progress("Building", wanted, "failed") as step:

        def done(result: Result) -> None:
            if result.status != "unchanged":
                step(f"{result.target} {result.status} {result.seconds:.1f} s", result.status == "failed")

        return run(planned, jobs, done, cluster)


def _say_plan(planned: Iterable[Planned], as_json: bool) -> None:
    if as_json:
        say_json([{"target": str(item.target), "reason": item.error or item.reason} for item in planned])
        return
    for item in planned:
        say(f"{item.target}  {item.error or item.reason or 'unchanged'}")


def _say_results(summary: Summary, destination: Path) -> None:
    """Where the reports are to standard output; findings, failures and a summary to standard error.

    A few reports are told in full, many by one line a failure: the rest stands in summary.json.
    """
    few = len(summary.results) <= FEW
    warnings = [(result, warning) for result in summary.results for warning in result.warnings]
    if few:
        for result, warning in warnings:
            tell(f"{result.target}: 提醒 {warning}")
    elif warnings:
        tell(f"{len(warnings)} warnings; summary.json lists them.")
    for result in summary.failed:
        if few:
            tell("", f"{result.target} failed:", *str(result.error).split("\n"))
        else:
            tell(f"{result.target}: {result.first_line}")
    if len(summary.results) > 1:
        counts = [summary.count(status) for status in ("built", "unchanged", "failed")]
        shown = table(("built", "unchanged", "failed", "seconds"), [(*counts, f"{summary.seconds:.1f}")])
        console(err=True).print(shown)
    if summary.interrupted:
        tell("Interrupted: what was finished is kept; run the same command to go on.")
    if not few:
        say(_shown(destination / SUMMARY))
        return
    for result in summary.results:
        if result.status != "failed":
            folder = result.target.folder(destination)
            say(_shown(folder / "report.html"), _shown(folder / "report.pdf"))


def _shown(path: Path) -> Path:
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
