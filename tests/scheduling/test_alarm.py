"""The alarm goes off when the earliest timer falls due. Real APScheduler, real time, a few hundred milliseconds."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from threading import Event, Thread

import pytest
from structlog.testing import capture_logs

from bot.clock import SystemClock
from scheduling.alarm import Alarm
from scheduling.tick import Tick
from tests.builders import NOON
from tests.scheduling.conftest import House
from tests.scheduling.times import RunningClock

SOON = timedelta(milliseconds=300)
HALF = timedelta(minutes=30)
"""The first rung, after the opening."""
PATIENCE = 10
"""Seconds after which the alarm counts as missed: shorter than its sweep, so that the sweep can't help."""


class Bell:
    """Fires what is due and lets the test wait for a firing."""

    def __init__(self, house: House, clock: RunningClock) -> None:
        self.house = house
        self.clock = clock
        self.rang = Event()
        self.looked = Event()
        self.fired = 0
        self.alarm = Alarm(self.run, self.next_due_at, clock, SystemClock())

    def run(self, now: datetime) -> int:
        fired = Tick(self.house.timekeeping.fire_next).run(now)
        self.fired += fired
        if fired:
            self.rang.set()
        return fired

    def next_due_at(self) -> datetime | None:
        with self.house.units() as unit:
            due = unit.timers.next_due_at()
        self.looked.set()
        return due


@pytest.fixture
def bell(house: House) -> Iterator[Bell]:
    bell = Bell(house, RunningClock(NOON))
    yield bell
    bell.alarm.stop()


def test_it_goes_off_when_the_timer_falls_due_and_not_before(house: House, bell: Bell) -> None:
    house.open_case(NOON)
    bell.clock.set(NOON + HALF - SOON)

    bell.alarm.start()

    assert bell.rang.wait(PATIENCE)
    assert bell.fired == 1
    assert bell.clock.now() >= NOON + HALF


def test_an_earlier_timer_committed_later_moves_it_forward(house: House, bell: Bell) -> None:
    house.open_case(NOON + timedelta(hours=5), "in hours")
    bell.alarm.start()
    assert bell.looked.wait(PATIENCE)

    house.open_case(NOON - HALF + timedelta(seconds=1), "in no time")
    bell.alarm.wake()

    assert bell.rang.wait(PATIENCE)
    assert bell.fired == 1


def test_what_fell_due_while_the_process_was_away_fires_at_the_start(house: House, bell: Bell) -> None:
    house.open_case(NOON - timedelta(days=1))

    bell.alarm.start()

    assert bell.rang.wait(PATIENCE)


def test_a_clock_moved_forward_fires_what_became_due(house: House, bell: Bell) -> None:
    house.open_case(NOON + timedelta(days=3))
    bell.alarm.start()
    assert bell.looked.wait(PATIENCE)

    bell.clock.set(NOON + timedelta(days=3) + HALF)
    bell.alarm.wake()

    assert bell.rang.wait(PATIENCE)


def test_one_rung_after_the_other_without_being_woken(house: House, bell: Bell) -> None:
    house.open_case(NOON, "half past")
    house.open_case(NOON + timedelta(seconds=1), "a moment later")
    bell.clock.set(NOON + HALF - SOON)
    bell.alarm.start()

    assert bell.rang.wait(PATIENCE)
    bell.rang.clear()

    assert bell.rang.wait(PATIENCE)
    assert bell.fired == 2


def test_a_database_gone_for_a_moment_is_only_a_delay() -> None:
    answered, gone = Event(), [OSError("no such file")]

    def next_due_at() -> datetime | None:
        if gone:
            raise gone.pop()
        answered.set()
        return None

    alarm = Alarm(lambda now: 0, next_due_at, SystemClock(), SystemClock())
    with capture_logs() as logs:
        alarm.start()
        assert answered.wait(PATIENCE)
        alarm.stop()

    assert "tick_failed" in [log["event"] for log in logs]


def test_stopping_waits_for_the_timer_being_fired_even_if_that_one_wakes_the_alarm() -> None:
    firing, go_on, fired = Event(), Event(), Event()

    def run(now: datetime) -> int:
        firing.set()
        assert go_on.wait(PATIENCE)
        alarm.wake()
        fired.set()
        return 1

    alarm = Alarm(run, lambda: None if fired.is_set() else NOON, SystemClock(), SystemClock())
    alarm.start()
    assert firing.wait(PATIENCE)
    stopping = Thread(target=alarm.stop)
    stopping.start()
    go_on.set()
    stopping.join(PATIENCE)

    assert not stopping.is_alive()
    assert fired.is_set()
