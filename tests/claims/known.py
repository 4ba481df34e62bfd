"""What the reader of prose is known to miss or to mistake: the whole list, so that nothing is lost or gained unseen."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ruamel.yaml import YAML

KNOWN = Path(__file__).with_name("known.yaml")


def assert_known(kind: str, found: Iterable[tuple[str, str]]) -> None:
    """`found` are pairs of a text and what is wrong with it; they are those that the file lists under `kind`."""
    listed = YAML(typ="safe").load(KNOWN)[kind] or {}
    known = {(text.strip(), fault) for text, faults in listed.items() for fault in faults}
    now = {(text.strip(), fault) for text, fault in found}
    worse = [f"{text}\n    {fault}" for text, fault in sorted(now - known)]
    assert not worse, "\n".join(["understood until now:", *worse])
    better = [f"{text}\n    {fault}" for text, fault in sorted(known - now)]
    assert not better, "\n".join([f"mended; remove from `{kind}` in {KNOWN.name}:", *better])
