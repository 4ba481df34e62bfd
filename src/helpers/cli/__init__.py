"""The command `gongkai`: argument parsing, exit codes, progress. No logic of its own.

Results go to standard output, talk to standard error. Exit codes: 0 all is well; 1 a report failed its checks, its
data cannot be read or it could not be built; 2 the command itself is wrong (an unknown option or target);
130 interrupted.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from helpers.errors import GongkaiError, ParameterError

COMMANDS = {
    "audit": "helpers.cli.audit:audit",
    "build": "helpers.cli.build:build",
    "check": "helpers.cli.check:check",
    "demo-nation": "helpers.cli.demo:demo_nation",
    "diff": "helpers.cli.diff:diff",
    "import": "helpers.cli.importing:import_",
    "list": "helpers.cli.listing:list_",
    "new": "helpers.cli.new:new",
    "schema": "helpers.cli.schema:schema",
    "verify": "helpers.cli.verify:verify",
}
"""Command → where it lives; imported when used, so that `gongkai list` does not load a typesetter."""

EPILOG = """\b
Examples:
  gongkai build 371524-donge/2020     one report, into build/371524-donge/2020/
  gongkai build --jobs 4              everything that changed, on four cores
  gongkai check 2024 --json           the rules alone, for machines
  gongkai audit reports/              the same rules on what others published
  gongkai new 371524-donge 2021       a folder to fill in
"""


class Lazy(click.Group):
    """A group whose commands are imported when called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order the help shows them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called `cmd_name`, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=Lazy, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="gongkai")
def cli() -> None:
    """Statutory annual reports on government-information disclosure, as reproducible notebooks."""


def main(arguments: list[str] | None = None) -> Any:
    """Entry point: run the command line and leave with its exit code, never with a traceback of an expected error."""
    try:
        sys.exit(cli.main(arguments, standalone_mode=False) or 0)
    except click.ClickException as problem:
        problem.show()
        sys.exit(problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(130)
    except GongkaiError as problem:
        click.echo(f"gongkai: {problem}", err=True)
        sys.exit(2 if isinstance(problem, ParameterError) else 1)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as problem:
        where = f"{problem.filename}: " if problem.filename else ""
        click.echo(f"gongkai: {where}{problem.strerror or problem}", err=True)
        sys.exit(1)
