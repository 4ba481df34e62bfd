"""Small ends: streams that are closed, disks that are full, homes that cannot be written to, names of any bytes."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from pathlib import Path

import pytest
from nations import GONGKAI, ROOT, counties, own_notebook

from helpers.batch import surroundings
from helpers.report import AnnualReport

YEAR = "371524-donge/2020"


def shell(script: str, *arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """A script with `gongkai` as $G and the arguments as $1, $2 …"""
    return subprocess.run(
        ["bash", "-c", script, "bash", *map(os.fsencode, map(str, arguments))], cwd=ROOT,
        env={**os.environ, "G": str(GONGKAI), **environment}, capture_output=True, check=False, timeout=300,
    )  # fmt: skip


@pytest.mark.parametrize("redirection", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_cost_nothing(tmp_path: Path, redirection: str) -> None:
    done = shell(f'"$G" build {YEAR} --out "$1" {redirection}', tmp_path)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["371524-donge", "summary.json"]
    manifest = json.loads((tmp_path / YEAR / "manifest.json").read_text(encoding="utf-8"))
    assert len(manifest["outputs"]) > 15


@pytest.mark.parametrize("command", ["list --json", "build --dry-run", "check", f"build --json {YEAR} --out $1"])
def test_a_reader_that_has_seen_enough_hears_no_complaint(tmp_path: Path, command: str) -> None:
    done = shell(f'{{ "$G" {command}; echo "code $?" >&2; }} | head -c 1; sleep 0.1', tmp_path)
    assert b"Traceback" not in done.stderr
    assert b"Broken pipe" not in done.stderr
    assert b"Exception ignored" not in done.stderr


def test_output_that_cannot_be_written_is_one_line() -> None:
    done = shell('"$G" list > /dev/full')
    assert done.returncode == 1
    assert done.stderr.decode() == "gongkai: No space left on device\n"


def test_a_full_disk_leaves_every_report_its_own_reason(tmp_path: Path) -> None:
    """No file may be longer than the limit, which is what a disk without room for one says."""
    params = counties(tmp_path, 2)
    own_notebook(params, 1, "1 / 0")
    done = shell('ulimit -f 100; "$G" build --params "$1" --jobs 2', params)
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "990000-copy/2020 failed:" in said
    assert "/990000-copy/2020/report." in said
    assert "File too large" in said
    assert "own-01.ipynb, cell 4 (1 / 0): ZeroDivisionError" in said
    assert "Traceback" not in said
    assert not list((tmp_path / "build").glob("99*"))


@pytest.mark.parametrize(
    ("command", "file"),
    [
        ("import $1/data.json --into $1/371524-donge", "371524-donge/."),
        ("diff $1/data.json $1/data.json --html $1/diff.html", "diff.html"),
        ("demo-nation $1/nation --counties 1 --years 1", "nation"),
        ("new 371525-guan 2024 --name 冠 --body 冠县 --level county --params $1", "371525-guan/."),
    ],
)
def test_what_does_not_fit_on_the_disk_is_named(tmp_path: Path, donge: AnnualReport, command: str, file: str) -> None:
    (tmp_path / "data.json").write_text(donge.as_json(), encoding="utf-8")
    done = shell(f'ulimit -f 0; "$G" {command} 2>&1 | cat', tmp_path)
    *_, said = [line for line in done.stdout.decode().splitlines() if file in line]
    assert "File too large" in said
    assert "report this file" not in done.stdout.decode()
    assert {path.name for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size} == {"data.json"}


def test_a_read_only_folder_is_named(tmp_path: Path) -> None:
    params = counties(tmp_path, 1)
    done = shell('"$G" build --params "$1" --out /proc/gongkai', params)
    assert done.returncode == 1
    assert done.stderr.decode() == "gongkai: /proc/gongkai: No such file or directory\n"


def test_nothing_is_left_where_the_home_cannot_be_written_to(tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    environment = {"HOME": "/proc/none", "TMPDIR": str(temporary), "XDG_CONFIG_HOME": "", "XDG_CACHE_HOME": ""}
    done = shell(f'"$G" build {YEAR} --out "$1"', tmp_path / "out", **environment)
    assert done.returncode == 0, done.stderr
    assert b"matplotlib" not in done.stderr.lower()
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "out" / ".work").exists()


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e300", "1e-300", "9" * 400, "0", "-1", "x", "²"])
def test_a_limit_is_a_number_that_a_clock_takes(tmp_path: Path, value: str) -> None:
    for command in ("build", "verify", "import $1", "diff $1 $1", "audit $1"):
        for option in ("timeout", "memory"):
            done = shell(f'"$G" {command} --{option}="$2"', tmp_path / "a.html", value)
            assert done.returncode == 2, command
            assert f"Invalid value for '--{option}'" in done.stderr.decode()
    done = shell('"$G" build', GONGKAI_TIMEOUT=value)
    assert (done.returncode, b"Traceback" in done.stderr) == (2, False)


def test_a_home_without_room_is_no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full takes files, and then nothing into them; permissions do not tell."""
    monkeypatch.setenv("HOME", str(tmp_path))
    with surroundings.temporary(tmp_path / "run"):
        assert "IPYTHONDIR" not in os.environ
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        with surroundings.temporary(tmp_path / "full"):
            assert os.environ["IPYTHONDIR"].startswith(str(tmp_path / "full"))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


