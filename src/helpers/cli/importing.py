"""`gongkai import`: a published report → its figures and prose."""

from __future__ import annotations

from pathlib import Path

import click

from helpers.cli.options import json_option, reading_options
from helpers.cli.terminal import say, say_json, tell
from helpers.limits import Limits
from helpers.loading import import_whole
from helpers.readers.limited import read_apart, within
from helpers.report import AnnualReport

EPILOG = """\b
FILE is a published report: HTML (or a saved page), DOCX, ODT, PDF with a text layer, TXT, XLSX, or what gongkai
wrote itself (data.json, data.csv). Its kind is told by its content, whatever it is called.

\b
Examples:
  gongkai import donge-2020.html
  gongkai import donge-2020.pdf --json > donge-2020.json
  gongkai import donge-2020.docx --into params/371524-donge
"""


@click.command(name="import", epilog=EPILOG)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
@click.option(
    "--into", metavar="params/CODE-SLUG", type=click.Path(file_okay=False, path_type=Path),
    help="Write the report as a year of this county's folder, and print where.",
)  # fmt: skip
@click.option("--body", help="Whose report it is, where the document does not say.")
@click.option(
    "--year", type=click.IntRange(1900, 2999), help="Which year it is about, where the document does not say."
)
@reading_options
def import_(
    file: Path, as_json: bool, into: Path | None, body: str | None, year: int | None, timeout: float, memory: int
) -> int:
    """Read a published report, every figure as printed, and say what was found.

    What could not be read with certainty is blank, and listed on standard error with the reason. The exit code is 1
    when the file holds no report or cannot be read.
    """
    if as_json and into:
        raise click.UsageError("--json and --into are two ways to give the report back; choose one.")
    limits = Limits(timeout, memory)
    report = read_apart(file, body, year, limits)
    for doubt in report.uncertain:
        tell(f"uncertain {doubt.address}: {_line(doubt.why)}")
    if as_json:
        say_json(report.as_dict())
    elif into:
        say(within(limits, file, import_whole, report, into, file))
    else:
        for name, value in _summary(report):
            say(f"{name:<9} {_line(value)}")
    return 0


def _summary(report: AnnualReport) -> list[tuple[str, str]]:
    headings = {"preface": "前言"} | {section.id: section.heading for section in report.form.sections}
    sections = (f"{headings.get(name, name)} ({len(text)} characters)" for name, text in report.text.items())
    doubtful = {doubt.address for doubt in report.uncertain} & set(report.cells)
    stated = sum(value is not None for value in report.cells.values())
    empty = {address for address, value in report.cells.items() if value is None and report.prints(address)}
    return [
        ("body", report.body.name or "(not stated)"),
        ("year", str(report.year)),
        ("form", report.form.id),
        ("cells", f"{stated} stated, {len(empty - doubtful)} blank, {len(doubtful)} uncertain"),
        ("notes", str(len(report.notes))),
        *(("section", section) for section in sections),
        ("source", f"{_line(report.source.title or '')} {report.source.checksum or ''}".strip()),
    ]


def _line(text: str) -> str:
    return " ".join(text.split())
