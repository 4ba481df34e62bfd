"""The oversight office's notebook: thin, stored without outputs, run by stock papermill; its tables and its drawing."""

from __future__ import annotations

from pathlib import Path

import nbformat
import papermill
import pytest
from reports import ONE_MORE_LAST_YEAR, changed, publish, published_report

from helpers.audit.overview import Overview

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "audit.ipynb"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A body with a wrong carry-over, one with a wrong sum, one without a fault, and a file that is none."""
    folder = tmp_path_factory.mktemp("published")
    publish(changed(published_report(2023), ONE_MORE_LAST_YEAR), folder / "yunzhou" / "2023.html")
    publish(published_report(2024), folder / "yunzhou" / "2024.html")
    wrong = published_report(2024, "青山区人民政府", other="无。")
    publish(changed(wrong, {"review.litigation_direct.total": 2}), folder / "qingshan.html")
    publish(published_report(2024, "临江县人民政府"), folder / "linjiang.html")
    (folder / "empty.pdf").write_bytes(b"")
    return folder


@pytest.fixture(scope="module")
def overview(folder: Path) -> Overview:
    return Overview.of(folder, jobs=2)


def test_the_tables_say_which_rules_fail_where_worst_first(overview: Overview) -> None:
    assert overview.summary()["报告"].to_dict() == {"有错误": 2, "未能读取": 1, "有提醒": 0, "未发现问题": 2}
    assert list(overview.reports()["机关"]) == ["云州市人民政府", "青山区人民政府", "临江县人民政府", "云州市人民政府"]
    rules = overview.rules()
    assert rules.index[0] == "T3-YEAR"
    assert rules.loc["T3-YEAR", ["错误", "涉及报告", "未能校验"]].tolist() == [2, 1, 3]
    assert list(overview.findings()["规则"])[:3] == ["T3-YEAR", "T3-YEAR", "T4-SUM"]
    assert "empty file" in overview.unreadable()["原因"].item()


def test_the_heat_map_shows_what_the_matrix_counts(overview: Overview) -> None:
    errors, warnings = overview.matrix("error"), overview.matrix("warning")
    assert errors.loc["云州市人民政府", "T3-YEAR"] == 2
    assert errors.loc["青山区人民政府", "T4-SUM"] == 1
    axes = overview.heat_map(2).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["云州市人民政府", "青山区人民政府"]
    written = sorted(text.get_text() for text in axes.texts)
    assert written == sorted(
        [
            f"{n}" if n else f"({w})"
            for n, w in zip(errors.head(2).to_numpy().flat, warnings.head(2).to_numpy().flat, strict=True)
            if n or w
        ]
    )


def test_a_folder_without_a_finding_can_be_drawn(folder: Path) -> None:
    sound = Overview(tuple(o for o in Overview.of(folder / "linjiang.html", jobs=1).outcomes))
    assert sound.findings().empty
    sound.heat_map().canvas.draw()


def test_the_notebook_is_thin_and_runs_under_stock_papermill(folder: Path, tmp_path: Path) -> None:
    stored = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in stored.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code)
    assert all(cell.source.count("\n") < 10 for cell in stored.cells)
    assert not any(word in cell.source for cell in code for word in ("try", "if ", "for ", "def "))

    parameters = {"folder": str(folder), "worst": 2}
    done = papermill.execute_notebook(NOTEBOOK, tmp_path / "out.ipynb", parameters, progress_bar=False)
    shown = [output for cell in done.cells for output in cell.get("outputs", ()) if "data" in output]
    assert sum("image/png" in output.data for output in shown) == 1
    assert sum("text/html" in output.data for output in shown) == 5
    assert any("T3-YEAR" in output.data.get("text/html", "") for output in shown)
