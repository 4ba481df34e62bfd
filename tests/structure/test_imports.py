"""The rooms of the package: imports point only downward, siblings do not know each other, extras stay optional."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import helpers

PACKAGE = Path(str(helpers.__file__)).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

# From the ground up. Within the first line each may use those left of it; within any other, none knows the others.
FLOORS = (
    ("errors", "workers", "limits", "digits", "chinese", "bodies", "yamlfile", "display", "markup"),
    ("forms",),
    ("report",),
    ("folder", "schema"),
    ("readers",),
    ("integrity",),
    ("tables", "charts", "narrative", "document"),
    ("loading", "demo"),
    ("notebook",),
    ("warming",),
    ("exporters",),
    ("engine",),
    ("batch",),
    ("audit", "diff"),
    ("cli",),
)
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}

EXTRAS = {"pdfplumber": "read", "openpyxl": "read", "pypandoc": "read", "charset_normalizer": "read",
          "distributed": "cluster", "dask": "cluster", "jupyterlab": "lab"}  # fmt: skip


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(tree: ast.AST, top: bool = False) -> Iterator[tuple[str, int]]:
    """Dotted names that a module imports, with their lines; what is only for type checkers is left out."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports name the whole path"
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
        elif not (top and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)):
            yield from imported(node, top)


def rooms_used(module: Path) -> Iterator[tuple[str, int]]:
    for name, line in imported(ast.parse(module.read_text(encoding="utf-8"))):
        parts = name.split(".")
        if parts[0] == "helpers" and len(parts) > 1:
            yield parts[1], line


def test_every_room_has_its_floor() -> None:
    rooms = {room_of(module) for module in MODULES if module != PACKAGE / "__init__.py"}
    assert rooms <= set(FLOOR), "a new room: write it into FLOORS and into the package's docstring"


def test_the_packages_docstring_draws_the_same_building() -> None:
    """The drawing lists rooms from the ground up; a line may hold several, parted by dots."""
    lines = [line.split() for line in str(helpers.__doc__).splitlines() if line.startswith("    ")]
    drawn = [[words[0], *(word for mark, word in pairwise(words) if mark == "·")] for words in lines]
    assert sum(map(len, drawn)) >= 17
    floors = [[FLOOR[room] for room in line] for line in drawn]
    assert [len(set(line)) for line in floors] == [1] * len(floors), "rooms of one line stand on one floor"
    assert [line[0] for line in floors] == sorted(line[0] for line in floors)


def test_imports_point_only_downward() -> None:
    upward = []
    for module in MODULES:
        room = room_of(module)
        if room == "__init__":
            continue
        for used, line in rooms_used(module):
            own_row = FLOORS[FLOOR[room]]
            ground = FLOOR[room] == 0 and FLOOR.get(used) == 0 and own_row.index(used) < own_row.index(room)
            if used != room and not ground and FLOOR[used] >= FLOOR[room]:
                upward.append(f"{module.relative_to(PACKAGE)}:{line} imports {used}")
    assert upward == []


def readers_used(room: str) -> set[str]:
    modules = (PACKAGE / "readers" / room).glob("*.py")
    names = {name for module in modules for name, _ in imported(ast.parse(module.read_text(encoding="utf-8")))}
    return {".".join(name.split(".")[1:4]) for name in names if name.startswith("helpers.")}


def test_what_reads_files_knows_no_form_and_what_reads_tables_no_format() -> None:
    """`pages` is file → Document, `table` is Document and form → cells."""
    pages, table = readers_used("pages"), readers_used("table")
    assert {name for name in pages if not name.startswith(("readers.pages.", "errors.", "digits.", "markup."))} == set()
    assert {name for name in table if name.startswith("readers.") and not name.startswith("readers.table.")} <= {
        "readers.pages.document"
    }


def test_the_ground_floor_rests_on_nothing() -> None:
    assert {used for used, _ in rooms_used(PACKAGE / "errors.py")} == set()


def test_extras_are_imported_only_where_they_are_used() -> None:
    """Without an extra everything else works, and its absence is answered with the install line."""
    early = [
        f"{module.relative_to(PACKAGE)}:{line} imports {name.split('.')[0]} (extra {EXTRAS[name.split('.')[0]]})"
        for module in MODULES
        for name, line in imported(ast.parse(module.read_text(encoding="utf-8")), top=True)
        if name.split(".")[0] in EXTRAS
    ]
    assert early == []


def test_checking_a_county_loads_no_heavy_library() -> None:
    """`gongkai check` answers in milliseconds: no data frames, charts, typesetter or Jupyter behind it."""
    code = (
        "import sys; from helpers.folder import load; from helpers.integrity import check; "
        "check(load('371524-donge', 2020)); "
        "heavy = {'pandas', 'numpy', 'matplotlib', 'typst', 'papermill', 'nbconvert', 'IPython'} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else 0)"
    )
    root = PACKAGE.parents[1]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
