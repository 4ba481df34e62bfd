"""`gongkai schema`: the exchange format, for whoever writes or reads it."""

from __future__ import annotations

import click

from helpers.cli.terminal import say_json
from helpers.forms import get_form
from helpers.schema import json_schema


@click.command(epilog="\b\nExamples:\n  gongkai schema 2021 > gongkai-2021.schema.json")
@click.argument("form")
def schema(form: str) -> int:
    """Print the JSON Schema of `data.json` for reports of a statutory FORM (2019, 2021 or one of your own)."""
    say_json(json_schema(get_form(form)))
    return 0
