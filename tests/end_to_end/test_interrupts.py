"""Ctrl-C between two reports: what runs is finished, what is done is not called interrupted."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Iterator

import pytest

from helpers.batch.interrupts import until_interrupted


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """A second Ctrl-C silences the logs of a process that is about to end; this one goes on with other tests."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)
    logging.disable(logging.NOTSET)


def press() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def go(presses: int) -> tuple[list[str], list[str]]:
    """What is begun and what is finished of three items where the second is met by so many presses."""
    begun, finished = [], []

    def work() -> None:
        with until_interrupted("abc") as wanted:
            for item in wanted:
                begun.append(item)
                for _ in range(presses if item == "b" else 0):
                    press()
                finished.append(item)

    with pytest.raises(KeyboardInterrupt):
        work()
    return begun, finished


def test_the_item_at_hand_is_finished_and_no_other_begun() -> None:
    assert go(presses=1) == (["a", "b"], ["a", "b"])


def test_a_second_press_stops_at_once() -> None:
    assert go(presses=2) == (["a", "b"], ["a"])


def test_a_press_during_the_last_item_interrupts_nothing() -> None:
    with until_interrupted("ab") as wanted:
        for item in wanted:
            if item == "b":
                press()
        assert list(wanted) == []


def test_what_was_started_deaf_stays_deaf() -> None:
    """`gongkai build &` in a script: a Ctrl-C at the terminal is meant for another job."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with until_interrupted("ab") as wanted:
        for _ in wanted:
            press()
    assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
