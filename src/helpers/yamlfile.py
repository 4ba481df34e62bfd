"""YAML files read into pydantic models, every complaint with its file, line and key."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedBase, CommentedMap
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from helpers.errors import InputError, Place

Model = TypeVar("Model", bound="Strict")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
"""Characters that neither a page nor a print can hold; they come from broken exports and from YAML escapes."""


class Strict(BaseModel):
    """A YAML mapping whose keys are all known and whose types are not guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def read_text(path: Path, error: type[InputError]) -> str:
    """The text of a UTF-8 file, a byte-order mark dropped; any other encoding is refused by name.

    GBK is what Chinese Excel writes by default. Its bytes are not decoded by guess: a wrong guess turns
    labels into other labels. A missing file is an error that says what it should hold.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise error(path, "this file", "nothing", "Create it, or run `gongkai new` for a complete folder.") from None
    except OSError as problem:
        raise error(path, "a readable file", problem.strerror or str(problem), "Check its permissions.") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + 1
        try:
            data.decode("gb18030")
            found = "bytes of another encoding, probably GBK (what Chinese Excel saves as “CSV”)"
        except UnicodeDecodeError:
            found = f"byte 0x{data[problem.start]:02x}, which no Chinese encoding explains"
        raise error(
            Place(path, line), "UTF-8 text", found, "Save it as “CSV UTF-8” or convert it: iconv -f GB18030 -t UTF-8."
        ) from None
    if bad := _UNPRINTABLE.search(text):
        place = Place(path, text.count("\n", 0, bad.start()) + 1)
        raise error(place, "printable text", f"the control character {bad[0]!r}", "Delete it.")
    return text


class _Constructor(RoundTripConstructor):
    """Ruamel's own, but a value that Python refuses (the date 2021-02-30) is an error with a line like any other."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:
        try:
            value = super().construct_object(node, deep)
        except (ValueError, IndexError, AttributeError, TypeError) as problem:
            raise ConstructorError(problem=str(problem), problem_mark=node.start_mark) from None
        if isinstance(value, str) and _UNPRINTABLE.search(value):
            raise ConstructorError(problem="a control character", problem_mark=node.start_mark)
        return value


def read_yaml(path: Path, model: type[Model], error: type[InputError]) -> Model:
    """The file at `path` as a `model`; the first thing wrong in it is raised as `error` with its line."""
    text = read_text(path, error)
    try:
        data = _parsed(text)
    except MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else None
        found = " ".join(str(problem.problem).split()).removeprefix("found ")
        raise error(Place(path, line), "valid YAML", found, "Mend this line.") from None
    except (YAMLError, RecursionError) as problem:
        raise error(path, "valid YAML", " ".join(str(problem).split())[:200], "Mend the file.") from None
    if data is None:
        data = CommentedMap()
    if not isinstance(data, CommentedMap):
        raise error(Place(path, 1), "a mapping (key: value)", f"a {type(data).__name__}", "Write one key a line.")
    try:
        return model.model_validate(_plain(data))
    except ValidationError as problem:
        # A misspelt key is also a missing one; the slip of the pen says more than the gap it leaves.
        first = min(problem.errors(), key=lambda one: one["type"] != "extra_forbidden")
        raise _complaint(path, data, model, dict(first), error) from None


@lru_cache(maxsize=16)
def _parsed(text: str) -> Any:
    """The data with its lines; kept, because a county's file is read for each of its years."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    return yaml.load(text)


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
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
