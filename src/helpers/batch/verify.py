"""Proof that a published folder is what its inputs make: rebuild it aside and compare checksums."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat

from helpers.batch import manifest
from helpers.batch.build import NOTEBOOK
from helpers.batch.growing import grown
from helpers.batch.planning import Order
from helpers.batch.surroundings import temporary
from helpers.batch.targets import Target
from helpers.batch.task import Task
from helpers.exporters.gate import require_valid, require_whole
from helpers.faults import told
from helpers.limits import EXPORT
from helpers.workers import workers


@dataclass(frozen=True)
class Proof:
    """What a verification found: nothing (`problems` empty), or each file and how it differs."""

    target: Target
    problems: tuple[str, ...]


def verify_all(order: Order, targets: Sequence[Target], jobs: int) -> Iterator[Proof]:
    """Each target's proof, in order; whatever ends in an exception, late or with its process is that target's."""
    seconds = order.limits.seconds + EXPORT.seconds
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch, temporary(Path(scratch) / "tmp"):
        order = replace(order, scratch=Path(scratch))
        with workers(min(jobs, len(targets))) as pool:
            calls = ((order, target, len(targets)) for target in targets)
            for ended in pool.in_order(_verified, calls, seconds):
                yield ended.value or Proof(targets[ended.index], (told(ended.error, EXPORT),))


def verify(task: Task, count: int = 1) -> Proof:
    """Compare the built folder with its manifest and its notebook with the target, then rebuild and compare that too.

    The published folder is not touched. A target that was never built, or whose inputs have changed since, has
    nothing to compare and says so.
    """
    recorded, found = _as_it_stands(task)
    if recorded is None:
        return Proof(task.target, ("not built yet",))
    promised = {**dict.fromkeys(manifest.FILES), **recorded.outputs}
    problems = _differences(promised, found, "on disk") or _not_whole(task, recorded)
    if reason := manifest.outdated(task, recorded):
        return Proof(task.target, (*problems, f"cannot be rebuilt as it was: {reason}"))
    result = grown(task, count)
    if result.error is not None:
        return Proof(task.target, (*problems, f"the rebuild failed: {result.first_line}"))
    return Proof(task.target, (*problems, *_differences(promised, manifest.outputs(task.work), "rebuilt")))


def _verified(order: Order, target: Target, count: int) -> Proof:
    return verify(order.task(target), count)


def _not_whole(task: Task, recorded: manifest.Manifest) -> tuple[str, ...]:
    """What keeps the published notebook from being the target's whole report, also where nothing can be rebuilt."""
    try:
        notebook, target = nbformat.read(task.standing / NOTEBOOK, as_version=4), task.target
        require_valid(notebook, task.notebook.name)
        report = require_whole(notebook, task.notebook.name, (target.county, target.year))
        manifest.require_own(task, recorded.inputs, report.record)
    except Exception as problem:  # a stranger may have written both the notebook and its manifest
        return (f"{NOTEBOOK} on disk: {' '.join(told(problem).splitlines())}",)
    return ()


def _as_it_stands(task: Task) -> tuple[manifest.Manifest | None, dict[str, str]]:
    """Manifest and hashes of one edition: read again where a build replaced it meanwhile."""
    while True:
        folder, before = _identity(task)
        try:
            seen = manifest.read(folder), manifest.outputs(folder)
        except OSError:
            if _identity(task) == (folder, before):
                raise
            continue
        if _identity(task) == (folder, before):
            return seen


def _identity(task: Task) -> tuple[Path, int | None]:
    folder = task.standing
    return folder, folder.stat().st_ino if folder.is_dir() else None


def _differences(recorded: Mapping[str, str | None], found: Mapping[str, str], where: str) -> tuple[str, ...]:
    return tuple(
        f"{name} {where}: {'missing' if name not in found else 'not recorded' if not recorded.get(name) else 'differs'}"
        for name in sorted({*recorded, *found})
        if recorded.get(name) != found.get(name)
    )
