"""Proof that a published folder is what its inputs make: rebuild it aside and compare checksums."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace

from helpers.batch import manifest
from helpers.batch.build import build
from helpers.batch.targets import Target
from helpers.batch.task import WORK, Task


@dataclass(frozen=True)
class Proof:
    """What a verification found: nothing (`problems` empty), or each file and how it differs."""

    target: Target
    problems: tuple[str, ...]


def verify(task: Task) -> Proof:
    """Compare the built folder with its manifest, then rebuild it aside and compare that too.

    The published folder is not touched. A target that was never built, or whose inputs have changed since, has
    nothing to compare and says so.
    """
    recorded = manifest.read(task.built)
    if recorded is None:
        return Proof(task.target, ("not built yet",))
    problems = _differences(recorded.outputs, manifest.outputs(task.built), "on disk")
    if reason := manifest.stale(task.target, task.params, task.notebook, task.built):
        return Proof(task.target, (*problems, f"cannot be rebuilt as it was: {reason}"))
    aside = task.out / WORK / "verify"
    try:
        result = build(replace(task, out=aside))
        if result.error is not None:
            return Proof(task.target, (*problems, f"the rebuild failed: {result.first_line}"))
        rebuilt = manifest.outputs(task.target.folder(aside))
        return Proof(task.target, (*problems, *_differences(recorded.outputs, rebuilt, "rebuilt")))
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _differences(recorded: Mapping[str, str], found: dict[str, str], where: str) -> tuple[str, ...]:
    return tuple(
        f"{name} {where}: {'missing' if name not in found else 'not recorded' if name not in recorded else 'differs'}"
        for name in sorted({*recorded, *found})
        if recorded.get(name) != found.get(name)
    )
