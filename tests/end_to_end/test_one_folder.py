"""Two builds and one output folder: one at a time, whatever is killed when; every edition is whole or rebuilt."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from nations import counties, start, tree

from helpers.batch import manifest
from helpers.batch.build import build
from helpers.batch.editions import held, settle
from helpers.batch.notebooks import master
from helpers.batch.targets import Target
from helpers.batch.task import Result, Task
from helpers.batch.verify import _as_it_stands
from helpers.errors import BuildError

ROOT = Path(__file__).parents[2]
DONGE = Target("371524-donge", 2020)


@pytest.fixture
def task(site: Path, tmp_path: Path) -> Task:
    """东阿县 as built into an output folder of one's own, with a second edition grown beside it."""
    out = tmp_path / "out"
    scratch = out / ".work" / "run-1"
    for place in (out, scratch):
        shutil.copytree(site / "371524-donge", place / "371524-donge")
    return Task(DONGE, ROOT / "params", out, master(ROOT / "params"), scratch=scratch)


def test_who_holds_the_folder_is_told_and_nobody_waits_who_would_not(gongkai, tmp_path: Path) -> None:
    with held(tmp_path, wait=False, say=print):
        done = gongkai("build", "371524-donge/2020", "--out", tmp_path, "--no-wait")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert f"process {os.getpid()} on " in done.stderr
    assert not any(tmp_path.iterdir())


def test_a_second_build_says_that_it_waits_and_then_builds(site: Path, tmp_path: Path) -> None:
    shutil.copytree(site / "371524-donge", tmp_path / "371524-donge")
    with held(tmp_path, wait=False, say=print):
        second = start("build", "371524-donge/2020", "--out", tmp_path)
        assert second.stderr is not None
        assert f"process {os.getpid()}" in second.stderr.readline()
        assert second.poll() is None
    out, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert "report.html" in out


def test_waiting_ends_with_ctrl_c(tmp_path: Path) -> None:
    with held(tmp_path, wait=False, say=print):
        second = start("build", "371524-donge/2020", "--out", tmp_path)
        assert second.stderr is not None
        second.stderr.readline()
        second.send_signal(signal.SIGINT)
        _, said = second.communicate(timeout=30)
    assert second.returncode == 130
    assert said.strip() == "Interrupted."


def test_a_killed_holder_holds_nothing_and_what_it_left_is_cleared_away(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path; from helpers.batch.editions import held\n"
        "with held(Path(sys.argv[1]), False, print) as scratch:\n"
        "    (scratch / 'half').mkdir(); print(scratch, flush=True); time.sleep(600)"
    )
    holder = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    left = Path(holder.stdout.readline().strip())
    assert left.is_dir()
    with pytest.raises(BuildError, match=f"process {holder.pid} on"), held(tmp_path, wait=False, say=print):
        pass
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with held(tmp_path, wait=False, say=print) as scratch:
        assert not left.exists()
        assert scratch.is_dir()
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("builds", [2, 3])
def test_every_edition_is_whole_after_builds_at_once(tmp_path: Path, builds: int) -> None:
    params, out = counties(tmp_path, 3), tmp_path / "build"
    command = ("build", "--params", params, "--out", out, "--force", "--json")
    running = [start(*command, "--jobs", number % 2 + 1) for number in range(builds)]
    summaries = [json.loads(process.communicate(timeout=300)[0]) for process in running]
    assert [(summary["built"], summary["failed"]) for summary in summaries] == [(3, 0)] * builds
    assert [path for path in out.glob(".work") if any(path.iterdir())] == []
    for folder in out.glob("99*/*"):
        recorded = manifest.read(folder)
        assert recorded is not None
        assert manifest.flaw(folder, recorded) is None
        assert manifest.outputs(folder) == recorded.outputs


def test_a_report_caught_between_two_renames_is_found_and_put_back(gongkai, task: Task) -> None:
    before = tree(task.built)
    task.aside.parent.mkdir()
    task.built.rename(task.aside)
    assert task.standing == task.aside
    listed = gongkai("list", DONGE, "--out", task.out, "--json")
    assert json.loads(listed.stdout)[0]["state"] == "up to date"
    with held(task.out, wait=False, say=print):
        assert tree(task.built) == before
        assert not task.aside.exists()


