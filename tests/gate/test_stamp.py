"""The fingerprint tells any two reports apart, and a stamp any two pieces."""

from __future__ import annotations

import datetime as dt
import pickle
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from helpers.display import TYPST
from helpers.forms import get_form
from helpers.notebook import load
from helpers.report import Acknowledgement, AnnualReport, Doubt, Draft, Indicator, Source
from helpers.stamp import identity, intact, stamped
from helpers.tables import table
from strategies import flawless_report

CHANGES: dict[str, Any] = {
    "year": 2023,
    "form": get_form("2019"),
    "notes": {"review.litigation.total": "注"},
    "text": {"other": "无。"},
    "indicators": {"posts": Indicator("posts", "发布", 3, "条", "site")},
    "by_default": ("other",),
    "published": dt.date(2025, 1, 1),
    "source": Source(statement="来源"),
    "uncertain": (Doubt("review.litigation.total", "模糊"),),
    "acknowledged": (Acknowledgement("T2-ITEMS", "x", "照录"),),
    "previous": None,
}


@pytest.mark.parametrize("name", [entry.name for entry in fields(AnnualReport) if entry.name != "draft"])
def test_whatever_differs_makes_another_report(name: str) -> None:
    report = flawless_report(2024)
    body = replace(report.body, contact={"telephone": "1"})
    cells = {**report.cells, "proactive_disclosure.fees.amount": Decimal("0.01")}
    other = replace(report, **{name: {"body": body, "cells": cells, **CHANGES}[name]})
    assert other.fingerprint != report.fingerprint == replace(report).fingerprint


def test_a_blank_is_not_zero_and_the_year_before_counts() -> None:
    report = flawless_report(2024)
    address = next(iter(report.cells))
    assert report.previous is not None
    others = [report.with_cells({address: value}) for value in (None, 0, 1)]
    others.append(replace(report, previous=report.previous.with_cells({next(iter(report.previous.cells)): 0})))
    assert len({other.fingerprint for other in others}) == len(others)


def test_the_same_report_has_the_same_fingerprint_wherever_it_lies(params: Path, params_to_spoil: Path) -> None:
    here, there = load("321300-suqian", 2024, params), load("321300-suqian", 2024, params_to_spoil)
    assert here.draft != there.draft
    assert here.fingerprint == there.fingerprint == pickle.loads(pickle.dumps(here)).fingerprint
    assert replace(here, draft=Draft(Path("x"), "y")).fingerprint == here.fingerprint


def test_a_stamp_holds_for_what_was_stamped_alone() -> None:
    report = flawless_report(2024)
    data, metadata = table(report, "review")._repr_mimebundle_()
    about = metadata["gongkai"]
    assert intact(data, about)
    assert intact({**data, "text/plain": "for a terminal"}, about)
    assert not intact({**data, "text/html": data["text/html"] + " "}, about)
    assert not intact({**data, TYPST: ""}, about)
    assert not intact({**data, "image/svg+xml": "<svg/>"}, about)
    assert not intact(data, {**about, "id": "requests"})
    assert not intact(data, {**about, "more": 1})
    assert not intact(data, {key: value for key, value in about.items() if key != "checksum"})


def test_what_stands_in_one_form_cannot_move_to_another() -> None:
    of = identity(flawless_report(2024))
    one = stamped({"text/html": "a", TYPST: "b"}, of, kind="table")
    assert one["checksum"] != stamped({"text/html": "b", TYPST: "a"}, of, kind="table")["checksum"]
    assert one["checksum"] != stamped({"text/html": "a\0" + TYPST + "\0b", TYPST: ""}, of, kind="table")["checksum"]
