"""Whom a claim speaks of: the body whose report it is, or somebody else."""

from __future__ import annotations

import re

from helpers.bodies import LOCAL, PLACE, UNITS, is_government, place_of
from helpers.report import Body

WHOLE = re.compile(rf"[全我本](?P<unit>{PLACE}|局|委|厅|办|院|系统)(?:范围内?|上下)?")
SELF = re.compile(r"(?:本|我)(?:行政)?(?:机关|单位|部门)")


def is_own(scope: str | None, body: Body) -> bool:
    """Whether `scope` is what the tables of `body` cover.

    全市 is a city's own, and somebody else's in a county's report. 本机关 in a government's report is the
    government's office; in a department's or a town's it is the body itself.
    """
    if scope is None:
        return True
    place = place_of(body.name)
    small = is_small(body)
    if match := WHOLE.fullmatch(scope):
        unit = match["unit"]
        own = next((name for name in UNITS if place.endswith(name)), None)
        return unit.endswith(own) if own else unit not in UNITS or not body.name
    if SELF.fullmatch(scope):
        return small
    if scope.endswith(UNITS):
        return place.endswith(scope)
    return small and len(scope) > 2 and _within(scope, body.name)


def is_small(body: Body) -> bool:
    """Whether `body` is a department or a town, whose report covers itself and nothing below."""
    if body.level in ("department", "town") or LOCAL.search(body.name):
        return True
    return bool(body.name) and not is_government(body.name) and not body.name.endswith(UNITS)


def is_part(scope: str | None) -> bool:
    """Whether `scope` lies within what the tables cover, as far as its name tells; 全省 and 近三年 reach beyond."""
    return scope is not None and not WHOLE.fullmatch(scope) and not re.search("近|来$|代表?", scope)


def _within(short: str, name: str) -> bool:
    """Whether `short` abbreviates `name`: its characters stand in it, in order."""
    letters = iter(name)
    return all(letter in letters for letter in short)
