"""Parsers of prose are linear in what a county writes, whatever it writes by the thousand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from growth import BITS, LINEAR, growth
from helpers.hypertext import to_html, to_typst
from helpers.markup import plain, prose
from helpers.narrative.markdown import escape, join_lines, refused_target
from helpers.narrative.template import render

PARSERS: dict[str, Callable[[str], object]] = {
    "join_lines": join_lines,
    "refused_target": refused_target,
    "escape": escape,
    "to_html": lambda text: to_html(prose(text)),
    "to_typst": lambda text: to_typst(prose(text)),
    "plain": plain,
    "render": lambda text: render(text, {"a": 1}, Path("narrative.md")),
}


@pytest.mark.parametrize("name", PARSERS)
def test_a_parser_of_prose_is_linear(name: str) -> None:
    measured = {bit: growth(PARSERS[name], bit) for bit in BITS}
    assert {bit: times for bit, times in measured.items() if times > LINEAR} == {}


@pytest.mark.parametrize("head", ["", "# ", "# 一、总体情况\n", "{# "])
@pytest.mark.parametrize("tail", ["x", "%}", "#}\n"])
def test_a_whole_narrative_is_read_in_linear_time(
    written: Callable[[str], Mapping[str, str]], head: str, tail: str
) -> None:
    measured = {
        bit: growth(written, bit, 800, head, tail) for bit in (" ", " \t", "\n", "{#", "{%", "#", "文\n", "## 甲\n文\n")
    }
    assert {bit: times for bit, times in measured.items() if times > LINEAR} == {}


def test_the_measure_finds_what_is_quadratic() -> None:
    def quadratic(text: str) -> None:
        seen = ""
        for letter in text * 4:
            seen = letter + seen

    assert growth(quadratic, "文\n", 6000) > LINEAR
