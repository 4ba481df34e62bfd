"""`gongkai demo-nation`: a fictitious nation to try things on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.progress import Progress

from helpers.cli.terminal import console, say, tell
from helpers.demo import Nation, write_nation

EPILOG = """\b
Examples:
  gongkai demo-nation nation                            2844 counties, two years, 1% of them with an error
  gongkai demo-nation nation --counties 20 --errors 5   a small one, five counties with an error
  gongkai demo-nation nation --years 6 --errors 0       2019 to 2024, over the change of the form
  gongkai check --params nation --json 2024             compare with nation/errors.csv
"""


@click.command(epilog=EPILOG)
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--counties", type=int, default=Nation.counties, show_default=True, help="How many counties.")
@click.option("--years", type=int, default=Nation.years, show_default=True, help="Years each, consecutive.")
@click.option("--last-year", type=int, default=Nation.last_year, show_default=True, help="The last of them.")
@click.option(
    "--errors", metavar="COUNT|SHARE", default="1%", show_default=True,
    help="Counties with one deliberate error: a count, or a share such as 2% or 0.02.",
)  # fmt: skip
@click.option("--seed", type=int, default=Nation.seed, show_default=True, help="Another seed, another nation.")
def demo_nation(folder: Path, counties: int, years: int, last_year: int, errors: str, seed: int) -> int:
    """Write a params folder of made-up counties to DIR: for benchmarks, tests and demonstrations.

    Codes begin with 99, which no county has; figures obey every law of the year's form, but for the deliberate
    errors, which DIR/errors.csv lists: target, rule, address, what was done. The same options give the same bytes.
    """
    nation = Nation(counties, years, last_year, _count(errors, counties), seed)
    with _progress(counties) as done:
        planted = write_nation(folder, nation, done)
    targets = {line.target.split("/")[0] for line in planted}
    tell(f"{counties} counties, {counties * years} county-years, {len(targets)} counties with an error.")
    say(folder)
    return 0


def _count(text: str, counties: int) -> int:
    """`28`, `1%` or `0.01` as a number of counties."""
    try:
        if text.endswith("%"):
            return round(float(text[:-1]) / 100 * counties)
        return round(float(text) * counties) if "." in text else int(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is neither a count nor a share.", param_hint="--errors") from None


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int], None]]:
    """A live bar on a terminal, elsewhere a line every tenth of the way."""
    screen = console(err=True)
    if screen.is_terminal:
        with Progress(console=screen, transient=True) as progress:
            bar = progress.add_task("Writing counties", total=total)
            yield lambda done: progress.update(bar, completed=done)
        return

    def line(done: int) -> None:
        if done * 10 // total > (done - 1) * 10 // total:
            tell(f"[{done}/{total}] counties written")

    yield line
