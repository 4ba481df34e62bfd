"""Many reports: only what changed is built, no failure stops the others, no kill loses or halves anything."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from helpers.batch import build
from helpers.batch.editions import settle
from helpers.batch.notebooks import master
from helpers.batch.targets import every
from helpers.batch.task import Task

ROOT = Path(__file__).parents[2]
GONGKAI = Path(sys.executable).parent / "gongkai"


@pytest.fixture
def nation(tmp_path: Path) -> Path:
    """Twelve copies of 宿迁's two years under names of their own."""
    params = tmp_path / "params"
    for number in range(12):
        county = f"9900{number:02d}-copy"
        shutil.copytree(ROOT / "params" / "321300-suqian", params / county)
        for path in (params / county).glob("*/params.yml"):
            path.write_text(f"county: {county}\nyear: {path.parent.name}\n", encoding="utf-8")
    return params


def reasons(gongkai, params: Path) -> dict[str, str | None]:
    done = gongkai("build", "--dry-run", "--json", "--params", params)
    return {entry["target"]: entry["reason"] for entry in json.loads(done.stdout)}


def test_only_what_changed_is_rebuilt(gongkai, nation: Path) -> None:
    for county in sorted(nation.iterdir())[2:]:
        shutil.rmtree(county)
    first = gongkai("build", "--params", nation, "--json")
    assert json.loads(first.stdout)["built"] == 4
    again = gongkai("build", "--params", nation, "--json")
    assert (json.loads(again.stdout)["built"], json.loads(again.stdout)["unchanged"]) == (0, 4)

    # A changed cell of 2023 concerns that year and the next one, which reads it; a changed 2024 only itself.
    cells = nation / "990000-copy/2023/proactive_disclosure.csv"
    text = cells.read_text(encoding="utf-8")
    cells.write_text(text + "# touched\n", encoding="utf-8")
    stale = {target for target, reason in reasons(gongkai, nation).items() if reason}
    assert stale == {"990000-copy/2023", "990000-copy/2024"}
    cells.write_text(text, encoding="utf-8")
    assert not any(reasons(gongkai, nation).values())
    with (nation / "990001-copy/2024/report.yml").open("a", encoding="utf-8") as file:
        file.write("# touched\n")
    assert {target for target, reason in reasons(gongkai, nation).items() if reason} == {"990001-copy/2024"}
    assert all(
        reasons for reasons in [gongkai("build", "--force", "--dry-run", "--params", nation).stdout.count("forced")]
    )


def test_one_failure_stops_no_other_and_is_listed(gongkai, nation: Path) -> None:
    for county in sorted(nation.iterdir())[3:]:
        shutil.rmtree(county)
    broken = nation / "990001-copy/2024/review.csv"
    broken.write_text(
        broken.read_text(encoding="utf-8").replace(
            "review.reconsideration,行政复议,", "review.reconsideration,行政复议,1"
        )
    )
    done = gongkai("build", "--params", nation, "--jobs", 2, "--json")
    assert done.returncode == 1
    summary = json.loads(done.stdout)
    assert (summary["built"], summary["failed"]) == (5, 1)
    failed = [report for report in summary["reports"] if report["status"] == "failed"]
    assert [report["target"] for report in failed] == ["990001-copy/2024"]
    assert "T4-SUM" in failed[0]["error"]
    build = nation.parent / "build"
    assert json.loads((build / "summary.json").read_text(encoding="utf-8")) == summary
    assert (build / ".work/990001-copy/2024/report.ipynb").is_file()


