"""YAML files read into pydantic models, every complaint with its file, line and key."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap
from ruamel.yaml.composer import Composer, ComposerError
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent

from helpers.errors import InputError, Place
from helpers.opening import SETTINGS, read_text, unprintable

Model = TypeVar("Model", bound="Strict")

MOST_NODES, MOST_ALIASES, DEEPEST = 20_000, 200, 50
"""Keys and values of a file, with aliases followed: nine lines of aliases of aliases are a thousand million."""

LARGEST = 10**18
"""Beyond any figure in a setting; Python would not even print a hexadecimal of 60,000 digits."""


class Strict(BaseModel):
    """A YAML mapping whose keys are all known and whose types are not guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_max_length=5000)


class _Composer(Composer):
    """Ruamel's own, without what a file of settings has no use for: tags that make other types, and directives.

    `%YAML 1.1` would turn `no` into false and 12:30 into 750.
    """

    aliases = depth = 0

    def compose_document(self) -> Any:
        event = self.parser.peek_event()
        if getattr(event, "version", None) or getattr(event, "tags", None):
            raise ComposerError(problem="a directive (%)", problem_mark=event.start_mark)
        return super().compose_document()

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.parser.peek_event()
        self.aliases += isinstance(event, AliasEvent)
        if not isinstance(event, AliasEvent) and event.anchor in self.anchors:
            raise ComposerError(problem=f"the anchor &{event.anchor} again", problem_mark=event.start_mark)
        if self.aliases > MOST_ALIASES:
            raise ComposerError(problem=f"more than {MOST_ALIASES} aliases", problem_mark=event.start_mark)
        if getattr(event, "tag", None) is not None and not isinstance(event, AliasEvent):
            raise ComposerError(problem=f"the tag {event.tag}", problem_mark=event.start_mark)
        if self.depth > DEEPEST:
            raise ComposerError(problem="values within values without end", problem_mark=event.start_mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Constructor(RoundTripConstructor):
    """Ruamel's own, but a value that Python refuses (the date 2021-02-30) is an error with a line like any other."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep)
        except (ValueError, IndexError, AttributeError, TypeError, ArithmeticError) as problem:
            raise ConstructorError(problem=str(problem), problem_mark=node.start_mark) from None
        if isinstance(value, str) and (bad := unprintable(value)):
            raise ConstructorError(problem=f"the control character {bad!r}", problem_mark=node.start_mark)
        if isinstance(value, int) and abs(value) > LARGEST:
            raise ConstructorError(problem="a number of more than 18 digits", problem_mark=node.start_mark)
        return value


def read_yaml(
    path: Path, model: type[Model], error: type[InputError], limit: int = SETTINGS, within: Path | None = None
) -> Model:
    """The file at `path` as a `model`; the first thing wrong in it is raised as `error` with its line.

    Anchors and merge keys are read, within limits; tags, directives and keys that are no text are refused.
    """
    data = _loaded(path, read_text(path, error, limit, within), error)
    if data is None:
        data = CommentedMap()
    if not isinstance(data, CommentedMap):
        raise error(Place(path, 1), "a mapping (key: value)", f"a {type(data).__name__}", "Write one key a line.")
    try:
        plain = _plain(data, iter(range(MOST_NODES)))
    except ValueError as problem:
        raise error(path, "plain keys and values", str(problem), "Mend the file.") from None
    try:
        return model.model_validate(plain)
    except ValidationError as problem:
        # A misspelt key is also a missing one; the slip of the pen says more than the gap it leaves.
        first = min(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise _complaint(path, data, model, dict(first), error) from None


def _loaded(path: Path, text: str, error: type[InputError]) -> Any:
    """The data with its lines. Here all that ruamel raises becomes ours, and it raises nearly everything."""
    try:
        return _parsed(text)
    except MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else None
        found = " ".join(str(problem.problem).split()).removeprefix("found ")
        raise error(Place(path, line), "valid YAML", found, "Mend this line.") from None
    except RecursionError:
        raise error(path, "valid YAML", "brackets within brackets without end", "Mend the file.") from None
    except Exception as problem:
        found = " ".join(str(problem).split()) or type(problem).__name__
        raise error(path, "valid YAML", found, "Mend the file.") from None


@lru_cache(maxsize=16)
def _parsed(text: str) -> Any:
    """Kept, because a county's file is read for each of its years."""
    yaml = YAML(typ="rt")
    yaml.Composer = _Composer
    yaml.Constructor = _Constructor
    return yaml.load(text)


def _plain(node: Any, left: Iterator[int], depth: int = 0) -> Any:
    """`node` in Python's own types, aliases followed as long as the budget `left` lasts."""
    if depth > DEEPEST or next(left, None) is None:
        raise ValueError("values within values, or aliases of aliases, without end")
    if isinstance(node, dict):
        if wrong := [key for key in node if not isinstance(key, str)]:
            raise ValueError(f"the key {wrong[0]!r}, which is no text")
        return {str(key): _plain(value, left, depth + 1) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value, left, depth + 1) for value in node]
    if isinstance(node, bool) or node is None:
        return node
    for plain in (int, float, str):
        if isinstance(node, plain):
            return plain(node)
    return node


def _complaint(
    path: Path, data: Any, model: type[Strict], first: dict[str, Any], error: type[InputError]
) -> InputError:
    loc = [*(part for part in first["loc"][:-1] if not _is_tag(part)), *first["loc"][-1:]]
    place = Place(path, _line(data, loc), ".".join(map(str, loc)) or None)
    found = repr(first["input"]) if not isinstance(first["input"], dict) else "a mapping"
    if first["type"] == "extra_forbidden":
        known = _known_keys(model, loc[:-1])
        near = difflib.get_close_matches(str(loc[-1]), known, 1)
        hint = f"Did you mean `{near[0]}`?" if near else "Remove it or correct its name."
        return error(place, "one of the keys " + ", ".join(known), f"the unknown key `{loc[-1]}`", hint)
    if first["type"] == "missing":
        return error(place, f"the key `{loc[-1]}`", "no such key", "Add it.")
    message = first["msg"].removeprefix("Value error, ").removeprefix("Input should be ").replace("should match", "of")
    remedy = "Fill it in." if first["input"] is None else "Correct the value."
    if first["type"] == "string_type" and first["input"] is not None:
        remedy = "Quote the value."
    return error(place, message, found[:120], remedy)


def _is_tag(part: Any) -> bool:
    return isinstance(part, str) and not part.replace("_", "").isalnum()


def _known_keys(model: type[Strict], loc: list[Any]) -> list[str]:
    current: Any = model
    for part in loc:
        if isinstance(part, int):
            continue
        field = current.model_fields.get(part)
        if field is None:
            return []
        candidates = [field.annotation]
        while candidates:
            candidate = candidates.pop()
            if isinstance(candidate, type) and issubclass(candidate, BaseModel):
                current = candidate
                break
            candidates.extend(getattr(candidate, "__args__", ()))
    return [field.alias or name for name, field in current.model_fields.items()]


def _line(data: Any, loc: list[Any]) -> int | None:
    line = None
    for part in loc:
        if not isinstance(data, CommentedBase):
            break
        try:
            line = (data.lc.key(part) if isinstance(data, CommentedMap) else data.lc.item(part))[0] + 1
            data = data[part]  # type: ignore[index]  # a path through the data always leads through containers
        except (KeyError, IndexError, TypeError):
            break
    return line
