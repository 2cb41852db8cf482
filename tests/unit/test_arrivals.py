"""Stored in the order of their writing, though many listeners work at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from handlers import arrivals
from handlers.arrivals import Arrivals


def test_a_later_one_waits_for_an_earlier_one_about_the_same() -> None:
    there, begun = Arrivals(), threading.Event()
    stored: list[str] = []

    def store(at: str) -> None:
        begun.set()
        with there.in_turn("C1 1.0", at):
            stored.append(at)

    with ThreadPoolExecutor(1) as pool:
        with there.in_turn("C1 1.0", "1.1"):
            later = pool.submit(store, "1.2")
            begun.wait()
            assert stored == []
            stored.append("1.1")
        later.result()
    assert stored == ["1.1", "1.2"]


def test_an_earlier_one_that_comes_later_waits_for_nobody_and_other_threads_neither() -> None:
    there = Arrivals()
    with there.in_turn("C1 1.0", "1.2"), there.in_turn("C1 1.0", "1.1"), there.in_turn("C1 2.0", "1.3"):
        pass


def test_one_that_never_arrives_does_not_hold_the_others_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arrivals, "PATIENCE_SECONDS", 0.01)
    there = Arrivals()
    with there.in_turn("C1 1.0", "1.1"), there.in_turn("C1 1.0", "1.2"):
        pass