def test_a_fault_of_the_program_stops_no_other_either(nation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Libraries fail in ways nobody foresees: the report is listed as failed, the traceback kept for who mends it."""
    out = nation.parent / "build"
    targets = [target for target in every(nation) if target.year == 2024][:3]
    scratch = out / ".work" / "run-1"
    tasks = [Task(target, nation, out, master(ROOT / "params"), engine="forked", scratch=scratch) for target in targets]
    publish = build.artefacts

    faults: list[Exception] = [ValueError("nobody foresaw this"), OSError(28, "No space left on device", "report.pdf")]

    def artefacts(*given: Any) -> Any:
        if faults:
            raise faults.pop(0)
        return publish(*given)

    monkeypatch.setattr(build, "artefacts", artefacts)
    results = [settle(task, build.build(task)) for task in tasks]
    assert [result.status for result in results] == ["failed", "failed", "built"]
    assert results[0].first_line == "ValueError: nobody foresaw this"
    assert results[1].error == "report.pdf: No space left on device"
    trace = out / ".work" / str(targets[0]) / "traceback.txt"
    assert str(trace) in str(results[0].error)
    assert "test_batch.py" in trace.read_text(encoding="utf-8")


def test_an_output_folder_that_cannot_be_is_one_line(gongkai, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = gongkai("build", "371524-donge/2020", "--out", tmp_path / "file" / "out")
    assert done.returncode == 1
    assert done.stderr == f"gongkai: {tmp_path / 'file' / 'out'}: Not a directory\n"
    assert "Traceback" not in done.stderr


def test_a_kill_in_the_middle_loses_nothing_finished_and_halves_nothing(gongkai, nation: Path) -> None:
    """SIGKILL as soon as two reports stand; the rerun keeps them and finishes the rest."""
    build = nation.parent / "build"
    batch = subprocess.Popen(
        [GONGKAI, "build", "--params", nation, "--jobs", "2"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 120
    while len(list(build.glob("99*/*/manifest.json"))) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
    batch.send_signal(signal.SIGKILL)
    batch.wait()
    finished = {path.parent: path.read_bytes() for path in build.glob("99*/*/manifest.json")}
    assert 2 <= len(finished) < 24
    for folder in build.glob("99*/*"):
        assert folder in finished, f"{folder} stands without being whole"
    done = gongkai("build", "--params", nation, "--jobs", 2, "--json")
    summary = json.loads(done.stdout)
    assert done.returncode == 0
    assert summary["failed"] == 0
    assert summary["unchanged"] >= len(finished)
    assert summary["built"] + summary["unchanged"] == 24
    assert all((folder / "manifest.json").read_bytes() == content for folder, content in finished.items())
    assert not (build / ".work").exists()


def test_workers_die_with_a_killed_batch(nation: Path) -> None:
    batch = subprocess.Popen(
        [GONGKAI, "build", "--params", nation, "--jobs", "2"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    build = nation.parent / "build"
    deadline = time.monotonic() + 120
    while not list(build.glob("99*/*/manifest.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    batch.send_signal(signal.SIGKILL)
    batch.wait()
    deadline = time.monotonic() + 30
    while (left := of_session(batch.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert left == []


def of_session(session: int) -> list[str]:
    """Command lines of the living processes of a session."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(path.name)) == session and "Z" not in (path / "stat").read_text().rsplit(")", 1)[1][:3]:
                found.append((path / "cmdline").read_text().replace("\0", " "))
        except (OSError, ProcessLookupError):
            continue
    return found


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_stops_cleanly_and_says_so(nation: Path, jobs: str) -> None:
    batch = subprocess.Popen(
        [GONGKAI, "build", "--params", nation, "--jobs", jobs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    build = nation.parent / "build"
    deadline = time.monotonic() + 120
    while not list(build.glob("99*/*/manifest.json")) and time.monotonic() < deadline:
        time.sleep(0.01)
    batch.send_signal(signal.SIGINT)
    _, talk = batch.communicate(timeout=60)
    assert batch.returncode == 130
    assert "Interrupted" in talk
    assert "Traceback" not in talk
    summary = json.loads((build / "summary.json").read_text(encoding="utf-8"))
    assert summary["interrupted"] is True
    built = {report["target"] for report in summary["reports"] if report["status"] == "built"}
    if jobs == "1":  # what was half exported is finished and counted; with more, a worker is stopped wherever it is
        assert built == {f"{path.parent.parent.name}/{path.parent.name}" for path in build.glob("99*/*/manifest.json")}


def test_verify_finds_a_changed_byte(gongkai, site: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(site / "371524-donge", out / "371524-donge")
    assert gongkai("verify", "371524-donge/2020", "--out", out).stdout.strip() == "371524-donge/2020  identical"
    page = out / "371524-donge/2020/report.html"
    page.write_bytes(page.read_bytes().replace(b"25137", b"25138", 1))
    done = gongkai("verify", "371524-donge/2020", "--out", out)
    assert done.returncode == 1
    assert "report.html on disk: differs" in done.stdout
    assert not (out / ".work").exists() or not any((out / ".work").iterdir())


def test_jobs_make_no_difference(gongkai, nation: Path, tmp_path: Path) -> None:
    for county in sorted(nation.iterdir())[2:]:
        shutil.rmtree(county)
    outputs = []
    for jobs in (1, 3):
        out = tmp_path / str(jobs)
        assert gongkai("build", "--params", nation, "--jobs", jobs, "--out", out).returncode == 0
        manifests = sorted(out.glob("99*/*/manifest.json"))
        outputs.append([json.loads(path.read_text(encoding="utf-8"))["outputs"] for path in manifests])
    assert len(outputs[0]) == 4
    assert outputs[0] == outputs[1]
