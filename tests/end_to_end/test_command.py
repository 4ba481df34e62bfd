"""The command as a shell sees it: exit codes, what goes to which stream, and nothing half-written."""

from __future__ import annotations

import json
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
YEAR = "371524-donge/2020"


def spoil(params: Path, file: str, old: str, new: str) -> None:
    path = params / YEAR / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_build_prints_where_the_report_is(gongkai, own_params: Path) -> None:
    done = gongkai("build", YEAR, "--params", own_params)
    assert done.returncode == 0, done.stderr
    out = own_params.parent / "build" / YEAR
    assert done.stdout.split() == [str(out / "report.html"), str(out / "report.pdf")]
    assert all(Path(line).is_file() for line in done.stdout.split())


def test_an_integrity_error_stops_the_build_and_names_everything_at_once(gongkai, own_params: Path) -> None:
    spoil(own_params, "requests.csv", "requests.granted,（一）予以公开,23", "requests.granted,（一）予以公开,24")
    spoil(own_params, "review.csv", "未经复议直接起诉,0,0,3,0,3", "未经复议直接起诉,0,0,3,0,4")
    done = gongkai("build", YEAR, "--params", own_params)
    assert done.returncode == 1
    assert done.stdout == ""
    for part in ("T3-ROWS", "T3-COLS", "T4-SUM", "（一）予以公开", "自然人", "未经复议直接起诉", "相差"):
        assert part in done.stderr
    assert "Traceback" not in done.stderr
    build = own_params.parent / "build"
    assert not (build / YEAR).exists()
    kept = nbformat.read(build / ".work" / YEAR / "report.ipynb", as_version=4)
    shown = [output for cell in kept.cells for output in cell.get("outputs", ()) if output.output_type != "error"]
    # Papermill itself puts a link to the failing cell at the top; nothing of the report may be shown.
    assert all("papermill-error-cell" in str(output) for output in shown)


def test_a_failed_build_leaves_the_former_report_alone(gongkai, own_params: Path) -> None:
    assert gongkai("build", YEAR, "--params", own_params).returncode == 0
    page = own_params.parent / "build" / YEAR / "report.html"
    before = page.read_bytes()
    spoil(own_params, "requests.csv", "requests.granted,（一）予以公开,23", "requests.granted,（一）予以公开,24")
    assert gongkai("build", YEAR, "--params", own_params).returncode == 1
    assert page.read_bytes() == before


def test_check_prints_json_in_the_agreed_shape(gongkai) -> None:
    done = gongkai("check", YEAR, "--json")
    assert done.returncode == 0
    data = json.loads(done.stdout)
    assert set(data) == {"report", "rules", "findings"}
    assert {rule["status"] for rule in data["rules"]} <= {"passed", "failed", "not-run"}
    assert [finding["rule"] for finding in data["findings"]] == ["T2-ITEMS"]
    assert set(data["findings"][0]) == {
        "rule", "level", "addresses", "left", "right", "difference", "message", "message_en", "excerpt", "acknowledged",
    }  # fmt: skip


def test_a_new_folder_says_what_is_missing_until_it_is_filled(gongkai, tmp_path: Path) -> None:
    params = tmp_path / "params"
    params.mkdir()
    made = gongkai("new", "371525-guanxian", 2024, "--params", params)
    assert made.returncode == 0, made.stderr
    assert Path(made.stdout.strip()) == params / "371525-guanxian" / "2024"
    unnamed = gongkai("build", "371525-guanxian", "--params", params)
    assert unnamed.returncode == 1
    assert "county.yml" in unnamed.stderr
    assert "name" in unnamed.stderr

    named = gongkai("new", "371526-gaotang", 2024, "--params", params, "--name", "高唐县", "--body", "高唐县人民政府")
    assert named.returncode == 0
    blank = gongkai("build", "371526-gaotang", "--params", params)
    assert blank.returncode == 1
    assert "BLANK" in blank.stderr
    assert "空白不等于0" in blank.stderr

    # Filled with zeros, the same folder builds: the defaults read well without a word written.
    for path in (params / "371526-gaotang/2024").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        filled = [
            re.sub(r",(?=,|$)", ",0", line) if line.startswith(("requests.", "review.", "proactive_")) else line
            for line in lines
        ]
        path.write_text("\n".join(filled) + "\n", encoding="utf-8")
    done = gongkai("build", "371526-gaotang", "--params", params)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "371524-dongee/2020"], "Did you mean `371524-donge`"),
        (["build", "371524-donge/1999"], "1999"),
        (["build", "371524-donge/twenty"], "four digits"),
        (["build", "2099"], "2099"),
        (["build", "--params", "nowhere"], "nowhere"),
        (["new", "Donge", "2020"], "CODE-SLUG"),
        (["new", "371524-donge", "2020"], "there yet"),
        (["new", "371524-donge", "2018"], "2018"),
        (["check", "--no-such-option"], "no-such-option"),
    ],
)
def test_a_wrong_command_is_answered_in_one_line_with_exit_code_2(gongkai, arguments: list[str], words: str) -> None:
    done = gongkai(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["build", "check", "list", "new", "verify"])
