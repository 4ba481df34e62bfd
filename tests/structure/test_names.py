"""A name means one thing in the whole house, so that whoever reads it in one room need not ask which is meant."""

from __future__ import annotations

import ast
import importlib
import re
from collections import defaultdict
from pathlib import Path

import helpers

PACKAGE = Path(str(helpers.__file__)).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

SAME_THING = {"html", "pdf", "page", "indicators", "requests"}
"""Modules that several rooms have because each shows or reads the same thing: a format, a page, a part of the data."""


def classes_and_aliases(tree: ast.Module) -> set[str]:
    """Names of the classes and types at the top of a module, but those that it keeps to itself."""
    found = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.BinOp | ast.Name):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {name for name in found if re.match(r"[A-Z][a-z]", name)}


def homes() -> dict[str, set[str]]:
    """Name → the modules it stands in; a module's own name, and a room's, count as well.

    The modules of the command line are called as its commands are, and those as what they do.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for module in MODULES:
        path = module.relative_to(PACKAGE)
        name = path.parent.name if path.stem == "__init__" else path.stem
        if name and path.parent.name != "cli":
            found[name].add(str(path))
        for name in classes_and_aliases(ast.parse(module.read_text(encoding="utf-8"))):
            found[name].add(str(path))
    return found


def test_no_two_modules_classes_or_types_share_a_name() -> None:
    twice = {name: sorted(where) for name, where in homes().items() if len(where) > 1}
    assert {name: where for name, where in twice.items() if name not in SAME_THING} == {}


def test_exceptions_are_no_longer_than_they_must_be() -> None:
    several = {name for name, where in homes().items() if len(where) > 1}
    assert several >= SAME_THING


def test_what_rooms_offer_each_other_is_called_differently() -> None:
    """One thing may be offered by two rooms; two things by one name may not."""
    offered: dict[str, set[int]] = defaultdict(set)
    for module in MODULES:
        if "__all__ = [" in module.read_text(encoding="utf-8"):
            path = module.relative_to(PACKAGE.parent).with_suffix("")
            room = importlib.import_module(".".join(path.parts).removesuffix(".__init__"))
            for name in room.__all__:
                offered[name].add(id(getattr(room, name)))
    assert [name for name, things in offered.items() if len(things) > 1] == []
