"""Everything that the command prints passes here, so that nothing that is printed acts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpers.visible import visible

_UNESCAPED = re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]")
"""What JSON leaves as it is and a terminal may obey; outside of strings JSON has none of it."""


def say(*lines: object) -> None:
    """Results, to standard output, a line each."""
    for line in lines:
        click.echo(visible(str(line)))


def tell(*lines: object) -> None:
    """Talk, to standard error, a line each."""
    for line in lines:
        click.echo(visible(str(line)), err=True)


def say_json(data: object) -> None:
    """Results for machines, to standard output: readable Chinese, an escape for what could act."""
    click.echo(as_json(data))


def as_json(data: object) -> str:
    """`data` as indented JSON text."""
    return _UNESCAPED.sub(lambda odd: f"\\u{ord(odd[0]):04x}", json.dumps(data, ensure_ascii=False, indent=1))


def console(*, err: bool = False, width: int | None = None) -> Console:
    """Rich's console without its markup: a bracket in a county's name is a bracket."""
    return Console(stderr=err, markup=False, emoji=False, highlight=False, width=width)


def table(headings: Iterable[str], rows: Iterable[Iterable[Any]]) -> Table:
    """Rows of plain text under headings."""
    shown = Table(*headings)
    for row in rows:
        shown.add_row(*(Text(visible(str(cell))) for cell in row))
    return shown
