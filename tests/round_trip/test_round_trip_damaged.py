"""A damaged data.json is refused in one line that says what is wrong, never with a traceback and never half read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from helpers.errors import DocumentError
from helpers.readers import read_document
from strategies import flawless_report


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("body", None), ("year", "2024"), ("year", True), ("form", "1999"), ("cells", []), ("cells", {}),
        ("cells", {"a.b.c": 1}), ("notes", None), ("notes", {"a": 1}), ("text", {"preface": 3}),
        ("source", {"colour": "red"}), ("uncertain", [1]), ("uncertain", {}),
    ],
)  # fmt: skip
def test_a_value_of_another_kind(tmp_path: Path, key: str, value: Any) -> None:
    content = flawless_report(2024).as_dict()
    cells = {**content["cells"], **value} if key == "cells" and value and isinstance(value, dict) else value
    refused(tmp_path, {**content, key: cells})


@pytest.mark.parametrize("key", ["body", "code", "year", "form", "cells", "notes", "text", "source", "uncertain"])
def test_a_key_that_is_not_there(tmp_path: Path, key: str) -> None:
    content = flawless_report(2024).as_dict()
    del content[key]
    refused(tmp_path, content)


@pytest.mark.parametrize("value", ["5", True, float("inf"), [1]])
def test_a_figure_that_is_none(tmp_path: Path, value: Any) -> None:
    content = flawless_report(2024).as_dict()
    refused(tmp_path, {**content, "cells": {**content["cells"], "requests.received.total": value}})


def refused(folder: Path, content: dict[str, Any]) -> None:
    path = folder / "data.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(DocumentError) as problem:
        read_document(path)
    assert "\n" not in str(problem.value)
