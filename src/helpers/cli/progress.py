"""How far a command is, on standard error: a live bar on a terminal, elsewhere a line for each thing done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from helpers.cli.terminal import console, tell


@contextmanager
def progress(doing: str, total: int, wrong: str) -> Iterator[Callable[[str, bool], None]]:
    """What to call as each of `total` things ends: with a line about it, and whether it is one more that is `wrong`."""
    screen = console(err=True)
    ended = failed = 0

    def line(words: str, _bad: bool) -> None:
        nonlocal ended
        ended += 1
        tell(f"[{ended}/{total}] {words}")

    def step(_words: str, bad: bool) -> None:
        nonlocal ended, failed
        ended += 1
        failed += bad
        speed = bars.tasks[0].speed
        bars.update(bar, advance=1, failed=failed, rate=f"{speed:.1f}/s" if speed else "")
        if ended == total:
            bars.stop()  # what follows may print, too

    if not screen.is_terminal:
        yield line
        return
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn(f"{{task.fields[failed]}} {wrong}"), TextColumn("{task.fields[rate]}"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=screen, transient=True) as bars:
        bar = bars.add_task(doing, total=total, failed=0, rate="")
        yield step
