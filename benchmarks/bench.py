"""`make bench`: every way to make a report side by side in one run, written to results.md. Gates on nothing."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from results import Growth, Measured, markdown
from ways import Ground, Warm, charts, ours, plain, shell, stock

from helpers.batch.notebooks import master
from helpers.batch.targets import Target, every
from helpers.demo import Nation, write_nation

RESULTS = Path(__file__).with_name("results.md")
YEAR = 2024


def main() -> None:
    """Measure and write."""
    options = _options()
    rounds, each = (1, 2) if options.quick else (5, 8)
    counts = sorted({count for count in (10, 100) if count < options.reports} | {options.reports})
    started = perf_counter()
    scratch = Path(tempfile.mkdtemp(prefix="gongkai-bench-"))
    try:
        targets = _nation(scratch / "params", max(*counts, rounds * each + 2))
        ground = Ground(scratch / "params", master(Path(__file__).parents[1] / "params"), scratch)
        measured = Measured()
        _side_by_side(measured, ground, targets, rounds, each)
        _batches(measured, ground, targets, counts)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    text = markdown(measured, options.quick)
    options.output.write_text(text, encoding="utf-8")
    print(text)
    _say(f"written to {options.output} after {(perf_counter() - started) / 60:.1f} minutes")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few of everything, to try the benchmark itself")
    parser.add_argument("--reports", type=int, help="the largest batch (default 1000, with --quick 20)")
    parser.add_argument("--output", type=Path, default=RESULTS, help="where to write (default results.md beside this)")
    options = parser.parse_args()
    options.reports = options.reports or (20 if options.quick else 1000)
    if options.reports < 1:
        parser.error("--reports takes a number from 1")
    return options


def _nation(params: Path, counties: int) -> list[Target]:
    _say(f"making up {counties} counties")
    write_nation(params, Nation(counties=counties, last_year=YEAR, errors=0))
    return [target for target in every(params) if target.year == YEAR]


def _side_by_side(measured: Measured, ground: Ground, targets: list[Target], rounds: int, each: int) -> None:
    """The ways take turns, so that a machine that slows down slows all of them.

    No process makes a report twice: Typst remembers what it has set, and would flatter whoever asks again.
    """
    in_one_process, as_function = Warm(), Warm()
    for warming in (plain, charts):
        as_function.call(warming, ground, targets[-1])
    in_one_process.call(stock, ground, targets[-1])
    for number in range(rounds):
        some = targets[number * each : (number + 1) * each + 1]
        _say(f"round {number + 1} of {rounds}: shell")
        measured.shell.append(shell(ground, some[0]))
        _say(f"round {number + 1} of {rounds}: one process, gongkai build, plain function, charts")
        measured.stock += [in_one_process.call(stock, ground, target) for target in some[1:3]]
        measured.cold.append(ours(ground, some[:1], "cold", "--force").seconds)
        measured.one += ours(ground, some, "one", "--jobs", "1", "--force").steady
        measured.floor += [as_function.call(plain, ground, target) for target in some[1:]]
        measured.charts += [as_function.call(charts, ground, target) for target in some[:2]]
    in_one_process.close()
    as_function.close()


def _batches(measured: Measured, ground: Ground, targets: list[Target], counts: list[int]) -> None:
    """How the total grows on all cores, with the floor before and after to tell the machine's drift."""
    as_function = Warm()
    unseen = cycle(targets)  # long enough that Typst has forgotten the first when it comes round
    as_function.call(plain, ground, next(unseen))

    def floor() -> None:
        measured.floor_around_growth.extend(as_function.call(plain, ground, target) for target in islice(unseen, 8))

    floor()
    for count in counts:
        _say(f"batch of {count}")
        built = ours(ground, targets[:count], f"batch-{count}")
        _say(f"batch of {count}: {built.seconds:.1f} s; again, nothing changed")
        again = ours(ground, targets[:count], f"batch-{count}")
        if again.summary["unchanged"] != count:
            _say(f"{count - again.summary['unchanged']} were built again: did the package change meanwhile?")
        measured.growth.append(Growth(count, built.seconds, built.mib, again.seconds))
        shutil.rmtree(ground.scratch / f"batch-{count}")
        floor()
    as_function.close()


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
