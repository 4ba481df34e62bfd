"""The benchmark's pieces: what it compares is the same work, and what it measures is there."""

from __future__ import annotations

import importlib
import subprocess
import sys
import time
from pathlib import Path
from types import ModuleType

import pytest

from helpers import charts
from helpers.batch.build import build
from helpers.batch.notebooks import master
from helpers.batch.targets import Target, every
from helpers.batch.task import Task
from helpers.demo import Nation, write_nation
from helpers.folder import read_report

ROOT = Path(__file__).parents[2]


@pytest.fixture
def piece(monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """A module of benchmarks/, imported as bench.py does."""
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))

    def module(name: str) -> ModuleType:
        return importlib.import_module(name)

    return module


@pytest.fixture
def target(tmp_path: Path) -> Target:
    write_nation(tmp_path / "params", Nation(counties=1, errors=0))
    return max(every(tmp_path / "params"))


def test_the_floor_makes_the_very_files_of_a_build(
    tmp_path: Path, target: Target, piece, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Guards the comparison: a floor that left something out would be too low, and every ratio to it too high."""
    monkeypatch.setenv("GONGKAI_PARAMS", "")  # the floor sets it
    params, notebook = tmp_path / "params", master(ROOT / "params")
    out = tmp_path / "build"
    assert build(Task(target, params, out, notebook, engine="forked", scratch=out)).error is None
    assert piece("floor").build(target, params, notebook, tmp_path / "floor") > 0
    floor, built = (target.folder(tmp_path / name) for name in ("floor", "build"))
    files = {path.relative_to(floor) for path in floor.rglob("*") if path.is_file()}
    assert {Path("report.html"), Path("report.pdf")} < files
    for name in files:
        assert (floor / name).read_bytes() == (built / name).read_bytes(), name
    left_out = {path.relative_to(built) for path in built.rglob("*") if path.is_file()} - files
    assert left_out == {Path("report.ipynb"), Path("manifest.json")}


def test_every_chart_can_be_drawn_the_usual_way(tmp_path: Path, target: Target, piece) -> None:
    count, ours, usual = piece("drawing").costs(read_report(target.county, target.year, tmp_path / "params"))
    assert count == len(charts.available(read_report(target.county, target.year, tmp_path / "params"))) > 10
    assert 0 < ours < usual


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells a process tree's memory")
def test_memory_counts_what_a_process_started(piece) -> None:
    memory = piece("memory")
    hog = "x = b'x' * 60_000_000; print('ready', flush=True); input()"
    command = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {hog!r}])"
    process = subprocess.Popen([sys.executable, "-c", command], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        with memory.Peak(process.pid) as peak:
            while peak.mib is None:
                time.sleep(0.01)
        assert len(memory.tree(process.pid)) == 2
        process.communicate(b"\n")
    assert 60 < peak.mib < 200


def test_the_page_names_every_target(piece) -> None:
    results = piece("results")
    measured = results.Measured(
        [10.0], [4.0], [0.4, 0.4], [0.3, 0.4], [0.35], [3.5], [(20, 0.1, 2.0)],
        [results.Growth(100, 30.0, 700.0, 1.0), results.Growth(1000, 210.0, 720.0, 3.7)],
    )  # fmt: skip
    page = results.markdown(measured, quick=True)
    assert "quick run" in page
    assert "| one worker against the shell (a) | ≥ 20 times faster, aim 40 | 25.0 | yes |" in page
    assert "| a rebuild with nothing changed | < 5 ms a report | 3.0 ms | yes |" in page
    assert "| 2,844 reports at the largest batch's pace | < 12 min | 9.5 min | yes |" in page
    assert str(ROOT) not in page
