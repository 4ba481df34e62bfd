"""Conventions that reviewers should not have to check: sizes, reasons, the exception tree, the public surface."""

from __future__ import annotations

import importlib
import inspect
import io
import pkgutil
import re
import tokenize
from collections import Counter
from pathlib import Path

import pytest

import helpers
from helpers import errors, notebook
from helpers.forms import get_form

PACKAGE = Path(str(helpers.__file__)).parent
ROOT = PACKAGE.parents[1]
LONGEST = 300
EXCEPTION = re.compile(r"#\s*(noqa(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*)?|type:\s*ignore(\[[\w-]+(,\s*[\w-]+)*\])?)")
UNEXPLAINED = {
    "engine/__init__.py": 1,
    "engine/client.py": 2,
    "engine/kernel.py": 1,
    "narrative/scope.py": 1,
    "narrative/template.py": 1,
    "narrative/values.py": 1,
}
"""Exceptions older than this test. The list may only shrink."""


def sources(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def test_no_module_is_longer_than_two_or_three_screens() -> None:
    long = {
        str(path.relative_to(PACKAGE)): lines
        for path in sources(PACKAGE)
        if (lines := path.read_text(encoding="utf-8").count("\n")) > LONGEST
    }
    assert long == {}, "find what in it has a name of its own"


def test_every_lint_and_type_exception_has_its_reason_on_the_same_line() -> None:
    bare: Counter[str] = Counter()
    for path in sources(PACKAGE):
        for token in tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline):
            if token.type == tokenize.COMMENT and EXCEPTION.match(token.string):
                bare[str(path.relative_to(PACKAGE))] += len(EXCEPTION.sub("", token.string).strip(" #-")) < len("why")
    assert +bare <= Counter(UNEXPLAINED), "write the reason behind it, as `# noqa: X  # why`"


def test_whatever_is_printed_passes_one_place() -> None:
    """There escapes, line ends and marks of direction are shown instead of obeyed."""
    printing = re.compile(r"click\.(secho|echo)\(|(?<![\w.])print\(|\bConsole\(|sys\.std(out|err)\.write")
    elsewhere = {
        str(path.relative_to(PACKAGE)): count
        for path in sources(PACKAGE)
        if (count := len(printing.findall(path.read_text(encoding="utf-8")))) and path.name != "terminal.py"
    }
    # Text for whoever asks; a word to the analyst in the notebook.
    assert elsewhere == {"integrity/findings.py": 1, "notebook.py": 1}


def test_paths_of_others_are_resolved_in_one_place() -> None:
    """Path.resolve fails at links that lead in a circle; `opening.real` gives them back."""
    resolving = re.compile(r"(?<!Path\(__file__\))\.resolve\(\)")
    assert [path.name for path in sources(PACKAGE) if resolving.search(path.read_text(encoding="utf-8"))] == []


def subclasses(base: type) -> list[type]:
    return [other for direct in base.__subclasses__() for other in (direct, *subclasses(direct))]


@pytest.fixture(scope="module")
def all_modules() -> None:
    """Every module imported, so that every subclass is known."""
    importlib.import_module("papermill.engines")  # it loads our engine while it is being imported itself
    for module in pkgutil.walk_packages(helpers.__path__, "helpers."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)


def test_the_exception_tree_is_drawn_as_it_is(all_modules: None) -> None:
    """Callers choose what to catch from the drawing."""
    lines = [line for line in str(errors.__doc__).splitlines() if re.match(r"[│├└─ ]*\w+Error\b", line)]
    drawn: dict[str, str | None] = {}
    above: list[tuple[int, str]] = []
    for line in lines:
        depth = len(re.match(r"[│├└─ ]*", line)[0]) // 4  # type: ignore[index]  # the pattern matches nothing, too
        name = re.search(r"\w+Error", line)[0]  # type: ignore[index]  # lines were chosen by it
        above = [entry for entry in above if entry[0] < depth]
        drawn[name] = above[-1][1] if above else None
        above.append((depth, name))
    real = {cls.__name__: cls.__mro__[1].__name__ for cls in subclasses(errors.GongkaiError)}
    assert drawn == {"GongkaiError": None, **real}


def test_every_error_of_the_package_is_defined_in_one_place(all_modules: None) -> None:
    assert {cls.__module__ for cls in subclasses(errors.GongkaiError)} == {"helpers.errors"}


@pytest.mark.parametrize("cls", [cls for cls in subclasses(errors.InputError) if cls.__module__ == "helpers.errors"])
def test_an_input_error_says_everything_and_travels_between_processes(cls: type[errors.InputError]) -> None:
    import pickle

    problem = cls(errors.Place("a.csv", 3, "x.y"), "a number", "“二”", "Write digits.")
    again = pickle.loads(pickle.dumps(problem))
    assert type(again) is cls
    assert str(again) == str(problem) == "a.csv:3 [x.y]: expected a number, found “二”. Write digits."
    assert (again.where, again.expected, again.found, again.remedy) == (
        problem.where,
        problem.expected,
        problem.found,
        problem.remedy,
    )
    assert problem._render_traceback_() == [str(problem)]


def test_what_the_notebook_imports_is_written_down() -> None:
    """The public surface: what stands here is what counties' own notebooks may rely on."""
    assert notebook.__all__ == [
        "Charts",
        "Fragment",
        "chart",
        "charts",
        "check",
        "closing",
        "load",
        "preface",
        "section",
        "stop_if_wrong",
        "table",
        "title",
    ]
    for name in notebook.__all__:
        assert inspect.getdoc(getattr(notebook, name)), f"{name} is public and says nothing of itself"


def test_the_two_forms_say_the_same_of_what_they_share() -> None:
    """Form files repeat each other so that each is whole; a slip in one copy ends here."""
    old, new = get_form("2019"), get_form("2021")
    shared = [address for address in old.cells if address in new.cells and not address.startswith("proactive_")]
    assert len(shared) == 22 * 7 + 3 * 5
    for address in shared:
        assert old.cells[address] == new.cells[address]
    assert old.sections == new.sections
    assert [law for law in old.laws if law.id in {law.id for law in new.laws}] == [
        law for law in new.laws if law.id in {law.id for law in old.laws}
    ]
