"""`gongkai new`: a folder to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from helpers.cli.options import params_option
from helpers.cli.terminal import say
from helpers.folder import params_root
from helpers.folder.new import new_year

EPILOG = """\b
Examples:
  gongkai new 371524-donge 2021
  gongkai new 371525-guanxian 2024 --name 冠县 --body 冠县人民政府 --level county
"""


@click.command(epilog=EPILOG)
@click.argument("county", metavar="CODE-SLUG")
@click.argument("year", type=int)
@click.option("--name", default="", help="The body's short name in Chinese.")
@click.option("--body", default="", help="Its full name in Chinese.")
@click.option(
    "--level", type=click.Choice(["province", "prefecture", "county", "town", "department"]), default="county",
    show_default=True, help="Level of government.",
)  # fmt: skip
@params_option
def new(county: str, year: int, name: str, body: str, level: str, params: Path | None) -> int:
    """Start a county-year: every cell blank, comments that say what goes where.

    Building it before it is filled in says what is still missing.
    """
    folder = new_year(params_root(params), county, year, name, body, level)
    say(folder)
    return 0
