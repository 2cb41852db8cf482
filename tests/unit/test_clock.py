"""The one place where the time of day is read."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat

import pytest
from freezegun import freeze_time

from bot.clock import SharedClock, SystemClock


def test_the_time_is_aware_and_in_utc() -> None:
    with freeze_time("2026-03-29 02:30:00"):
        now = SystemClock().now()

    assert now == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    assert now.tzinfo is UTC


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Elsewhere:
    """A clock on another machine, and the seconds of this one; an answer takes as long as is said."""

    def __init__(self, *delays: float) -> None:
        self.now = NOON
        self.passed = 1000.0
        self.delays: Iterator[float] = chain(delays, repeat(0.0))

    def ask(self) -> datetime:
        delay = next(self.delays)
        self.wait(delay / 2)
        told = self.now
        self.wait(delay / 2)
        return told

    def seconds(self) -> float:
        return self.passed

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.passed += seconds


def test_a_shared_clock_tells_what_the_other_one_does_without_asking_each_time() -> None:
    there = Elsewhere(3.0, 0.5, 1.0)
    clock = SharedClock(there.ask, there.seconds)
    there.wait(90)
    assert clock.now() == there.now
    assert clock.seconds() == pytest.approx(there.now.timestamp())


def test_a_shared_clock_follows_the_other_one_but_not_a_slow_answer_of_it() -> None:
    there = Elsewhere()
    clock = SharedClock(there.ask, there.seconds)
    there.delays = repeat(4.0)
    there.now += timedelta(seconds=1)
    clock.set()
    assert clock.now() == there.now - timedelta(seconds=1), "that much may be due to the answer's way"
    there.delays = repeat(0.01)
    clock.set()
    assert clock.now() == there.now