def test_what_is_looked_at_while_it_is_replaced_is_one_edition(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    """The replacement happens between reading the manifest and reading the files."""
    page = task.work / "report.html"
    page.write_bytes(page.read_bytes() + b"\n")
    recorded = manifest.read(task.work)
    assert recorded is not None
    changed = {**recorded.outputs, "report.html": manifest.outputs(task.work)["report.html"]}
    text = (task.work / "manifest.json").read_text(encoding="utf-8")
    text = text.replace(recorded.outputs["report.html"], changed["report.html"])
    size = page.stat().st_size
    text = text.replace(f'"report.html": {size - 1}', f'"report.html": {size}')
    (task.work / "manifest.json").write_text(text, encoding="utf-8")
    outputs = manifest.outputs

    def slow(folder: Path) -> dict[str, str]:
        monkeypatch.setattr(manifest, "outputs", outputs)
        assert settle(task, Result(DONGE, "built", 0.0)).status == "built"
        return outputs(folder)

    monkeypatch.setattr(manifest, "outputs", slow)
    seen, found = _as_it_stands(task)
    assert seen is not None
    assert found == seen.outputs == changed


def delete(path: Path) -> None:
    path.unlink()


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def empty_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def fifo(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("spoil", [delete, truncate, empty_folder, fifo])
@pytest.mark.parametrize("name", [*manifest.FILES, "manifest.json", "figures/requests-flow.svg"])
def test_a_damaged_edition_is_never_taken_for_whole(task: Task, name: str, spoil: Callable[[Path], None]) -> None:
    figures = sorted(path.relative_to(task.built).as_posix() for path in task.built.glob("figures/*"))
    name = figures[0] if name.startswith("figures") else name
    assert manifest.stale(task) is None
    spoil(task.built / name)
    assert manifest.stale(task) in ("not built yet", f"output {name} is missing", f"output {name} is damaged")
    spoil(task.work / name)
    result = settle(task, Result(DONGE, "built", 0.0))
    assert result.status == "failed"
    assert "not published" in str(result.error)


def test_a_manifest_that_promises_too_little_is_no_excuse(task: Task) -> None:
    text = json.loads((task.built / "manifest.json").read_text(encoding="utf-8"))
    for part in ("outputs", "sizes"):
        text[part] = {}
    (task.built / "manifest.json").write_text(json.dumps(text), encoding="utf-8")
    assert str(manifest.stale(task)).startswith("output report.html")
    (task.built / "manifest.json").write_text("[" * 100_000, encoding="utf-8")
    assert manifest.stale(task) == "not built yet"


def test_verify_finds_a_changed_notebook_and_leaves_a_read_only_folder_alone(gongkai, task: Task) -> None:
    shutil.rmtree(task.out / ".work")
    notebook = task.built / "report.ipynb"
    notebook.write_bytes(notebook.read_bytes().replace(b"table", b"tabel", 1))
    before = tree(task.out)
    done = gongkai("verify", DONGE, "--out", task.out)
    assert done.stdout == f"{DONGE}  report.ipynb on disk: differs\n"
    assert done.returncode == 1
    assert tree(task.out) == before
    assert sorted(path.name for path in task.out.iterdir()) == ["371524-donge"]


def test_a_failed_promotion_keeps_the_former_report(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(task.built)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == task.work:
            raise OSError(30, "Read-only file system", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    result = settle(task, Result(DONGE, "built", 0.0))
    assert (result.status, result.error) == ("failed", f"{task.work}: Read-only file system")
    assert tree(task.built) == before


def test_what_is_left_of_a_failure_stands_where_it_is_said_to(task: Task) -> None:
    said = f"ValueError: x\nIts traceback is kept at {task.work}/traceback.txt."
    for _ in range(2):
        task.work.mkdir(parents=True, exist_ok=True)
        (task.work / "traceback.txt").write_text("why")
        result = settle(task, Result(DONGE, "failed", 0.0, (), said))
        assert result.error == f"ValueError: x\nIts traceback is kept at {task.kept}/traceback.txt."
    assert task.kept.is_dir()
    assert settle(replace(task, scratch=task.out / "none"), Result(DONGE, "failed", 0.0, (), "y")).error == "y"


def test_a_task_without_a_run_grows_nowhere(task: Task, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    result = build(Task(DONGE, task.params, task.out, task.notebook))
    assert result.status == "failed"
    assert not any((tmp_path / "here").iterdir())


def test_a_build_that_is_stopped_lets_the_next_one_in_at_once(task: Task) -> None:
    started = time.monotonic()
    for _ in range(3):
        with pytest.raises(KeyboardInterrupt), held(task.out, wait=False, say=print):
            raise KeyboardInterrupt
    assert time.monotonic() - started < 5
