"""`gongkai audit` as a shell sees it: planted errors are found, sound reports pass, bad files cost themselves alone."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path

import pytest
from reports import ONE_MORE_LAST_YEAR, changed, publish, published_report


def rules_of(entry: dict) -> list[str]:
    return [finding["rule"] for finding in entry["findings"] if finding["level"] == "error"]


def test_a_report_without_a_fault_passes(gongkai, tmp_path: Path) -> None:
    file = publish(published_report(2024), tmp_path / "a.html")
    done = gongkai("audit", file)
    assert (done.returncode, done.stdout) == (0, f"{file}  云州市人民政府2024年：未发现问题\n")
    assert "T3-YEAR 未能校验：没有上一年度的数据" in done.stderr


def test_exactly_the_planted_errors_are_found(gongkai, tmp_path: Path) -> None:
    """One figure off in a row, one in the prose, and one placeholder: four findings, and no more."""
    report = published_report(2024, problems="一是解读质量不高；二是共收到政府信息公开申请98765件，XX件未办结。")
    report = changed(report, {"review.litigation_direct.total": 2, "requests.denied.state_secret.other": 1})
    done = gongkai("audit", publish(report, tmp_path / "a.html"), "--json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert list(data) == ["file", "report", "rules", "findings", "uncertain"]
    assert data["report"] == {"body": "云州市人民政府", "code": None, "year": 2024, "form": "2021"}
    errors = [finding for finding in data["findings"] if finding["level"] == "error"]
    assert sorted(rules_of(data)) == ["T3-COLS", "T3-ROWS", "T4-SUM", "TEXT-COUNT", "TEXT-RESIDUE"]
    assert {f["rule"]: f["difference"] for f in errors if f["rule"].startswith("T")}["T4-SUM"] == 2
    assert next(f["excerpt"] for f in errors if f["rule"] == "TEXT-COUNT").count("98765") == 1


def test_consecutive_years_of_a_body_are_paired(gongkai, tmp_path: Path) -> None:
    publish(changed(published_report(2023), ONE_MORE_LAST_YEAR), tmp_path / "b" / "2023.html")
    publish(published_report(2024), tmp_path / "b" / "2024.html")
    done = gongkai("audit", tmp_path, "--json", "--jobs", 2)
    last, now = json.loads(done.stdout)
    assert done.returncode == 1
    assert (last["report"]["year"], rules_of(last)) == (2023, [])
    assert rules_of(now) == ["T3-YEAR", "T3-YEAR"]
    status = {rule["id"]: rule["status"] for rule in now["rules"]}
    for rule in ("T2-STOCK", "JUMP", "TEXT-GROWTH", "TEXT-REPEAT"):
        assert status[rule] != "not-run", rule
    shown = gongkai("audit", tmp_path).stdout
    assert f"对照上年：{tmp_path}/b/2023.html" in shown


def test_the_year_before_can_be_named(gongkai, tmp_path: Path) -> None:
    last = publish(changed(published_report(2023), ONE_MORE_LAST_YEAR), tmp_path / "old" / "x.html")
    now = publish(published_report(2024), tmp_path / "y.html")
    done = gongkai("audit", now, "--previous", last, "--json")
    assert (done.returncode, rules_of(json.loads(done.stdout))) == (1, ["T3-YEAR", "T3-YEAR"])

    wrong = gongkai("audit", last, "--previous", now)
    assert wrong.returncode == 2
    assert "expected a report on 2022, found one on 2024" in wrong.stderr
    missing = gongkai("audit", now, "--previous", tmp_path / "none.html")
    assert missing.returncode == 1
    assert "No such file" in missing.stderr
    assert gongkai("audit", now, last, "--previous", last).returncode == 2


def test_bad_files_cost_themselves_alone(gongkai, tmp_path: Path) -> None:
    good = publish(published_report(2024), tmp_path / "good.html")
    (tmp_path / "wrong-name.pdf").write_bytes(good.read_bytes())
    (tmp_path / "cut.html").write_bytes(good.read_bytes()[:3000])
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "WordDocument".encode("utf-16-le"))
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", bytes(300_000_000))
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(500 * 2**20)
    (tmp_path / "notes.md").write_text("no report")
    (tmp_path / "~$lock.docx").write_bytes(b"\0")
    os.mkfifo(tmp_path / "pipe.html")

    done = gongkai("audit", tmp_path, "--json")
    entries = {Path(entry["file"]).name: entry for entry in json.loads(done.stdout)}
    assert done.returncode == 1
    assert list(entries) == [
        "bomb.docx",
        "cut.html",
        "empty.docx",
        "good.html",
        "huge.txt",
        "old.doc",
        "wrong-name.pdf",
    ]
    assert all(set(entries[name]) == {"file", "error"} for name in set(entries) - {"good.html", "wrong-name.pdf"})
    assert all("\n" not in entry.get("error", "") for entry in entries.values())
    assert "soffice --headless --convert-to docx" in entries["old.doc"]["error"]
    assert entries["good.html"]["findings"] == entries["wrong-name.pdf"]["findings"] == []

    talk = gongkai("audit", tmp_path)
    assert "[7/7]" in talk.stderr
    assert f"{tmp_path}/pipe.html: passed over, no regular file." in talk.stderr
    assert len([line for line in talk.stderr.splitlines() if "expected" in line]) == 5
    assert "Traceback" not in talk.stderr


def test_a_file_that_takes_too_long_is_given_up(gongkai, tmp_path: Path) -> None:
    done = gongkai("audit", publish(published_report(2024), tmp_path / "a.html"), "--timeout", 0.001)
    assert done.returncode == 1
    assert "a.html: expected a report that is read within 0.001 s, found one that takes longer" in done.stderr


def test_a_file_that_needs_too_much_memory_is_given_up(gongkai, tmp_path: Path) -> None:
    done = gongkai("audit", publish(published_report(2024), tmp_path / "a.html"), "--memory", 64)
    assert done.returncode == 1
    assert "a.html: expected a report that is read in 64 MiB, found one that needs more" in done.stderr


def test_links_out_of_a_folder_and_in_circles_are_not_followed_and_named(gongkai, tmp_path: Path) -> None:
    publish(published_report(2024), tmp_path / "in" / "a.html")
    publish(published_report(2024), tmp_path / "out" / "b.html")
    (tmp_path / "in" / "self").symlink_to(".")
    (tmp_path / "in" / "out").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "gone.html").symlink_to("nowhere")
    done = gongkai("audit", tmp_path / "in")
    assert done.returncode == 0
    assert "b.html" not in done.stdout
    told = [line.removeprefix(f"{tmp_path}/in/") for line in done.stderr.splitlines() if "passed over" in line]
    assert sorted(told) == [
        "gone.html: passed over, no regular file.",
        "out: passed over, a link to a folder.",
        "self: passed over, a link to a folder.",
    ]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "Missing argument"),
        (["a.html", "--memory", "0"], "--memory"),
        (["."], "expected published reports"),
        (["a.html", "--jobs", "0"], "--jobs"),
        (["a.html", "--timeout", "0"], "--timeout"),
    ],
)
def test_a_wrong_command_is_answered_with_exit_code_2(gongkai, tmp_path: Path, arguments, words: str) -> None:
    done = gongkai("audit", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_missing_file_is_one_that_cannot_be_read(gongkai, tmp_path: Path) -> None:
    done = gongkai("audit", "none.html", "--json", cwd=tmp_path)
    assert done.returncode == 1
    assert "No such file" in json.loads(done.stdout)["error"]


def test_names_that_are_no_text_and_words_that_steer_terminals_are_shown_harmless(gongkai, tmp_path: Path) -> None:
    file = publish(published_report(2024, problems="XX件\x1b[31m未办结，XX件已办结。"), tmp_path / "a.html")
    file.rename(tmp_path / os.fsdecode("东阿".encode("gbk") + b".html"))
    done = gongkai("audit", tmp_path)
    assert done.returncode == 1
    assert "\ufffd" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.mark.parametrize("command", ["audit", "import"])
def test_help_shows_examples(gongkai, command: str) -> None:
    done = gongkai(command, "--help")
    assert done.returncode == 0
    assert done.stdout.count(f"gongkai {command} ") >= 4
