"""Footnotes in the narrative: explained in their own section, or shown as they were typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from helpers.errors import NarrativeError
from helpers.integrity.claims.cleaning import clean
from helpers.markup import plain

Written = Callable[[str], Mapping[str, str]]


def test_a_note_stands_below_its_section(written: Written) -> None:
    text = written("# 一、总体情况\n\n受理12件[^1]。\n\n## 平台建设\n\n新建专栏[^2]。\n\n[^1]: 含上年结转。\n[^2]:说明")
    assert plain(text["overview"]).endswith("含上年结转。\n说明")
    assert "受理12件1。" in plain(text["overview"])


def test_a_note_that_another_section_explains_is_refused_on_its_line(written: Written) -> None:
    with pytest.raises(NarrativeError, match="explained in the section they stand in") as caught:
        written("前言[^1]。\n\n# 一、总体情况\n\n正文。\n\n[^1]: 说明")
    assert caught.value.where.line == 1


def test_a_mark_without_a_note_stays_as_it_was_typed(written: Written) -> None:
    assert plain(written("前言[^注]。")["preface"]) == "前言[^注]。"


def test_the_number_of_a_note_is_no_figure_of_the_report() -> None:
    assert clean("受理12件[^3]。\n\n[^3]: 含上年").text == "受理12件。\n含上年"
