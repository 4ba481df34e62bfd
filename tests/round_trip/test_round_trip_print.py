"""What the typesetter refuses or lets run over an edge, and the reader would then misread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from publishing import publish, read_back

from helpers.report import AnnualReport
from strategies import flawless_report

LISTS = "开头。\n\n- 一层\n  - 二层\n    - 三层\n- 又一层\n\n1. 第一\n2. 第二"


def written(report: AnnualReport, text: str) -> AnnualReport:
    return replace(report, text={"overview": text, "problems": "", "other": ""})


def test_lists_three_deep_are_set_in_archival_pdf(tmp_path: Path) -> None:
    """PDF/A refuses a glyph that no face has: the typesetter's own marker of the second level is one."""
    publish(written(flawless_report(2024), LISTS), tmp_path, ("report.pdf",))
    read = read_back(tmp_path, "report.pdf").text["overview"].split("\n")
    assert [line for line in read if line] == [
        "开头。", "- 一层", "- 二层", "- 三层", "- 又一层", "1. 第一", "2. 第二"
    ]  # fmt: skip


def test_a_heading_that_skips_a_level_is_set(tmp_path: Path) -> None:
    """PDF/UA refuses it; a county that writes ### without ## still gets its report, one level up."""
    publish(
        written(flawless_report(2024), "### 跳级\n\n正文。\n\n##### 再跳\n\n正文。"),
        tmp_path,
        ("report.html", "report.pdf"),
    )
    assert read_back(tmp_path, "report.html").text["overview"] == "## 跳级\n\n正文。\n\n### 再跳\n\n正文。"


def test_figures_wider_than_their_column_stay_in_it(tmp_path: Path) -> None:
    """At a province's seven digits the first one stood over the rule, and was read as the neighbour's last."""
    report = flawless_report(2024)
    large = report.with_cells({a: 8_000_000 + n for n, a in enumerate(report.cells) if not a.endswith(".amount")})
    publish(large, tmp_path, ("report.pdf",))
    read = read_back(tmp_path, "report.pdf")
    assert read.uncertain == ()
    assert dict(read.cells) == dict(large.cells)


def test_the_words_of_charts_are_no_prose(tmp_path: Path) -> None:
    """Nothing of a picture, its caption included, is read into the section that it stands beside."""
    report = written(flawless_report(2024), "只有这一句。")
    publish(report, tmp_path, ("report.html", "report.pdf"))
    for name in ("report.html", "report.pdf"):
        assert "".join(read_back(tmp_path, name).text.values()) == "只有这一句。"
