"""The command `gongkai`: argument parsing, exit codes, progress. No logic of its own.

Results go to standard output, talk to standard error. Exit codes: 0 all is well; 1 a report failed its checks, its
data cannot be read or it could not be built; 2 the command itself is wrong (an unknown option or target);
130 interrupted.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from contextlib import suppress

import click

from helpers.errors import ParameterError
from helpers.faults import told

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


def main(arguments: list[str] | None = None) -> None:
    """Entry point: run the command line and leave with its exit code, never with a traceback."""
    _open_streams()
    try:
        code = cli.main(arguments, standalone_mode=False) or 0
        sys.stdout.flush()
    except click.ClickException as problem:
        code = _say(_refusal(problem), problem.exit_code)
    except (click.Abort, KeyboardInterrupt):
        code = _say("Interrupted.", 130)
    except BrokenPipeError:  # whoever read our output has seen enough
        code = 1
    except Exception as problem:
        code = _say(f"gongkai: {told(problem)}", 2 if isinstance(problem, ParameterError) else 1)
    try:
        sys.stdout.flush()
    except OSError:  # said already; the interpreter would say it again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def _refusal(problem: click.ClickException) -> str:
    """What is wrong with the command itself, below how it is used, as click says it."""
    context = problem.ctx if isinstance(problem, click.UsageError) else None
    usage = f"{context.get_usage()}\nTry '{context.command_path} --help' for help.\n\n" if context else ""
    return f"{usage}Error: {problem.format_message()}"


def _open_streams() -> None:
    """Standard streams that were closed become empty ones, or the next file opened would take their place.

    What a stream's encoding cannot hold is shown by its number.
    """
    while (spare := os.open(os.devnull, os.O_RDWR)) <= 2:
        os.set_inheritable(spare, True)  # what we start wants them as well
    os.close(spare)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123  # as long as we live
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(line: str, code: int) -> int:
    from helpers.cli.terminal import tell  # a tenth of a second that nobody need spend who has nothing to say

    with suppress(OSError):
        tell(*line.split("\n"))
    return code
