"""Fixtures that build: the real command, and the four example county-years made once by it, nothing stubbed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ("371524-donge/2020", "320800-huaian/2024", "321300-suqian/2023", "321300-suqian/2024")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def run_gongkai(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """The installed command, as a user's shell runs it."""
    command = [str(Path(sys.executable).parent / "gongkai"), *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, **environment}, text=True, capture_output=True, check=False, timeout=300
    )


@pytest.fixture(scope="session")
def gongkai() -> Run:
    return run_gongkai


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with all examples built."""
    out = tmp_path_factory.mktemp("site")
    done = run_gongkai("build", "--out", out)
    assert done.returncode == 0, done.stderr
    return out


@pytest.fixture(params=EXAMPLES)
def built(request: pytest.FixtureRequest, site: Path) -> Path:
    """The published folder of each example in turn."""
    return site / str(request.param)


@pytest.fixture
def own_params(tmp_path: Path) -> Path:
    """A params folder of one's own, holding a copy of 东阿县 2020, free to be spoilt."""
    shutil.copytree(ROOT / "params" / "371524-donge", tmp_path / "params" / "371524-donge")
    return tmp_path / "params"
