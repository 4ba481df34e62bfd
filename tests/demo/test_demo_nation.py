"""The fictitious nation: the same everywhere, lawful but for what was planted, and never over anything that exists."""

from __future__ import annotations

import csv
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.batch.targets import every
from helpers.cli import cli, main
from helpers.demo import Nation, write_nation
from helpers.errors import ParameterError
from helpers.integrity import check
from helpers.loading import whole_report

FORMS = Path(sys.modules["helpers.forms"].__file__ or "").parent


def findings(root: Path) -> dict[tuple[str, str], set[str]]:
    """Target and rule → every address that the rules name, over all county-years of a params root."""
    found: dict[tuple[str, str], set[str]] = {}
    for target in every(root):
        for finding in check(whole_report(target.county, target.year, root)).findings:
            found.setdefault((str(target), finding.rule), set()).update(finding.addresses)
    return found


def checksum(folder: Path) -> str:
    lines = [
        f"{path.relative_to(folder).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def test_a_nation_without_errors_passes_every_rule_across_the_change_of_the_form(tmp_path: Path) -> None:
    root = tmp_path / "nation"
    write_nation(root, Nation(counties=8, years=4, last_year=2022, errors=0))
    assert len(list(every(root))) == 32
    assert findings(root) == {}


def test_exactly_the_planted_errors_are_found(tmp_path: Path) -> None:
    """Guards the rules and the listing alike: nothing planted is missed, nothing else is found."""
    root = tmp_path / "nation"
    write_nation(root, Nation(counties=18, years=4, last_year=2023, errors=16))
    with (root / "errors.csv").open(encoding="utf-8", newline="") as file:
        planted = {(line["target"], line["rule"]): line["address"] for line in csv.DictReader(file)}
    found = findings(root)
    assert set(found) == set(planted)
    assert all(address in found[key] for key, address in planted.items())
    assert len({target.split("/")[0] for target, _ in planted}) == 16
    assert {"T3-ROWS", "T3-COLS", "T3-FLOW", "BLANK", "JUMP", "LEVEL", "T2-STOCK"} <= {rule for _, rule in planted}


def test_a_form_nobody_has_seen_is_filled_in_by_its_laws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No address is known to the generator as a total: rename rows and columns, and the sums still come out."""
    text = (FORMS / "2021.yaml").read_text(encoding="utf-8")
    for old, new in {
        'form: "2021"': 'form: "2041"', "from: 2021": "from: 2041", "granted": "allowed", "natural_person": "person",
        "in_force": "standing", "id: total": "id: altogether", "left: [total]": "left: [altogether]",
        "right: [total,": "right: [altogether,", "licensing": "permits",
    }.items():  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "2041.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("GONGKAI_FORMS", str(tmp_path / "forms"))
    root = tmp_path / "nation"
    write_nation(root, Nation(counties=4, years=3, last_year=2042, errors=0))
    for target in every(root):
        checks = check(whole_report(target.county, target.year, root))
        assert checks.findings == ()
    assert checks.report.form.id == "2041"
    assert {rule.id for rule in checks.rules if rule.status == "not-run"} <= {"JUMP"} | {
        rule.id for rule in checks.rules if rule.id.startswith("TEXT")
    }


def test_a_county_does_not_depend_on_the_size_of_its_nation(tmp_path: Path) -> None:
    write_nation(tmp_path / "few", Nation(counties=3, errors=0))
    write_nation(tmp_path / "more", Nation(counties=6, errors=0))
    for county in (path.name for path in (tmp_path / "few").glob("99*")):
        assert checksum(tmp_path / "few" / county) == checksum(tmp_path / "more" / county)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the locale, the time zone and the hash seed; and the pinned county on every machine and Python."""
    nation = Nation(counties=5, years=2, last_year=2021, errors=2)
    write_nation(tmp_path / "here", nation)
    arguments = ["--counties", "5", "--years", "2", "--last-year", "2021", "--errors", "40%"]
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "0", "TZ": "Asia/Shanghai"}
    command = [sys.executable, "-c", "from helpers.cli import main; main()", "demo-nation", "there", *arguments]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "there\n"
    assert checksum(tmp_path / "there") == checksum(tmp_path / "here")
    write_nation(tmp_path / "other", Nation(counties=5, years=2, last_year=2021, errors=2, seed=2))
    assert checksum(tmp_path / "other") != checksum(tmp_path / "here")
    first = sorted(every(tmp_path / "here"))[0]
    report = whole_report(first.county, first.year, tmp_path / "here")
    figures = [report.value(f"requests.{row}.total") for row in ("received", "total")]
    assert (first.county, figures) == ("990001-songtanxu", [88, 90])


def test_every_county_is_clearly_fictitious(tmp_path: Path) -> None:
    write_nation(tmp_path / "nation", Nation(counties=200, years=1, errors=0))
    reports = [whole_report(target.county, target.year, tmp_path / "nation") for target in every(tmp_path / "nation")]
    assert all((report.body.code or "").startswith("99") for report in reports)
    assert all("虚构" in report.body.name and "虚构" in (report.source.statement or "") for report in reports)
    assert len({report.body.short for report in reports}) == 200
    wrote_more = sum("总体情况" in report.draft.text for report in reports if report.draft)
    assert 0 < wrote_more < 200


def test_a_folder_that_holds_anything_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    with pytest.raises(ParameterError, match="empty folder"):
        write_nation(tmp_path, Nation(counties=1))
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_nation(tmp_path / "empty", Nation(counties=1, errors=0))
    assert len(list(every(tmp_path / "empty"))) == 2


@pytest.mark.parametrize(
    "nation",
    [Nation(counties=0), Nation(counties=10_000), Nation(counties=3, errors=4), Nation(counties=3, last_year=2019)],
)
def test_an_impossible_nation_is_refused_before_anything_is_written(tmp_path: Path, nation: Nation) -> None:
    with pytest.raises(ParameterError):
        write_nation(tmp_path / "nation", nation)
    assert list(tmp_path.iterdir()) == []


def test_the_command_refuses_what_is_no_count(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as leaving:
        main(["demo-nation", "never-written", "--errors", "some"])
    assert leaving.value.code == 2
    assert "neither a count nor a share" in capsys.readouterr().err
    assert "demo-nation" in cli.list_commands(None)  # type: ignore[arg-type]
