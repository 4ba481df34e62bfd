"""A real Dask scheduler and two worker processes on this machine; one is killed midway and nothing is lost."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nations import counties, own_notebook

ROOT = Path(__file__).parents[2]
DASK = Path(sys.executable).parent / "dask"


KILLS_ABOVE = """import os
from pathlib import Path
zygote = os.getppid()
above = int(Path(f"/proc/{zygote}/stat").read_text().rpartition(")")[2].split()[1])
os.kill(above, 9)
"""
"""A cell that kills the process for reports, from which the process was started that its own was forked from."""


def wait_until(ready: Callable[[], object], seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def listening(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def address(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler's address and its two workers, started as the README says."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    scheduler = subprocess.Popen(
        [DASK, "scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard", "--no-show"], **quiet
    )
    wait_until(lambda: listening(port))
    where = f"tcp://127.0.0.1:{port}"
    workers = [
        subprocess.Popen([DASK, "worker", where, "--nthreads", "1", nanny, "--no-dashboard"], **quiet)
        for nanny in ("--no-nanny", "--nanny")
    ]
    try:
        yield where, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()


def test_a_killed_worker_costs_no_report(gongkai, site: Path, tmp_path: Path, address) -> None:
    where, workers = address
    params = tmp_path / "params"
    for number in range(10):
        county = f"9900{number:02d}-copy"
        shutil.copytree(ROOT / "params" / "371524-donge", params / county)
        for path in (params / county).glob("*/params.yml"):
            path.write_text(f"county: {county}\nyear: {path.parent.name}\n", encoding="utf-8")
    out = tmp_path / "out"
    command = [
        Path(sys.executable).parent / "gongkai",
        "build",
        "--params",
        params,
        "--out",
        out,
        "--cluster",
        where,
        "--json",
    ]
    batch = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    wait_until(lambda: list(out.glob("99*/*/manifest.json")))
    workers[0].send_signal(signal.SIGKILL)
    printed, _ = batch.communicate(timeout=200)
    summary = json.loads(printed)
    assert batch.returncode == 0, summary
    assert (summary["built"], summary["failed"]) == (10, 0)

    # What a cluster builds is what this machine builds, and the next run here knows it.
    here = json.loads((site / "371524-donge/2020/manifest.json").read_text(encoding="utf-8"))
    there = json.loads((out / "990003-copy/2020/manifest.json").read_text(encoding="utf-8"))
    assert {name for name, digest in there["outputs"].items() if digest != here["outputs"][name]} == {
        "data.json",
        "checks.json",
        "report.ipynb",
    }
    again = gongkai("build", "--params", params, "--out", out, "--json")
    assert json.loads(again.stdout)["unchanged"] == 10


def test_a_report_that_kills_its_process_costs_itself_alone(gongkai, tmp_path: Path, address) -> None:
    """It is named after one try, and the worker that it was given to works on."""
    where, workers = address
    params = counties(tmp_path, 4)
    own_notebook(params, 2, KILLS_ABOVE)
    done = gongkai("build", "--params", params, "--out", tmp_path / "out", "--cluster", where, "--json")
    reports = {report["target"]: report for report in json.loads(done.stdout)["reports"]}
    assert [report["status"] for report in reports.values()] == ["built", "built", "failed", "built"]
    assert reports["990002-copy/2020"]["error"].startswith("The process that worked on it died")
    assert [worker.poll() for worker in workers] == [None, None]


def test_no_scheduler_is_said_in_one_line(gongkai, tmp_path: Path) -> None:
    done = gongkai("build", "371524-donge/2020", "--out", tmp_path, "--cluster", "tcp://127.0.0.1:9")
    assert done.returncode == 2
    assert "dask scheduler" in done.stderr
    assert "Traceback" not in done.stderr
