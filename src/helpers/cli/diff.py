"""`gongkai diff`: two reports side by side."""

from __future__ import annotations

from pathlib import Path

import click

from helpers.cli.options import json_option, params_option, reading_options
from helpers.cli.terminal import console, say, say_json, tell
from helpers.diff import compare, open_side
from helpers.diff.terminal import show
from helpers.limits import Limits
from helpers.readers.limited import within
from helpers.saving import save

EPILOG = """\b
OLD and NEW are each a year folder, a published folder, COUNTY/YEAR, or a published file of any kind that
`gongkai import` reads.

\b
Examples:
  gongkai diff params/321300-suqian/2023 params/321300-suqian/2024
  gongkai diff 371524-donge/2020 build/371524-donge/2020/report.pdf --exit-code
  gongkai diff donge-2019.docx donge-2020.html --html diff.html
"""

# Without a terminal there is no width to keep to; this holds a row of the form with its figures.
_WIDTH = 140


@click.command(epilog=EPILOG)
@click.argument("old")
@click.argument("new")
@click.option("--all", "everything", is_flag=True, help="Show also what is the same.")
@json_option
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write a page that shows it.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 where the reports differ, like git diff.")
@params_option
@reading_options
def diff(
    old: str,
    new: str,
    everything: bool,
    as_json: bool,
    html: Path | None,
    exit_code: bool,
    params: Path | None,
    timeout: float,
    memory: int,
) -> int:
    """Compare two reports: every cell with its change and rate, notes, and the prose sentence by sentence.

    The exit code is 0 whether or not they differ (with --exit-code 1 where they do), 1 when one cannot be read, 2
    when a name means nothing.
    """
    limits, both = Limits(timeout, memory), f"{old}, {new}"
    sides = []
    for name in (old, new):
        report = open_side(name, params, limits)
        sides.append(report)
        if not report.text:
            tell(f"{name}: no prose there to compare; only cells and notes are.")
    found = within(limits, both, compare, *sides)
    if html:
        from helpers.diff.page import page

        save(html, within(limits, both, page, found, everything))
    if as_json:
        say_json(found.as_dict())
    elif html:
        say(html)
    else:
        screen = console()
        show(found, screen if screen.is_terminal else console(width=_WIDTH), everything)
    return int(exit_code and found.differs)
