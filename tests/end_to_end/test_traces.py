"""What is published says nothing of the machine it was made on, and is the same bytes each time."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from nations import counties, own_notebook, tree

from helpers.batch.traces import placeless

TALKATIVE = """
import os, sys, tempfile, warnings, pandas
from pathlib import Path
class Thing: pass
print(os.getcwd(), os.environ["GONGKAI_PARAMS"], pandas.__file__, os.__file__, sys.prefix + "/bin")
print("file://" + os.getcwd(), tempfile.gettempdir() + "/x", Path.home() / "x", Path(tempfile.mkdtemp()).parent)
warnings.warn("a warning names its file")
display({"text/plain": f"in {os.getcwd()}"}, raw=True)
print(Thing())
os.getcwd()
"""
CLOCK = re.compile(rb"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\b\d\d:\d\d:\d\d\b")


@pytest.fixture(scope="module")
def built(gongkai, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:  # type: ignore[no-untyped-def]
    """Two counties, one of whose notebooks talks of its machine, built in three ways and places."""
    outs = []
    for options in (("--jobs", "1"), ("--jobs", "2"), ("--engine", "nbclient", "--jobs", "2")):
        folder = tmp_path_factory.mktemp("somewhere")
        params = counties(folder, 2)
        own_notebook(params, 0, TALKATIVE)
        done = gongkai("build", "--params", params, *options, TMPDIR=str(folder), cwd=folder)
        assert done.returncode == 0, done.stderr
        outs.append(folder / "build")
    return outs


def test_the_executed_notebook_is_the_same_bytes_however_it_was_run(built: list[Path]) -> None:
    first, *others = (tree(out) for out in built)
    assert len(first) > 40
    for other in others:
        assert {name for name in first.keys() | other.keys() if first.get(name) != other.get(name)} == set()


def test_no_path_of_the_machine_and_no_time_is_published(built: list[Path]) -> None:
    places = [str(place).encode() for place in (built[0].parent, Path.home(), Path(pytest.__file__).parents[2])]
    for out in built:
        for path in out.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert [place for place in places if place in content] == [], path
            if path.suffix in (".ipynb", ".json"):
                assert CLOCK.findall(content) == [], path
    said = (built[0] / "990000-copy/2020/report.ipynb").read_text(encoding="utf-8")
    assert re.search(r"… params …/pandas/__init__\.py …/os\.py …", said)
    assert "ipykernel_" not in said
    assert re.search(r"Thing object at 0x…", said)


def test_the_summary_names_folders_by_what_they_are(gongkai, tmp_path: Path) -> None:
    params = counties(tmp_path, 1)
    own_notebook(params, 0, "1 / 0")
    done = gongkai("build", "--params", params)
    kept = tmp_path / "build/.work/990000-copy/2020/report.ipynb"
    assert str(kept) in done.stderr
    summary = (tmp_path / "build" / "summary.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in summary
    assert "build/.work/990000-copy/2020/report.ipynb" in summary


def test_a_place_is_a_whole_name_and_the_longest_wins() -> None:
    named = {Path("/a/b"): "out", Path("/a/b/params"): "params", Path("/a"): "…"}
    text = "/a/b/params/x /a/b/paramsX /a/b /a/b. file:///a/b/y x/a/b /ab https://example.org/a"
    assert placeless(text, named) == ("params/x out/paramsX out out. file://out/y x/a/b /ab https://example.org/a")


def test_what_a_county_writes_of_a_folder_is_not_the_machines(gongkai, tmp_path: Path) -> None:
    """Its own words are data: they stand in the page as in the prose, and the notebook stays as it was stamped."""
    params = counties(tmp_path, 1)
    with (params / "990000-copy" / "2020" / "narrative.md").open("a", encoding="utf-8") as file:
        file.write(f"\n材料存放于{Path.home()}/文件，编号 at 0x12345678。\n")
    done = gongkai("build", "--params", params)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "build/990000-copy/2020/report.html").read_text(encoding="utf-8")
    assert f"材料存放于{Path.home()}/文件，编号 at 0x12345678。" in page
