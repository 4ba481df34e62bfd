"""The rooms of the package: imports point only downward, siblings do not know each other, extras stay optional."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import helpers

PACKAGE = Path(str(helpers.__file__)).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# The package's docstring is the plan, from the ground up: a line may hold several rooms, parted by dots.
PLAN = [line.split(" · ") for line in re.findall(r"^ {4}(\w+(?: · \w+)*)", str(helpers.__doc__), re.MULTILINE)]
FLOOR = {room: number for number, rooms in enumerate(PLAN) for room in rooms}

EXTRAS = {"pdfplumber": "read", "openpyxl": "read", "pypandoc": "read",
          "distributed": "cluster", "dask": "cluster", "jupyterlab": "lab"}  # fmt: skip


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST, top: bool = False, runs: bool = False) -> Iterator[tuple[str, int]]:
    """Dotted names that a module imports, with their lines.

    `top` leaves out what is imported only when a function is called, `runs` what is only for type checkers.
    """
    for node in ast.iter_child_nodes(tree):
        if runs and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports name the whole path"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif not (top and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)):
            yield from imported(node, top, runs)


def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def rooms_used(module: Path) -> Iterator[tuple[str, int]]:
    for name, line in imported(tree_of(module)):
        parts = name.split(".")
        if parts[0] == "helpers" and len(parts) > 1:
            yield parts[1], line


def test_the_packages_docstring_draws_exactly_the_rooms_there_are() -> None:
    rooms = {room_of(module) for module in MODULES} - {"__init__"}
    drawn = [room for line in PLAN for room in line]
    assert sorted(drawn) == sorted(rooms), "write a new room into the plan, above all that use it"


def test_imports_point_only_downward() -> None:
    upward = [
        f"{module.relative_to(PACKAGE)}:{line} imports {used}"
        for module in MODULES
        for used, line in rooms_used(module)
        if used != room_of(module) and FLOOR[used] >= FLOOR[room_of(module)]
    ]
    assert upward == []


def readers_used(room: str) -> set[str]:
    modules = (PACKAGE / "readers" / room).glob("*.py")
    names = {name for module in modules for name, _ in imported(tree_of(module))}
    return {".".join(name.split(".")[1:4]) for name in names if name.startswith("helpers.")}


def test_what_reads_files_knows_no_form_and_what_reads_tables_no_format() -> None:
    """`pages` is file → Document, `table` is Document and form → cells."""
    pages, table = readers_used("pages"), readers_used("table")
    assert {
        name for name in pages if not name.startswith(("readers.pages.", "errors.", "opening", "digits.", "markup."))
    } == set()
    assert {name for name in table if name.startswith("readers.") and not name.startswith("readers.table.")} <= {
        "readers.pages.document"
    }


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even for type checkers: who reads one module would have to read them all."""
    names = {
        ".".join(m.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): m for m in MODULES
    }
    uses = {
        name: {used if used in names else used.rpartition(".")[0] for used, _ in imported(tree_of(module))} - {name}
        for name, module in names.items()
    }
    while leaves := [name for name, used in uses.items() if not used & uses.keys()]:
        for name in leaves:
            del uses[name]
    assert uses == {}, "these, or what they import, lead back to themselves"


def test_the_ground_floor_rests_on_nothing() -> None:
    assert {used for used, _ in rooms_used(PACKAGE / "visible.py")} == set()
    assert {used for used, _ in rooms_used(PACKAGE / "errors.py")} == {"visible"}


def test_extras_are_imported_only_where_they_are_used() -> None:
    """Without an extra everything else works, and its absence is answered with the install line."""
    early = [
        f"{module.relative_to(PACKAGE)}:{line} imports {name.split('.')[0]} (extra {EXTRAS[name.split('.')[0]]})"
        for module in MODULES
        for name, line in imported(tree_of(module), top=True, runs=True)
        if name.split(".")[0] in EXTRAS
    ]
    assert early == []


def test_checking_a_county_loads_no_heavy_library() -> None:
    """`gongkai check` answers in milliseconds: no data frames, charts, typesetter or Jupyter behind it."""
    code = (
        "import sys; from helpers.folder import read_report; from helpers.integrity import check; "
        "check(read_report('371524-donge', 2020)); "
        "heavy = {'pandas', 'numpy', 'matplotlib', 'typst', 'papermill', 'nbconvert', 'IPython'} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    root = PACKAGE.parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
