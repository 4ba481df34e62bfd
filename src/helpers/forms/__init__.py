"""The statutory forms, as data: one YAML file a form.

Forms are looked up in this folder and in the one named by the environment variable GONGKAI_FORMS, so that a
form decreed tomorrow, or a province's own, is a file and not a release.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from helpers.errors import FormError, ParameterError
from helpers.forms.form import Band, Cell, Form, Slot, Table, resolve
from helpers.forms.labels import normalise
from helpers.forms.spec import FormSpec, Law, SectionSpec
from helpers.opening import real
from helpers.yamlfile import read_yaml

__all__ = [
    "Band", "Cell", "Form", "Law", "SectionSpec", "Slot", "Table",
    "all_forms", "form_for_year", "get_form", "normalise", "read_form",
]  # fmt: skip


@cache
def read_form(path: Path) -> Form:
    """The form described by the YAML file at `path`; raises FormError with file and line."""
    spec = read_yaml(path, FormSpec, FormError)
    try:
        return resolve(spec)
    except ValueError as problem:
        raise FormError(path, "a consistent form", str(problem), "Mend the form file.") from None


def all_forms() -> tuple[Form, ...]:
    """Every known form, oldest first."""
    folders = [Path(__file__).parent]
    if extra := os.environ.get("GONGKAI_FORMS"):
        if not Path(extra).is_dir():
            raise ParameterError(Path(extra), "a folder of form files", "no such folder", "Correct GONGKAI_FORMS.")
        folders.append(Path(extra))
    paths = [real(path) for folder in folders for path in sorted(folder.glob("*.yaml"))]
    forms = [read_form(path) for path in paths]
    names = [form.id for form in forms]
    for number, name in enumerate(names):
        if name in names[:number]:
            raise FormError(paths[number], "a form with a name of its own", f"`form: {name}` again", "Rename it.")
    return tuple(sorted(forms, key=lambda form: form.spec.years.first))


def get_form(form_id: str) -> Form:
    """The form called `form_id`; raises ParameterError for an unknown one."""
    for form in all_forms():
        if form.id == form_id:
            return form
    known = ", ".join(form.id for form in all_forms())
    raise ParameterError(
        f"form {form_id}", f"one of the forms {known}", repr(form_id), "Add its YAML file or correct the name."
    )


def form_for_year(year: int) -> Form:
    """The form that reports on `year` use; the newest wins where two apply; a year without a form is refused."""
    fitting = [form for form in all_forms() if form.applies_to(year)]
    if not fitting:
        first = min(form.spec.years.first for form in all_forms())
        raise ParameterError(
            f"year {year}", f"a year with a statutory form ({first} or later)", str(year), "Correct the year."
        )
    return fitting[-1]
