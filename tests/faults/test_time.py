"""The machine's clock jumps, and the clocks of New York are put forward and back: each rung once, at its instant."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine

from bot.clock import SystemClock
from cases.calendars import CalendarBook
from cases.case import Case
from cases.hours import CalendarSpec, Window
from cases.people import Person
from cases.promise import promise_for, rung_times
from cases.says import SayKind
from cases.timers import planned_timers
from policies.holiday_names import holiday_names
from scheduling.service import Scheduling
from storage.database import make_engine
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON, account, program
from tests.scheduling.conftest import House, PlainRenderer
from tests.scheduling.slack import SlackInMemory
from tests.scheduling.times import HandClock

DANA = Person("U0DANA", "T0ACME", "Dana")
HOUR = timedelta(hours=1)
NEW_YORK = "America/New_York"
NIGHT = CalendarSpec("night", tuple(Window(day, 0, 6 * 60) for day in range(7)), NEW_YORK)
"""Open from midnight to six, when clocks are changed."""
CHANGES = {
    "gap": datetime(2026, 3, 8, tzinfo=ZoneInfo(NEW_YORK)),
    "fold": datetime(2026, 11, 1, tzinfo=ZoneInfo(NEW_YORK)),
}
"""Midnight before each of New York's two changes."""


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    engine = make_engine(database, patience=60)
    yield engine
    engine.dispose()


@pytest.fixture
def house(engine: Engine) -> House:
    return House(SqlUnitsOfWork(engine), HandClock(), SlackInMemory(), Path())


def living(house: House) -> Scheduling:
    """All that time does, step by step."""
    leaps = count()
    return Scheduling(
        units=house.units,
        fire=house.timekeeping.fire_next,
        handle=lambda _: None,
        renderer=PlainRenderer(),
        messenger=house.slack,
        clock=house.clock,
        wall=SystemClock(),
        monotonic=lambda: float(next(leaps)),
    )


def told(house: House, number: int) -> list[tuple[int, int]]:
    """Each rung told in triage, and how late, in seconds."""
    with house.units() as unit:
        says = [say for say in unit.outbox.said(number, SayKind.ESCALATION) if say.body["audience"] == "triage"]
        return [(int(say.body["share"] or 0), int(say.body["late_seconds"] or 0)) for say in says]


def test_a_clock_that_jumps_forward_and_back_tells_each_rung_once(house: House) -> None:
    number = house.open_case(NOON).number
    scheduling = living(house)
    try:
        for minutes in (31, 91, 31, 50, 61, 89):
            house.clock.at = NOON + timedelta(minutes=minutes)
            scheduling.run_pending(house.clock.now())
    finally:
        scheduling.stop()
    assert told(house, number) == [(50, 60), (100, 31 * 60)]
    assert len(house.slack.shown) == len({message.text for message in house.slack.shown})


def test_a_clock_that_jumps_back_fires_nothing_early_and_all_that_comes_after(house: House) -> None:
    scheduling = living(house)
    try:
        first = house.open_case(NOON, "before the jump").number
        house.clock.at = NOON + timedelta(minutes=31)
        scheduling.run_pending(house.clock.now())
        house.clock.at -= HOUR
        second = house.open_case(house.clock.now(), "after the jump").number
        scheduling.run_pending(house.clock.now())
        assert told(house, second) == []
        for _ in range(12):
            house.clock.move(minutes=5)
            scheduling.run_pending(house.clock.now())
    finally:
        scheduling.stop()
    assert [share for share, _ in told(house, second)] == [50, 75, 100]
    assert [share for share, _ in told(house, first)] == [50]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("minutes", [0, 30, 60, 90, 119, 150])
def test_each_rung_falls_at_its_instant_in_the_night_of_the_change(house: House, change: str, minutes: int) -> None:
    """Opened so long after midnight: the two hours are support time, which knows nothing of what clocks say."""
    calendar = CalendarBook(holiday_names)(NIGHT)
    opened = (CHANGES[change].astimezone(UTC) + timedelta(minutes=minutes)).replace(microsecond=0)
    promise = promise_for(program((1, 2, 8, 24), NIGHT), account(), "service", 2)
    due = calendar.add(opened, promise.target_seconds)
    assert due - opened == 2 * HOUR
    case = Case(0, 0, 1, "Acme", "C0ACME", "At night", "", DANA, opened, promise, opened, opened, due)
    with house.units() as unit:
        unit.accounts.put(account())
        stored = unit.cases.add(case, opening="one")
        unit.save(stored, planned_timers(stored, calendar), (), ())
    with house.units() as unit:
        read = unit.cases.get(stored.number)
        timers = {timer.due_at for timer in unit.timers.of_case(stored.number)}
    assert (read.opened_at, read.due_at) == (opened, due)
    instants = [at for _, at in rung_times(promise, calendar, opened, due)]
    assert {opened + 2 * HOUR * share / 100 for share in (50, 75, 90, 100)} == set(instants)
    assert set(instants[:1]) <= timers
    for at in instants:
        assert house.timekeeping.fire_next(at - timedelta(seconds=1)) is False
        assert house.timekeeping.fire_next(at) is True
    assert told(house, stored.number) == [(50, 0), (75, 0), (100, 0)]
