"""`gongkai import`: a summary, the exchange format, or a year of a params folder that checks like the original."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

from reports import publish, published_report

from helpers.report import AnnualReport


def test_the_summary_says_what_was_found(gongkai, tmp_path: Path) -> None:
    done = gongkai("import", publish(published_report(2024), tmp_path / "a.html"))
    assert done.returncode == 0
    assert done.stderr == ""
    lines = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert lines["body"] == "云州市人民政府"
    assert (lines["year"], lines["form"]) == ("2024", "2021")
    cells = len(published_report(2024).cells)
    assert lines["cells"] == f"{cells} stated, 0 blank, 0 uncertain"
    assert "五、存在的主要问题及改进情况" in done.stdout


def test_json_is_the_exchange_format(gongkai, tmp_path: Path) -> None:
    original = published_report(2024)
    done = gongkai("import", publish(original, tmp_path / "a.html"), "--json")
    report = AnnualReport.from_dict(json.loads(done.stdout))
    assert dict(report.cells) == dict(original.cells)
    assert report.text["problems"] == original.text["problems"]


def test_uncertain_cells_are_listed_on_standard_error(gongkai, tmp_path: Path) -> None:
    # A whole table printed a second time, with another figure in one row.
    file = publish(published_report(2024), tmp_path / "a.html")
    markup = file.read_text(encoding="utf-8")
    table = markup[
        markup.index("<table", markup.index("三、收到")) : markup.index("</table>", markup.index("三、收到")) + 8
    ]
    row = next(line for line in table.splitlines() if "（一）予以公开" in line)
    other = table.replace(row, row.replace("</td></tr>", "9</td></tr>"))
    file.write_text(markup.replace(table, f"{table}<p>续</p>{other}"), encoding="utf-8")
    done = gongkai("import", file)
    assert done.returncode == 0
    assert "uncertain requests.granted.total: printed twice" in done.stderr
    assert "1 uncertain" in done.stdout


def test_into_writes_a_year_that_checks(gongkai, tmp_path: Path) -> None:
    file = publish(published_report(2024), tmp_path / "a.html")
    county = tmp_path / "params" / "371500-yunzhou"
    done = gongkai("import", file, "--into", county)
    assert (done.returncode, done.stdout.strip()) == (0, str(county / "2024"))
    assert gongkai("check", "371500-yunzhou/2024", "--params", tmp_path / "params").returncode == 0
    again = gongkai("import", file, "--into", county)
    assert again.returncode == 2
    assert "there yet" in again.stderr


def test_body_and_year_help_where_the_document_says_neither(gongkai, tmp_path: Path) -> None:
    original = replace(published_report(2024), text={"preface": "前言。", "problems": "一是不足；二是改进。"})
    file = publish(original, tmp_path / "a.html")
    markup = file.read_text(encoding="utf-8").replace("云州市人民政府2024年", "")
    file.write_text(markup, encoding="utf-8")
    refused = gongkai("import", file)
    assert refused.returncode == 1
    assert "a year" in refused.stderr
    done = gongkai("import", file, "--json", "--year", 2024, "--body", "云州市人民政府")
    assert (json.loads(done.stdout)["body"], json.loads(done.stdout)["year"]) == ("云州市人民政府", 2024)


def test_what_is_no_report_is_refused_in_one_line(gongkai, tmp_path: Path) -> None:
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600) + "WordDocument".encode("utf-16-le"))
    for name in ("old.doc", "none.html"):
        done = gongkai("import", tmp_path / name)
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.splitlines()) == 1
    both = gongkai("import", tmp_path / "old.doc", "--json", "--into", tmp_path / "371500-x")
    assert both.returncode == 2


def test_import_and_diff_have_the_limits_of_audit(gongkai, tmp_path: Path) -> None:
    file = publish(published_report(2024), tmp_path / "a.html")
    for command in (("import", file), ("diff", file, file)):
        slow, large = gongkai(*command, "--timeout", 0.01), gongkai(*command, "--memory", 64)
        for done, why in ((slow, "that is read within 0.01 s"), (large, "that is read in 64 MiB")):
            assert done.returncode == 1
            assert done.stdout == ""
            assert done.stderr.startswith(f"gongkai: {file}: expected a report {why}, found one that")
            assert done.stderr.count("\n") == 1


def test_what_is_no_file_is_refused_by_name_and_hangs_nothing(gongkai, tmp_path: Path) -> None:
    file = publish(published_report(2024), tmp_path / "a.html")
    os.mkfifo(tmp_path / "pipe.html")
    for command in (
        ("import", tmp_path / "pipe.html"),
        ("diff", file, tmp_path / "pipe.html"),
        ("import", "/dev/zero"),
    ):
        done = gongkai(*command)
        assert done.returncode == 1
        assert done.stderr.startswith(f"gongkai: {command[-1]}: expected a readable file, found a ")
        assert done.stderr.count("\n") == 1
