"""A year's own notebook: no other file of the machine is run, its charts are its choice, its report is not."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nations import counties, own_notebook

from building import Run
from helpers.batch.notebooks import MASTER, notebook_for
from helpers.batch.targets import Target
from helpers.errors import InputError

TARGET = Target("371524-donge", 2020)


@pytest.fixture
def notebooks(params_to_spoil: Path) -> Path:
    folder = params_to_spoil.parent / "notebooks"
    (folder / "variants").mkdir(parents=True)
    for name in (MASTER, "variants/mine.ipynb", "notes.txt", "../outside.ipynb"):
        (folder / name).write_text("{}", encoding="utf-8")
    (folder / "variants" / "link.ipynb").symlink_to(folder.parent / "outside.ipynb")
    (folder / "variants" / "folder.ipynb").mkdir()
    return folder


def name(params: Path, notebook: str) -> None:
    with (TARGET.folder(params) / "report.yml").open("a", encoding="utf-8") as file:
        file.write(f'notebook: "{notebook}"\n')


def test_a_notebook_below_the_folder_is_taken(params_to_spoil: Path, notebooks: Path) -> None:
    name(params_to_spoil, "variants/../variants/mine.ipynb")
    assert notebook_for(TARGET, params_to_spoil) == notebooks.resolve() / "variants" / "mine.ipynb"


@pytest.mark.parametrize(
    "notebook",
    ["../outside.ipynb", "{outside}", "variants/link.ipynb", "variants/folder.ipynb", "notes.txt", "variants", "",
     "nowhere.ipynb", "x" * 3000 + ".ipynb", "/dev/zero", "~/x.ipynb"],
)  # fmt: skip
def test_any_other_file_is_refused_by_name(params_to_spoil: Path, notebooks: Path, notebook: str) -> None:
    name(params_to_spoil, notebook.format(outside=notebooks.parent / "outside.ipynb"))
    with pytest.raises(InputError, match=r"report\.yml: expected a notebook below .*notebooks, found notebook: "):
        notebook_for(TARGET, params_to_spoil)


CHOICE = ("stop_if_wrong(report)", 'stop_if_wrong(report, charts=["flow"])')
ANOTHER = ("report = load(county, year)", 'report = load("990001-copy", year)')


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (*CHOICE, ""),
        (*ANOTHER, "It is asked for 990000-copy, 2020 and shows 990001-copy, 2020: a cell loads another report."),
    ],
)  # fmt: skip
def test_a_years_own_notebook_may_choose_charts_and_no_other_report(
    gongkai: Run, tmp_path: Path, before: str, after: str, said: str
) -> None:
    params = counties(tmp_path, 2)
    own_notebook(params, 0, "'一个自己的单元'")
    path = tmp_path / "notebooks" / "own-00.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = cell.source.replace(before, after).replace('charts(report, "review")', "")
    nbformat.write(notebook, path)
    done = gongkai("build", "990000-copy/2020", "--params", params)
    built = tmp_path / "build" / "990000-copy" / "2020"
    assert done.returncode == (1 if said else 0), done.stderr
    assert said in done.stderr
    assert built.exists() == (not said)
    assert not (built / "figures" / "review.svg").exists()
