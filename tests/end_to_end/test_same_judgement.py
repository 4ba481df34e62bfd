"""One report, one judgement: `check`, `build`, the notebook and `audit` see it with its prose, and find the same."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from building import Run
from helpers.notebook import check, load

ROOT = Path(__file__).parents[2]
COUNTY, YEAR = "320800-huaian", 2024

BY_CELL = "全市受理政府信息公开申请3153件。"
OF_NO_CELL = "全年发行公报98期，其中，第一类48期、第二类17期、第三类34期。"
NO_FEE = "# 六、其他需要报告的事项\n\n无其他需要报告的事项。\n"
ACKNOWLEDGED = """\
acknowledged:
  - {rule: TEXT-COUNT, address: requests.received.total, reason: 含上年结转的申请}
  - {rule: TEXT-FEE, address: text.other, reason: 没有收取}
"""
FOUND = [
    ("TEXT-COUNT", "warning", ["requests.received.total"], "含上年结转的申请"),
    ("TEXT-SUM", "warning", ["text.overview"], None),
    ("TEXT-FEE", "warning", ["text.other"], "没有收取"),
]
UNKNOWN_TO_AN_AUDIT = {"LEVEL", "TEXT-DEFAULT"}
"""A published report says neither the level of its body nor who wrote its sections."""


@pytest.fixture(scope="module")
def params(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A prefecture whose prose gives cause for three warnings, of which it has explained two."""
    params = tmp_path_factory.mktemp("own") / "params"
    shutil.copytree(ROOT / "params" / COUNTY, params / COUNTY)
    folder = params / COUNTY / str(YEAR)
    narrative = (folder / "narrative.md").read_text(encoding="utf-8")
    overview, problems, rest = narrative.partition("# 五、")
    problems += rest.partition("# 六、")[0]
    text = f"{overview}{BY_CELL}\n\n{OF_NO_CELL}\n\n{problems}{NO_FEE}"
    (folder / "narrative.md").write_text(text, encoding="utf-8")
    with (folder / "report.yml").open("a", encoding="utf-8") as file:
        file.write(ACKNOWLEDGED)
    return params


@pytest.fixture(scope="module")
def checked(gongkai: Run, params: Path) -> Mapping[str, Any]:
    done = gongkai("check", f"{COUNTY}/{YEAR}", "--json", "--params", params)
    assert done.returncode == 0, done.stdout
    return dict(json.loads(done.stdout))


@pytest.fixture(scope="module")
def published(gongkai: Run, params: Path) -> Path:
    done = gongkai("build", f"{COUNTY}/{YEAR}", "--params", params)
    assert done.returncode == 0, done.stderr
    return params.parent / "build" / COUNTY / str(YEAR)


def test_check_finds_what_there_is_and_knows_what_was_explained(checked: Mapping[str, Any]) -> None:
    found = [(f["rule"], f["level"], f["addresses"], f["acknowledged"]) for f in checked["findings"]]
    assert found == FOUND


def test_a_notebook_finds_the_same(checked: Mapping[str, Any], params: Path) -> None:
    assert check(load(COUNTY, YEAR, params)).as_dict() == checked


def test_a_build_finds_the_same(checked: Mapping[str, Any], published: Path) -> None:
    assert json.loads((published / "checks.json").read_text(encoding="utf-8")) == checked


@pytest.mark.parametrize("file", ["data.json", "report.html"])
def test_an_audit_of_what_was_published_finds_the_same(
    gongkai: Run, checked: Mapping[str, Any], published: Path, file: str
) -> None:
    done = gongkai("audit", published / file, "--json")
    audited = json.loads(done.stdout)
    assert audited["findings"] == [{**finding, "acknowledged": None} for finding in checked["findings"]]
    rules = {rule["id"]: rule for rule in audited["rules"]}
    unlike = {rule["id"] for rule in checked["rules"] if rules[rule["id"]] != rule}
    assert unlike == UNKNOWN_TO_AN_AUDIT
    assert {rules[rule]["status"] for rule in unlike} == {"not-run"}


def test_a_reason_that_fits_no_warning_is_still_an_error(gongkai: Run, params: Path, tmp_path: Path) -> None:
    """And it is said together with all that the prose gives cause for."""
    shutil.copytree(params, tmp_path / "params")
    with (tmp_path / "params" / COUNTY / str(YEAR) / "report.yml").open("a", encoding="utf-8") as file:
        file.write("  - {rule: TEXT-SUM, address: text.other, reason: 已核对}\n")
    done = gongkai("check", f"{COUNTY}/{YEAR}", "--json", "--params", tmp_path / "params")
    assert done.returncode == 1
    found = [(f["rule"], f["level"], f["addresses"], f["acknowledged"]) for f in json.loads(done.stdout)["findings"]]
    assert found == [*FOUND, ("ACKNOWLEDGED", "error", ["text.other"], None)]
