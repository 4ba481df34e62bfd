"""YAML that is no plain settings file: one line that names the file, in bounded time, whatever ruamel makes of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.errors import FolderError
from helpers.folder.settings import CountyFile, ReportFile
from helpers.yamlfile import read_yaml

LAUGHS = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "\n".join(
    f"{name}: &{name} [{', '.join([f'*{above}'] * 9)}]" for above, name in zip("abcdefgh", "bcdefghi", strict=True)
)
MERGES = "a: &a {" + ", ".join(f"k{n}: 1" for n in range(1000)) + "}\nb:\n  <<: [" + ", ".join(["*a"] * 3000) + "]"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        (LAUGHS, None, "aliases of aliases"),
        (MERGES, 3, "aliases"),
        ("source: &a\n  title: *a", None, ""),
        ("source: &a {title: x}\nb: &a 1", 2, "the anchor &a again"),
        ("source: !!python/object/apply:os.system [id]", 1, "the tag"),
        ("source:\n  title: !!binary aGk=", 2, "the tag"),
        ("acknowledged: !!set {a, b}", 1, "the tag"),
        ("acknowledged: !!omap [a: 1]", 1, "the tag"),
        ("published: !!timestamp 2021-03-31", 1, "the tag"),
        ("published: !day 2021-03-31", 1, "tag"),
        ("%YAML 9.9\n---\npublished: 2021-03-31", None, ""),
        ("%YAML 1.1\n---\npublished: 2021-03-31", None, "a directive"),
        ("%TAG ! tag:e.cn:\n---\npublished: 2021-03-31", None, "a directive"),
        ("published: 2021-03-31\n---\npublished: 2021-03-31", None, ""),
        ("published: 2021-03-31\npublished: 2022-03-31", 2, "duplicate key"),
        ("published: 2021-02-30", 1, "day is out of range"),
        ("published: 2021-13-01", 1, ""),
        ("published: 9999999999", 1, "9999999999"),
        ("published: 2021-03-31T10:00:00Z", 1, ""),
        ("published: " + "9" * 5000, 1, ""),
        ("published: 0x" + "f" * 5000, 1, "a number of more than 18 digits"),
        ("published: .inf", 1, "inf"),
        ("published: .nan", 1, "nan"),
        ("published: 1e309", 1, "inf"),
        ("published: 190:20:30", 1, ""),
        ("1: a", None, "the key 1"),
        ("true: a", None, "the key True"),
        ("? [a, b]\n: c", None, "the key"),
        ("? {a: b}\n: c", None, ""),
        ('source: {title: "\\ud800"}', 1, "control character"),
        ('source: {title: "\\0"}', 1, "control character"),
        ('source: {title: "\\ufeff"}', 1, "control character"),
        ('source: {title: "\\UFFFFFFFF"}', None, ""),
        ("source: {title: " + "长" * 6000 + "}", 1, "长"),
        ("x" * 60_000, None, ""),
        ("[" * 20_000, None, ""),
        ("a: " * 5000, None, ""),
        ("- " * 5000, None, "without end"),
    ],
)
def test_it_is_refused_in_one_line(tmp_path: Path, text: str, line: int | None, found: str) -> None:
    path = tmp_path / "report.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FolderError) as caught:
        read_yaml(path, ReportFile, FolderError)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert len(message.splitlines()) == 1
    assert len(message) < 1500
    assert found in message
    if line is not None:
        assert caught.value.where.line == line


def test_plain_anchors_and_merge_keys_are_read(tmp_path: Path) -> None:
    path = tmp_path / "report.yml"
    path.write_text(
        "acknowledged:\n  - &first {rule: JUMP, address: a.b, reason: 核对无误}\n  - {<<: *first, address: a.c}\n",
        encoding="utf-8",
    )
    entries = read_yaml(path, ReportFile, FolderError).acknowledged
    assert [(entry.address, entry.reason) for entry in entries] == [("a.b", "核对无误"), ("a.c", "核对无误")]


def test_a_byte_order_mark_within_text_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "county.yml"
    path.write_text("name: 东\ufeff阿县\n\ufeffbody: 东阿县人民政府\nlevel: county\n", encoding="utf-8-sig")
    assert read_yaml(path, CountyFile, FolderError).name == "东阿县"
