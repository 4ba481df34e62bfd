"""`gongkai audit`: what others published, against every rule."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path

import click

from helpers.audit import Options, Outcome, Tally, find_files
from helpers.audit import audit as audit_files
from helpers.audit.files import shown as shown_path
from helpers.audit.outcome import Grade
from helpers.cli.options import json_option, reading_options
from helpers.cli.progress import progress
from helpers.cli.terminal import as_json as json_text
from helpers.cli.terminal import console, say, table, tell
from helpers.integrity import Finding
from helpers.integrity.findings import LEVEL_NAMES
from helpers.limits import Limits

EPILOG = """\b
FILE is a published report (HTML, DOCX, ODT, PDF, TXT, XLSX); of a DIR every such file, at any depth. Reports of one
body on consecutive years are paired by themselves, so that the rules that look back a year can be tried.

\b
Examples:
  gongkai audit donge-2020.html --previous donge-2019.pdf
  gongkai audit reports/ --html build/audit
  gongkai audit reports/ --json | jq '.[] | select(.error)'
"""


@click.command(epilog=EPILOG)
@click.argument("paths", metavar="FILE|DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--previous", type=click.Path(dir_okay=False, path_type=Path), help="The report on the year before.")
@json_option
@click.option(
    "--html", metavar="DIR", type=click.Path(file_okay=False, path_type=Path),
    help="Write a page a report, with what is wrong marked in it, and an index.",
)  # fmt: skip
@click.option("--jobs", "-j", type=click.IntRange(1), help="Processes. Default: one for each core.")
@reading_options
def audit(
    paths: tuple[Path, ...],
    previous: Path | None,
    as_json: bool,
    html: Path | None,
    jobs: int | None,
    timeout: float,
    memory: int,
) -> int:
    """Read published reports and try every rule on them, and on the figures that their prose states.

    With --json, one file prints one object, several print a list. A file that cannot be read is named, and the next
    one taken. The exit code is 1 when any report has an error or cannot be read.
    """
    files = find_files(paths, html, lambda path, why: tell(f"{shown_path(path)}: passed over, {why}."))
    if previous and len(files) != 1:
        raise click.UsageError(f"--previous is for one file, not {len(files)}: several are paired by themselves.")
    options = Options(previous, html, jobs or os.cpu_count() or 1, Limits(timeout, memory))
    tally = Tally()
    shown: list[Outcome] = []
    total = len(files) + bool(previous)
    with progress("Reading", total, "unreadable") if total > 1 else nullcontext(lambda _line, _bad: None) as step:

        def told(file: str, problem: str | None) -> None:
            step(f"{file} {'unreadable' if problem else 'read'}", problem is not None)

        outcomes = _counted(audit_files(files, options, told), tally)
        if html:
            outcomes = _kept(outcomes, shown)
        (_print_json if as_json else _print_text)(outcomes, len(files))
    if html:
        from helpers.audit.page import write_index

        (tell if as_json else say)(write_index(html, shown))
    if not as_json and len(files) > 1:
        _print_tally(tally)
    return 1 if tally.failed else 0


def _counted(outcomes: Iterable[Outcome], tally: Tally) -> Iterator[Outcome]:
    for outcome in outcomes:
        tally.add(outcome)
        yield outcome


def _kept(outcomes: Iterable[Outcome], kept: list[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        kept.append(outcome.brief())
        yield outcome


def _print_json(outcomes: Iterable[Outcome], count: int) -> None:
    texts = (json_text(outcome.as_dict()) for outcome in outcomes)
    if count == 1:
        say(*next(iter(texts)).split("\n"))
        return
    for number, text in enumerate(texts):
        say("," if number else "[", *text.split("\n"))
    say("]")


def _print_text(outcomes: Iterable[Outcome], count: int) -> None:
    for outcome in outcomes:
        if outcome.error is not None:
            tell(outcome.error)
            continue
        found = f"{outcome.errors}处错误、{outcome.warnings}处提醒" if outcome.findings else "未发现问题"
        say(f"{outcome.file}  {outcome.title}：{found}")
        if outcome.previous:
            say(f"  对照上年：{outcome.previous}")
        for finding in outcome.findings:
            say(_finding(finding))
        for doubt in outcome.uncertain:
            say(f"  未能确定 {doubt['address']}：{doubt['why']}")
        for rule in outcome.rules if count == 1 else ():
            if rule["status"] == "not-run":
                tell(f"  {rule['id']} 未能校验：{rule['reason']}")


def _finding(finding: Finding) -> str:
    return f"  {LEVEL_NAMES[finding.level]} {finding.rule} {finding.message}"


def _print_tally(tally: Tally) -> None:
    # Rich folds tables at 80 columns where it knows of no terminal; this one is narrower.
    screen = console()
    if rules := list(tally.rules()):
        screen.print(table(("规则", "错误", "提醒", "涉及报告"), rules))
    names: tuple[Grade, ...] = ("passed", "warnings", "errors", "unreadable")
    counts = [tally.verdicts[name] for name in names]
    headings = ("reports", "passed", "with warnings", "with errors", "unreadable")
    screen.print(table(headings, [(sum(counts), *counts)]))
