"""What was measured, as Markdown: medians, ratios, and the targets beside them."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

NATION = 2844
LIBRARIES = ("papermill", "nbclient", "ipykernel", "nbconvert", "matplotlib", "pandas", "typst")


@dataclass(frozen=True)
class Growth:
    """A batch of `count` reports on all cores and its rebuild with nothing changed."""

    count: int
    seconds: float
    mib: float | None
    again: float


@dataclass
class Measured:
    """Seconds, as they come in."""

    shell: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)
    one: list[float] = field(default_factory=list)
    floor: list[float] = field(default_factory=list)
    floor_around_growth: list[float] = field(default_factory=list)
    cold: list[float] = field(default_factory=list)
    charts: list[tuple[int, float, float]] = field(default_factory=list)
    growth: list[Growth] = field(default_factory=list)


def markdown(measured: Measured, quick: bool) -> str:
    """The whole page."""
    return "\n".join([*_head(quick), *_ways(measured), *_growth(measured), *_targets(measured)]) + "\n"


def slope(growth: Sequence[Growth], of: str) -> float:
    """Seconds that one more report costs, the start of the batch left out where a much smaller one tells it."""
    first, last = growth[-2:] if len(growth) > 1 else (growth[-1],) * 2
    if last.count < 5 * first.count:
        return float(getattr(last, of)) / last.count
    return float(getattr(last, of) - getattr(first, of)) / (last.count - first.count)


def _head(quick: bool) -> Iterable[str]:
    yield "# Benchmark"
    yield ""
    yield f"`make bench`, {dt.datetime.now(dt.UTC).date()}" + (
        ", **quick run: too few for conclusions**" if quick else ""
    )
    yield ""
    yield (
        f"{os.cpu_count()} cores ({_cpu()}), Python {platform.python_version()}, "
        + ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
        + "."
    )
    yield ""
    yield "All reports are of fictitious counties (`gongkai demo-nation`), with the year before beside each. The ways"
    yield "take turns within one run, because a machine's speed drifts: compare ratios, not seconds of different runs."
    yield ""


def _ways(measured: Measured) -> Iterable[str]:
    a, d = median(measured.shell), median(measured.floor)
    all_cores = slope(measured.growth, "seconds")
    drift = median(measured.floor_around_growth) / d
    rows = (
        ("(a) shell: `papermill`, `nbconvert --to report_html`, `--to report_pdf`", measured.shell, 1.0),
        ("(b) one process: `papermill.execute_notebook` and both exporters", measured.stock, 1.0),
        ("(c) `gongkai build --jobs 1`, from one finished report to the next", measured.one, 1.0),
        ("(c) `gongkai build` on all cores, wall time a report", [all_cores], drift),
        ("(d) the same work as a plain function in a warm process", measured.floor, 1.0),
    )
    yield "## One report: execution, HTML and PDF"
    yield ""
    yield "| way | median seconds | least | measured | times faster than (a) | times the floor (d) |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, seconds, pace in rows:
        m = median(seconds)
        yield (f"| {name} | {m:.3f} | {min(seconds):.3f} | {len(seconds)} | {a * pace / m:.1f} | {m / d / pace:.2f} |")
    yield ""
    yield "(c) and (d) also write the data files and every chart as a file. One worker executes a notebook in one"
    yield f"process and exports the one before in another. The floor measured {drift:.2f} times its median while the"
    yield "batches on all cores ran; their ratios are against that."
    yield ""
    count, mine, usual = (median(column) for column in zip(*measured.charts, strict=True))
    yield "## Charts"
    yield ""
    yield "| what | seconds | ratio |"
    yield "|---|--:|--:|"
    yield f"| the same {count:g} charts with axes, constrained layout and tight bounding box | {usual:.3f} | 1 |"
    yield f"| our {count:g} charts | {mine:.3f} | {mine / usual:.2f} |"
    yield f"| the whole report, (d) | {d:.3f} | {d / usual:.2f} |"
    yield ""


def _growth(measured: Measured) -> Iterable[str]:
    yield "## Batches on all cores"
    yield ""
    yield "| reports | total seconds | seconds a report | peak memory, MiB | again, nothing changed, seconds |"
    yield "|--:|--:|--:|--:|--:|"
    for run in measured.growth:
        memory = "–" if run.mib is None else f"{run.mib:.0f}"
        yield f"| {run.count} | {run.seconds:.1f} | {run.seconds / run.count:.3f} | {memory} | {run.again:.2f} |"
    yield ""
    yield "Memory is the sum of proportional set sizes, shared pages counted once, at its highest."
    yield ""


def _targets(measured: Measured) -> Iterable[str]:
    a, c, d = median(measured.shell), median(measured.one), median(measured.floor)
    usual = median(cost for _, _, cost in measured.charts)
    nation, again = NATION * slope(measured.growth, "seconds"), slope(measured.growth, "again")
    memory = max((run.mib for run in measured.growth if run.mib is not None), default=0.0)
    cold = median(measured.cold)
    rows = (
        ("one worker against the shell (a)", "≥ 20 times faster, aim 40", f"{a / c:.1f}", a / c >= 20),
        ("one worker against the floor (d)", "≤ 1.3", f"{c / d:.2f}", c / d <= 1.3),
        ("whole report (d) against usual charts", "≤ 0.35", f"{d / usual:.2f}", d / usual <= 0.35),
        (f"{NATION:,} reports at the largest batch's pace", "< 12 min", f"{nation / 60:.1f} min", nation < 720),
        ("peak memory of all processes", "< 1,024 MiB", f"{memory:.0f} MiB", memory < 1024),
        ("a rebuild with nothing changed", "< 5 ms a report", f"{again * 1000:.1f} ms", again < 0.005),
        ("one cold `gongkai build` from the shell", "< 4 s", f"{cold:.1f} s", cold < 4),
    )
    yield "## Targets"
    yield ""
    yield "| what | target | measured | reached |"
    yield "|---|--:|--:|---|"
    for what, target, found, reached in rows:
        yield f"| {what} | {target} | {found} | {'yes' if reached else 'no'} |"


def _cpu() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