def test_help_shows_examples(gongkai, command: str) -> None:
    done = gongkai(command, "--help")
    assert done.returncode == 0
    assert f"gongkai {command}" in done.stdout


@pytest.mark.parametrize("file", ["requests.csv", "narrative.md", "report.yml", "../county.yml", "indicators.csv"])
def test_gbk_bytes_are_refused_by_name(gongkai, own_params: Path, file: str) -> None:
    path = own_params / YEAR / file
    path.write_bytes(path.read_text(encoding="utf-8").encode("gb18030"))
    done = gongkai("build", YEAR, "--params", own_params)
    assert done.returncode == 1
    assert "GBK" in done.stderr
    assert Path(file).name in done.stderr
    assert "Traceback" not in done.stderr


def test_markup_in_names_and_prose_reaches_the_page_as_text(gongkai, own_params: Path) -> None:
    county = own_params / "371524-donge" / "county.yml"
    county.write_text(
        county.read_text(encoding="utf-8").replace("name: 东阿县", 'name: "东阿<script>alert(1)</script>县"'),
        encoding="utf-8",
    )
    prose = own_params / YEAR / "narrative.md"
    prose.write_text(
        prose.read_text(encoding="utf-8").rstrip()
        + "\n\n<script>alert(2)</script> {{ name }} <img src=x onerror=alert(3)>\n",
        encoding="utf-8",
    )
    done = gongkai("build", YEAR, "--params", own_params)
    assert done.returncode == 0, done.stderr
    page = (own_params.parent / "build" / YEAR / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "alert(2)" in page


def test_an_undefined_figure_in_the_prose_is_named_with_its_line(gongkai, own_params: Path) -> None:
    prose = own_params / YEAR / "narrative.md"
    text = prose.read_text(encoding="utf-8").rstrip() + "\n\n共{{ requests.recieved.total }}件。\n"
    prose.write_text(text, encoding="utf-8")
    done = gongkai("build", YEAR, "--params", own_params)
    assert done.returncode == 1
    assert f"narrative.md:{len(text.splitlines())}" in done.stderr
    assert "received" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_notebook_with_a_misspelt_parameter_is_refused_before_it_runs(gongkai, own_params: Path) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "annual_report.ipynb", as_version=4)
    cell = next(cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", ()))
    cell.source = cell.source.replace("year:", "yaer:")
    path = own_params.parent / "misspelt.ipynb"
    nbformat.write(notebook, path)
    done = gongkai("build", YEAR, "--params", own_params, "--notebook", path)
    assert done.returncode == 1
    assert "misspelt.ipynb" in done.stderr
    assert "year" in done.stderr


def test_a_notebook_that_drops_a_table_or_chart_is_not_published(gongkai, own_params: Path) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / "annual_report.ipynb", as_version=4)
    notebook.cells = [cell for cell in notebook.cells if '"review")' not in cell.source or "section" in cell.source]
    path = own_params.parent / "short.ipynb"
    nbformat.write(notebook, path)
    done = gongkai("build", YEAR, "--params", own_params, "--notebook", path)
    assert done.returncode == 1
    assert "table review" in done.stderr
    assert "chart" in done.stderr
    assert not (own_params.parent / "build" / YEAR).exists()
