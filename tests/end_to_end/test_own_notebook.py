"""A year's own notebook stands under the notebooks' folder: no other file of the machine is run."""

from __future__ import annotations

from pathlib import Path

import pytest

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
