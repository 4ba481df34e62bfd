"""A nation in which some counties hang, bomb, crash or lack files: the others are published, these are named."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from nations import YEAR, counties, own_notebook

COMMANDS = (("list",), ("build", "--dry-run"))


def county(params: Path, number: int) -> Path:
    return params / f"9900{number:02d}-copy"


def missing_settings(year: Path) -> None:
    (year / "report.yml").unlink()


def unknown_notebook(year: Path) -> None:
    with (year / "report.yml").open("a", encoding="utf-8") as file:
        file.write("notebook: nowhere.ipynb\n")


def binary_notebook(year: Path) -> None:
    (year.parents[2] / "notebooks" / "binary.ipynb").write_bytes(bytes(range(256)))
    with (year / "report.yml").open("a", encoding="utf-8") as file:
        file.write("notebook: binary.ipynb\n")


def year_without_a_form(year: Path) -> None:
    year.rename(year.with_name("1999"))


def settings_that_are_a_folder(year: Path) -> None:
    (year / "report.yml").unlink()
    (year / "report.yml").mkdir()


def table_that_is_a_fifo(year: Path) -> None:
    (year / "review.csv").unlink()
    os.mkfifo(year / "review.csv")


def dangling_prose(year: Path) -> None:
    (year / "narrative.md").unlink()
    (year / "narrative.md").symlink_to(year / "nowhere.md")


def no_county_file(year: Path) -> None:
    (year.parent / "county.yml").rename(year.parent / "country.yml")


def odd_name(year: Path) -> None:
    Path(os.fsdecode(os.fsencode(year) + b"/\xff\xfe.csv")).write_text("x")


SPOILT = (
    missing_settings, unknown_notebook, binary_notebook, year_without_a_form, settings_that_are_a_folder,
    table_that_is_a_fifo, dangling_prose, no_county_file,
)  # fmt: skip


@pytest.mark.parametrize("spoil", SPOILT)
def test_one_county_stops_no_other_from_being_looked_at(gongkai, tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    params = counties(tmp_path, 2)
    spoil(county(params, 0) / str(YEAR))
    for command in COMMANDS:
        done = gongkai(*command, "--params", params, "--json")
        assert done.returncode == 0, done.stderr
        assert [entry["target"].split("/")[0] for entry in json.loads(done.stdout)] == [
            "990000-copy", "990001-copy",
        ]  # fmt: skip
    checked = gongkai("check", "--params", params)
    assert "东阿县" in checked.stdout
    if spoil not in (unknown_notebook, binary_notebook):
        assert checked.returncode == 1
        assert checked.stderr.startswith("990000-copy/")
    assert "Traceback" not in checked.stderr


def test_a_tarpit_costs_only_those_who_dug_it(gongkai, tmp_path: Path) -> None:
    """Twelve counties: one hangs, one takes all memory, one ends its process, one floods, three lack files."""
    params = counties(tmp_path, 12)
    own_notebook(params, 1, "import time; time.sleep(600)")
    own_notebook(params, 3, "hoard = [bytearray(2**20) for _ in range(10**6)]")
    own_notebook(params, 5, "import ctypes; ctypes.string_at(0)")
    own_notebook(params, 7, "import os; [os.fork() or os.pause() for _ in range(20)] if 0 else os._exit(7)")
    table_that_is_a_fifo(county(params, 8) / str(YEAR))
    missing_settings(county(params, 9) / str(YEAR))
    binary_notebook(county(params, 10) / str(YEAR))
    out = tmp_path / "build"
    done = gongkai("build", "--params", params, "--jobs", 2, "--timeout", 8, "--memory", 900, "--json")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    reports = {report["target"]: report for report in json.loads(done.stdout)["reports"]}
    failed = {target[4:6]: report["error"] for target, report in reports.items() if report["status"] == "failed"}
    assert sorted(failed) == ["01", "03", "05", "07", "08", "09", "10"]
    assert {report["status"] for report in reports.values()} == {"built", "failed"}
    for number, words in (
        ("01", "own-01.ipynb, cell 4 (import time; time.sleep(600)): not finished in time. A notebook may take 8 s"),
        ("03", "own-03.ipynb, cell 4 (hoard = "),
        ("03", "): MemoryError. A notebook may take 8 s and 900 MiB (--timeout, --memory)"),
        ("05", "own-05.ipynb, cell 4 (import ctypes; ctypes.string_at(0)): its process died (SIGSEGV)"),
        ("07", "(exit code 7)"), ("08", "review.csv"),
        ("09", "report.yml"), ("10", "binary.ipynb"),
    ):  # fmt: skip
        assert words in failed[number]
        assert "fault of the program" not in failed[number]
    for number in ("01", "03", "05", "07"):
        kept = f".work/9900{number}-copy/{YEAR}/report.ipynb"
        assert kept in failed[number]
        assert (out / kept).is_file()
    assert sorted(path.parts[-3][4:6] for path in out.glob("99*/*/manifest.json")) == ["00", "02", "04", "06", "11"]
    assert sorted(path.name for path in (out / ".work").iterdir()) == [
        f"9900{number:02d}-copy" for number in (1, 3, 5, 7, 8)
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_output_that_kills_its_exporter_costs_one_report(gongkai, tmp_path: Path, jobs: int) -> None:
    """What a notebook shows is read in a worker: as many nested groups as no reader of SVG has a stack for."""
    params = counties(tmp_path, 4)
    own_notebook(
        params, 1,
        "from IPython.display import SVG, display\n"
        "display({'image/svg+xml': '<svg xmlns=\"http://www.w3.org/2000/svg\">' + '<g>' * 10**5 + '</g>' * 10**5"
        " + '</svg>'}, raw=True)", at=-1,
    )  # fmt: skip
    done = gongkai("build", "--params", params, "--jobs", jobs, "--json")
    reports = json.loads(done.stdout)["reports"]
    assert [report["status"] for report in reports] == ["built", "failed", "built", "built"]
    assert "Traceback" not in done.stderr


def test_a_template_that_would_hang_or_bomb_a_check_is_given_up(gongkai, tmp_path: Path) -> None:
    params = counties(tmp_path, 3)
    prose = county(params, 1) / str(YEAR) / "narrative.md"
    prose.write_text(prose.read_text(encoding="utf-8").rstrip() + "\n\n{{ 'x' * 10 ** 11 }}\n", encoding="utf-8")
    for targets in ([], ["990001-copy"]):
        done = gongkai("check", "--params", params, *targets)
        assert done.returncode == 1
        assert done.stderr.count("\n990001-copy/2020: ") + done.stderr.startswith("990001-copy/2020: ") == 1
        assert "Traceback" not in done.stderr
    assert gongkai("check", "--params", params).stdout.count("可以发布") == 2


def test_what_nobody_foresaw_is_one_line_and_a_place_for_the_details(tmp_path: Path, monkeypatch, capsys) -> None:
    from helpers import cli, faults

    monkeypatch.setattr(faults, "_LOGS", str(tmp_path))
    faults._log.cache_clear()
    monkeypatch.setattr(cli.cli, "main", lambda *_args, **_options: 1 // 0)
    with pytest.raises(SystemExit) as left:
        cli.main(["list"])
    faults._log.cache_clear()
    said = capsys.readouterr().err
    log = next(tmp_path.iterdir())
    assert left.value.code == 1
    assert said.splitlines() == [
        "gongkai: ZeroDivisionError: integer division or modulo by zero",
        f"This is a fault of the program, not of the data; its traceback is kept at {log}.",
    ]
    assert "Traceback" in log.read_text(encoding="utf-8")
