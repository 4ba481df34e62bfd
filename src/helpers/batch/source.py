"""A notebook as its author left it: read strictly, so that what is wrong with it is said before it runs, as theirs."""

from __future__ import annotations

import json
import symtable
import warnings
from functools import lru_cache
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.inputtransformer2 import TransformerManager
from nbformat import NotebookNode
from nbformat.validator import better_validation_error, get_validator
from papermill.exceptions import PapermillException
from papermill.translators import PythonTranslator, papermill_translators
from papermill.utils import nb_kernel_name, nb_language

from helpers.errors import NotebookError, Place
from helpers.folder.settings import ParamsFile

_EXPECTED = "a notebook as Jupyter's format has it"
_SAVE_AGAIN = "Open it in JupyterLab, mend it and save it again."
KERNEL = "Choose a kernel in JupyterLab (Kernel, Change Kernel) and save the notebook."
"""What to do about a kernel that is not there."""


@lru_cache(maxsize=8)
def read(path: Path, content: bytes) -> tuple[NotebookNode, frozenset[str]]:
    """The notebook in a file, and the ids that its cells have there. Raises NotebookError.

    It must take exactly our parameters: papermill would only log a misspelt one, and run the notebook's own.
    """
    try:
        raw = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        raise NotebookError(path, "a notebook (JSON in UTF-8)", str(problem), _SAVE_AGAIN) from None
    _check_format(path, raw)
    notebook = _upgraded(path, content.decode("utf-8"))
    _check_text(path, notebook)
    _check_language(path, notebook)
    _check_parameters(path, notebook)
    return notebook, frozenset(str(cell.get("id")) for cell in raw.get("cells", ()))


def _check_format(path: Path, raw: Any) -> None:
    """Jupyter's own schema; what it does not know is let be, as Jupyter lets it be."""
    if not isinstance(raw, dict) or not isinstance(raw.get("nbformat"), int):
        raise NotebookError(path, "a Jupyter notebook", "other JSON", _SAVE_AGAIN)
    minor = raw.get("nbformat_minor")
    known = {"version": 4, "version_minor": minor if isinstance(minor, int) else 0, "relax_add_props": True}
    if raw["nbformat"] != 4 or not any(get_validator(**known).iter_errors(raw)):
        return
    for error in get_validator(**known, name="jsonschema").iter_errors(raw):  # slower, and says better where
        problem = better_validation_error(error, 4, known["version_minor"])
        where = list(map(str, problem.relative_path))
        cell = f"cell {where[1]}" if where[0:1] == ["cells"] and where[1:] else None
        below = ".".join(where[2:] if cell else where)
        found = f"{below}: {problem.message}" if below else problem.message
        raise NotebookError(Place(path, cell=cell), _EXPECTED, found, _SAVE_AGAIN)


def _upgraded(path: Path, text: str) -> NotebookNode:
    try:
        with warnings.catch_warnings(action="ignore"):  # of two cells with one id, which it mends
            notebook: NotebookNode = nbformat.reads(text, as_version=4)
    except Exception as problem:  # whatever nbformat meets in a file of a version that it hardly knows
        raise NotebookError(path, _EXPECTED, f"{type(problem).__name__}: {problem}", _SAVE_AGAIN) from None
    return notebook


def _check_text(path: Path, notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells):
        try:
            cell.source.encode()
        except UnicodeEncodeError as problem:
            half = problem.object[problem.start : problem.end]
            place = Place(path, cell=f"cell {number}")
            raise NotebookError(place, "text", f"half a character, {half!a}", "Delete it.") from None


def _check_language(path: Path, notebook: NotebookNode) -> None:
    """Papermill goes by what a notebook says of its kernel and language, and can set parameters only in some."""
    try:
        kernel, language = nb_kernel_name(notebook), nb_language(notebook)
    except ValueError as problem:
        raise NotebookError(path, "kernel and language in its metadata", str(problem).rstrip("."), KERNEL) from None
    try:
        python = papermill_translators.find_translator(kernel, language) is PythonTranslator
    except PapermillException:
        python = False
    if not python:
        raise NotebookError(path, "a notebook in Python", f"language {language!r}, kernel {kernel!r}", KERNEL)


def _check_parameters(path: Path, notebook: NotebookNode) -> None:
    tagged = (number for number, cell in enumerate(notebook.cells) if "parameters" in cell.metadata.get("tags", ()))
    number = next(tagged, -1)  # papermill, too, goes by the first
    wanted = list(ParamsFile.model_fields)
    expected = f"a cell tagged `parameters` that sets {' and '.join(wanted)}"
    if number < 0:
        raise NotebookError(path, expected, "none with that tag", "Tag the cell (JupyterLab: property inspector).")
    place = Place(path, cell=f"cell {number}")
    try:
        names = _bound(notebook.cells[number].source)
    except (SyntaxError, ValueError) as problem:
        raise NotebookError(place, expected, f"no Python: {problem}", "Correct the cell.") from None
    if not names.issuperset(wanted):
        found = f"only {', '.join(sorted(names))}" if names else "no name at all"
        raise NotebookError(place, expected, found, "Set them there, e.g. `year: int = 2020`.")


def _bound(source: str) -> set[str]:
    """The names that a cell sets or declares, as Python reads it: papermill's own reading is by line and by pattern."""
    table = symtable.symtable(TransformerManager().transform_cell(source), "cell", "exec")
    known = (name for name in table.get_symbols() if name.is_assigned() or name.is_annotated() or name.is_imported())
    return {name.get_name() for name in known}
