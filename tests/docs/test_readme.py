"""The READMEs are true: every `bash` block runs as printed, and what they list is what there is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import COMMANDS
from helpers.exporters.kinds import KINDS
from helpers.forms import all_forms
from helpers.integrity import ACKNOWLEDGED, rules_for
from helpers.narrative import FILTERS

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.zh-CN.md")
NEEDED = ("params", "notebooks")


def blocks(readme: str, language: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(readme: str, language: str) -> list[str]:
    """The block's lines without their comments."""
    lines = [re.sub(r"\s{2,}#.*", "", line) for block in blocks(readme, language) for line in block.splitlines()]
    return [line for line in lines if line]


def test_every_command_of_the_readme_runs_as_printed(tmp_path: Path) -> None:
    for name in NEEDED:
        shutil.copytree(ROOT / name, tmp_path / name)
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "trial").mkdir()
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    script = "\n".join(blocks("README.md", "bash"))
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path, env={**os.environ, "PATH": path},
        capture_output=True, text=True, check=False, timeout=500,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    for made in ("371524-donge/2020/report.html", "371524-donge/2020/report.pdf", "out.html", "out.pdf"):
        assert (tmp_path / "build" / made).is_file()
    assert "identical" in done.stdout


def test_both_languages_show_the_same_commands() -> None:
    assert commands("README.md", "bash") == commands("README.zh-CN.md", "bash")
    assert commands("README.md", "sh") == commands("README.zh-CN.md", "sh")


@pytest.mark.parametrize("readme", READMES)
def test_make_targets_exist(readme: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"make (\w+)", "\n".join(commands(readme, "sh")))
    assert {"report", "test", "lab"} <= set(targets)
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in targets)


@pytest.mark.parametrize("readme", READMES)
def test_every_rule_stands_in_the_table_with_its_level(readme: str) -> None:
    rows = dict(
        re.findall(r"^\| ([A-Z0-9]+(?:-[A-Z]+)?) \|.*\| (.+) \|$", (ROOT / readme).read_text("utf-8"), re.MULTILINE)
    )
    levels = {"error": "error", "warning": "warning", "错误": "error", "提醒": "warning", "视把握": "by certainty"}
    stated = {rule: levels.get(level, level) for rule, level in rows.items()}
    rules = (*(rule for form in all_forms() for rule in rules_for(form)), ACKNOWLEDGED)
    assert stated == {rule.id: rule.level for rule in rules}


@pytest.mark.parametrize("readme", READMES)
def test_every_command_filter_and_variable_is_mentioned(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"gongkai {name}" not in text] == []
    assert [name for name in FILTERS if f"`{name}`" not in text] == []
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    variables = set(re.findall(r"\bGONGKAI_[A-Z]+\b", source)) - {"GONGKAI_WARM"}
    assert [name for name in sorted(variables) if name not in text] == []


def test_what_the_guide_for_contributors_names_is_there() -> None:
    """Every file, folder and name in code style, so that a first guess leads somewhere."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    source = "\n".join(path.read_text("utf-8") for room in ("src", "tests") for path in (ROOT / room).rglob("*.py"))
    for name in set(re.findall(r"`([^`\n]+)`", text)) - {"pytest --snapshot-update"}:
        placeholder = re.sub(r"YEAR|NAME|\*", "", name) != name
        if "/" in name or name.endswith((".py", ".yaml")):
            places = (ROOT, ROOT / "src" / "helpers", ROOT / "src/helpers/integrity", ROOT / "tests/ground_truth",
                      ROOT / "src/helpers/integrity/claims", ROOT / "tests/claims")  # fmt: skip
            assert placeholder or any((place / name).exists() for place in places), name
        elif not placeholder and re.fullmatch(r"@?\w+", name):
            assert re.search(rf"\b{name.lstrip('@')}\b", source) or (ROOT / "src/helpers" / name).exists(), name


@pytest.mark.parametrize("readme", [*READMES, "CONTRIBUTING.md"])
def test_links_and_pictures_lead_somewhere(readme: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", (ROOT / readme).read_text(encoding="utf-8")):
        assert target.startswith("http") or (ROOT / target).exists(), target


def test_every_kind_of_output_is_told_in_the_table_s_order_and_words() -> None:
    names = [kind.name for kind in KINDS]
    rows = [
        re.findall(r"^\| `([^`]+)` \| (.+) \|$", (ROOT / readme).read_text(encoding="utf-8"), re.M)
        for readme in READMES
    ]
    english, chinese = ([row for row in found if row[0] in names] for found in rows)
    assert english == [(kind.name, kind.how) for kind in KINDS]
    assert [name for name, _ in chinese] == names