CIRCLES = ("build --out $1", "verify --out $1", "list --params $1", "build --params $1", "audit $1", "import $1",
           "audit README.md --html $1", "build --notebook $1", "check --params $1")  # fmt: skip


@pytest.mark.parametrize("command", CIRCLES)
def test_links_that_lead_in_a_circle_are_one_line(tmp_path: Path, command: str) -> None:
    (tmp_path / "circle").symlink_to("circle")
    done = shell(f'"$G" {command}', tmp_path / "circle")
    assert done.returncode in (1, 2)
    assert b"fault of the program" not in done.stdout + done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", [b"{x}", b"{", b"\xff\xfe", "报告 一".encode(), b"a\nb", b"[red]"])
def test_an_output_folder_may_have_any_name(tmp_path: Path, name: bytes) -> None:
    out = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    done = shell(f'"$G" build {YEAR} --out "$1"', out)
    assert done.returncode == 0, done.stderr
    assert (out / YEAR / "report.pdf").is_file()
    assert done.stdout.count(b"\n") == 2


def test_a_params_folder_and_a_notebook_may_have_any_name(tmp_path: Path) -> None:
    home = Path(os.fsdecode(os.fsencode(tmp_path) + b"/{x}\xff"))
    home.mkdir()
    params = counties(home, 1)
    own_notebook(params, 0, "1")
    done = shell('"$G" build --params "$1"', params)
    assert done.returncode == 0, done.stderr
    own_notebook(counties(tmp_path, 1), 0, "1 / 0")
    failed = shell('"$G" build --params "$1" --json', tmp_path / "params")
    assert json.loads(failed.stdout)["failed"] == 1


@pytest.mark.parametrize(
    "target", [b"-0", b"\xff", b"..", ".", "", "/", "../2020", "２０２０", "371524-donge/２０２０", "2020\n", "a/b/c"]
)
def test_an_odd_target_is_a_wrong_command(target: bytes | str) -> None:
    for command in ("build", "list", "check", "verify"):
        done = shell(f'"$G" {command} "$1"', os.fsdecode(target))
        assert done.returncode == 2, command
        assert done.stdout == b""
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("engine", ["forked", "nbclient"])
def test_what_a_notebook_has_other_programs_print_does_not_get_into_the_json(tmp_path: Path, engine: str) -> None:
    """A stock kernel repeats it on its own standard output, which it has from us."""
    params = counties(tmp_path, 1)
    own_notebook(params, 0, "import os; os.system('echo loud'); print('said')")
    done = shell(f'"$G" build --params "$1" --engine {engine} --json', params)
    assert json.loads(done.stdout)["built"] == 1, done.stderr
