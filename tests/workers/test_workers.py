"""A call that hangs, crashes or fails costs itself alone; the others end as if nothing had been."""

from __future__ import annotations

import ctypes
import os
import time
from concurrent.futures import Future
from pathlib import Path

import pytest
from pebble import ProcessExpired

from helpers.errors import ParameterError
from helpers.faults import told
from helpers.limits import Limits
from helpers.workers import Ended, Overdue, _ended, apart, workers


def call(what: str) -> str:
    if what == "hang":
        time.sleep(600)
    if what == "hang in C":
        # Neither an exception nor a signal's handler gets through to this; only the end of the process does.
        ctypes.PyDLL(None).sleep(600)
    if what == "swallow":
        try:
            time.sleep(600)
        except Exception:
            return "swallowed"
    if what == "crash":
        os.abort()
    if what == "refuse":
        raise ParameterError("a.html", "a report", "none", "Look again.")
    if what == "fail":
        raise ValueError("two\nlines")
    return what.upper()


@pytest.mark.parametrize("count", [1, 2])
def test_every_call_ends_and_says_how(monkeypatch, tmp_path: Path, count: int) -> None:
    monkeypatch.setattr("helpers.workers.GRACE", 0.5)
    calls = ["a", "hang", "b", "crash", "refuse", "c", "fail", "swallow", "hang in C", "d"]
    with workers(count) as pool:
        ended = {item.index: item for item in pool.each(call, ((name,) for name in calls), 1.0)}
    assert len(ended) == len(calls)
    ends = {name: ended[index] for index, name in enumerate(calls)}
    assert [ends[name].value for name in "abcd"] == ["A", "B", "C", "D"]
    limits = Limits(seconds=1, memory=100)
    problems = {name: told(error, limits, tmp_path / "log") for name, end in ends.items() if (error := end.error)}
    assert set(problems) == set(calls) - set("abcd")
    for name in ("hang", "swallow", "hang in C"):
        assert problems[name] == "Given up after 1 s."
    assert problems["crash"].startswith("The process that worked on it died (exit code ")
    assert problems["refuse"] == "a.html: expected a report, found none. Look again."
    assert "ValueError: two lines" in problems["fail"]


def test_an_alarm_at_any_moment_is_a_timeout() -> None:
    """Also before the call begins, and between its end and its being told."""
    ends = [apart(call, ("a",), seconds) for seconds in (1e-6, 1e-5, 1e-4, 3e-4, 1e-3)]
    assert {end.value or type(end.error) for end in ends} <= {"A", TimeoutError}
    future: Future[str] = Future()
    future.set_exception(Overdue())
    assert isinstance(_ended(0, future).error, TimeoutError)


def test_without_a_time_limit_a_death_still_costs_one_call() -> None:
    with workers(2) as pool:
        ended = {item.index: item for item in pool.each(call, (("a",), ("crash",), ("b",)))}
    assert [ended[index].value for index in (0, 2)] == ["A", "B"]
    assert isinstance(ended[1].error, ProcessExpired)


def test_calls_are_taken_as_workers_become_free() -> None:
    taken: list[int] = []

    def calls():
        for number in range(40):
            taken.append(number)
            yield (str(number),)

    with workers(1) as pool:
        ends = pool.each(call, calls(), 10.0)
        assert isinstance(next(ends), Ended)
        assert len(taken) <= 6
        assert len(list(ends)) == 39
