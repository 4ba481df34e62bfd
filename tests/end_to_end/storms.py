"""Builds that are killed or signalled at random moments: `python tests/end_to_end/storms.py kills 50`.

After each blow every edition that stood stands; at the end one quiet run finishes, and nothing else is left.
"""

from __future__ import annotations

import json
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from nations import counties, start

from helpers.batch import manifest

BLOWS = {
    "kills": (signal.SIGKILL,),
    "signals": (signal.SIGINT, signal.SIGTERM),
}


def storm(folder: Path, signals: Sequence[int], blows: int, seed: int = 0) -> dict[str, int]:
    """Builds of one nation until so many were struck by one of the signals; gives what was seen, asserts the rest."""
    dice = random.Random(seed)
    params, out, temporary = counties(folder, 4), folder / "build", folder / "tmp"
    temporary.mkdir()
    began = time.monotonic()
    start("build", "--params", params, "--out", out).communicate(timeout=300)
    quiet = time.monotonic() - began
    for county in list(out.glob("99*"))[::2]:
        shutil.rmtree(county)
    seen = {"struck": 0, "finished": 0, "replaced before the blow": 0}
    while seen["struck"] < blows:
        standing, before = whole(out), editions(out)
        force = ("--force",) if dice.random() < 0.8 else ()
        build = start("build", "--params", params, "--out", out, "--jobs", dice.choice((1, 2)), *force)
        began = time.monotonic()
        end = began + dice.uniform(0, quiet)
        while build.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        struck = build.poll() is None
        if struck:
            build.send_signal(dice.choice(signals))
        _, said = build.communicate(timeout=120)
        assert "Traceback" not in said, said
        if not struck and force:
            quiet = time.monotonic() - began  # machines have moods
        assert standing <= whole(out), f"{standing - whole(out)} was lost after {seen}"
        seen["struck"] += struck
        seen["finished"] += not struck
        seen["replaced before the blow"] += struck and len(editions(out) - before)
    last = start("build", "--params", params, "--out", out, "--json")
    summary = json.loads(last.communicate(timeout=120)[0])
    assert last.returncode == 0
    assert summary["built"] + summary["unchanged"] == len(whole(out)) == 4
    assert sorted(path.name for path in out.iterdir() if not path.name.startswith("99")) == ["summary.json"]
    assert sorted(path.name for path in out.glob("99*/*")) == ["2020"] * 4
    return seen


def editions(out: Path) -> set[int]:
    """Which folders stand, whatever is in them."""
    return {folder.stat().st_ino for folder in out.glob("99*/2020")}


def whole(out: Path) -> set[str]:
    """The counties whose edition stands, in its place or where a blow caught it; none may be anything but whole."""
    found = set()
    for folder in (*out.glob("99*/2020"), *out.glob(".work/99*/2020.old")):
        recorded = manifest.read(folder)
        in_place = folder.name == "2020"
        if in_place or not (out / folder.parent.name / "2020").exists():
            assert recorded is not None, folder
            assert manifest.flaw(folder, recorded) is None, folder
            assert manifest.outputs(folder) == recorded.outputs, folder
            found.add(folder.parent.name)
    return found


if __name__ == "__main__":
    kind, blows = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        print(kind, blows, storm(Path(name), BLOWS[kind], blows, seed=int(sys.argv[3]) if sys.argv[3:] else 0))
