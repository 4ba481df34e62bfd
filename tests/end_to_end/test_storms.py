"""Kills and signals at random moments, a few of them; `storms.py` runs as many as are wished for."""

from __future__ import annotations

from pathlib import Path

import pytest
from storms import BLOWS, storm


@pytest.mark.parametrize("kind", BLOWS)
def test_no_blow_loses_or_halves_or_leaves_anything(tmp_path: Path, kind: str) -> None:
    assert storm(tmp_path, BLOWS[kind], blows=4)["struck"] == 4
