"""Where everything comes to stand in a real browser: nothing cut off, nothing on top of anything else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from helpers.charts import Chart
from helpers.charts._text import width

HERE = Path(__file__).parent

_MARKS_MEET = re.compile("[，。、；：“”（）《》·]{2}")

Box = tuple[float, float, float, float]

# Ems above and below the line: the frame that Chinese characters fill, a little more than digits do.
_ABOVE, _BELOW = 0.88, 0.12
# Points that two boxes may share before anyone could see it: coordinates are rounded to hundredths.
_HAIR = 0.3


@pytest.fixture(scope="session")
def measured(all_charts: dict[str, Chart]) -> dict[str, Any]:
    """Every chart as Chromium lays it out, by one process for all."""
    done = subprocess.run(
        [sys.executable, HERE / "measuring.py"],
        input=json.dumps({name: chart.svg for name, chart in all_charts.items()}),
        env=os.environ, text=True, capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    charts: dict[str, Any] = json.loads(done.stdout)
    assert charts.keys() == all_charts.keys()
    return charts


def box(text: dict[str, Any]) -> Box:
    """The frame of a line of text."""
    baseline, size = text["baseline"], text["size"]
    return text["left"], baseline - _ABOVE * size, text["right"], baseline + _BELOW * size


def overlap(one: Box, other: Box) -> bool:
    """Whether they share more than a hair in both directions."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > _HAIR and down > _HAIR


def test_the_boxes_would_show_an_overlap() -> None:
    """The measure itself can fail: a label on another, and one beside another."""
    label = {"left": 10, "right": 30, "baseline": 20, "size": 10}
    assert overlap(box(label), box(label | {"left": 29, "right": 40}))
    assert overlap(box(label), box(label | {"baseline": 29}))
    assert not overlap(box(label), box(label | {"left": 30, "right": 40}))
    assert not overlap(box(label), box(label | {"baseline": 30.5}))


def test_there_is_something_to_measure(measured: dict[str, Any]) -> None:
    assert len(measured) > 150
    assert all(len(chart["texts"]) >= 2 for chart in measured.values())


def test_nothing_is_cut_off(measured: dict[str, Any]) -> None:
    """Texts and shapes end within the sheet; a page would not show what stands beyond it."""
    beyond = [
        (name, what, [round(edge, 1) for edge in frame])
        for name, chart in measured.items()
        for what, frame in [
            *((text["text"], box(text)) for text in chart["texts"]),
            *(("shape", tuple(shape["box"])) for shape in chart["shapes"]),
        ]
        if min(frame[:2]) < -_HAIR or frame[2] > chart["view"][0] + _HAIR or frame[3] > chart["view"][1] + _HAIR
    ]
    assert beyond == []


def test_no_two_texts_overlap(measured: dict[str, Any]) -> None:
    clashes = [
        (name, one["text"], other["text"])
        for name, chart in measured.items()
        for one, other in combinations(chart["texts"], 2)
        if overlap(box(one), box(other))
    ]
    assert clashes == []


def test_no_text_stands_on_a_bar_or_a_line(measured: dict[str, Any]) -> None:
    """A figure crossed by a line of the scale, or running into a bar, cannot be read. Ribbons are frames of air."""
    clashes = [
        (name, text["text"], [round(edge, 1) for edge in shape["box"]])
        for name, chart in measured.items()
        for text in chart["texts"]
        for shape in chart["shapes"]
        if not shape["curved"] and overlap(box(text), tuple(shape["box"]))
    ]
    assert clashes == []


def test_computed_widths_are_the_browsers(measured: dict[str, Any]) -> None:
    """Margins are computed before anything is drawn: where the font's widths are read wrongly, labels get cut off.

    Browsers set two full-width marks closer together where they meet; there the computed width may be too generous.
    """
    lines = {
        (text["text"], text["size"]): text["right"] - text["left"]
        for chart in measured.values()
        for text in chart["texts"]
    }
    assert len(lines) > 500
    wrong = [
        (text, round(width(text, size), 2), round(drawn, 2))
        for (text, size), drawn in lines.items()
        if drawn / width(text, size) > 1.02 or (width(text, size) / drawn > 1.02 and not _MARKS_MEET.search(text))
    ]
    assert wrong == []
