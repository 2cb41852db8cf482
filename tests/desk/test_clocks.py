"""The clocks in use: what people write reaches them in whatever order, and the tick tells each rung once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from cases.calendars import CalendarBook
from cases.case import Case
from cases.change import Change
from cases.clocks import deadline
from cases.desk import Desk
from cases.people import Actor
from cases.policy import ClockKind
from cases.room import Room
from cases.says import SayKind
from cases.timekeeping import Timekeeping
from policies.holiday_names import holiday_names
from storage.database import make_engine
from storage.migrate import upgrade
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import CUSTOMER, ENGINEER, NOON, PLACES, OnDuty, account, case
from tests.clocked import HOUR, clocked
from tests.handlers.looks import message


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    """Acme, on a programme with all clocks; C-1 of theirs, opened from a message at noon."""
    url = f"sqlite:///{tmp_path / 'cases.db'}"
    upgrade(url)
    engine = make_engine(url)
    made = Room(SqlUnitsOfWork(engine), {"okta": clocked()}, CalendarBook(holiday_names), OnDuty(), PLACES)
    with made.units() as uow:
        acme = uow.accounts.put(account())
        fresh = replace(case(of=clocked()), account=acme.id, source=message("help"))
        made.save(uow, Change(uow.cases.add(fresh, "intake")))
    yield made
    engine.dispose()


def after(hours: float) -> datetime:
    return NOON + hours * HOUR


def stored(room: Room) -> Case:
    with room.units() as uow:
        return uow.cases.get(1)


def writes(room: Room, who: Actor, hours: float, event: str | None = None) -> None:
    source = message("help")
    Desk(room).note_message(source.channel, source.ts, who, after(hours), event)


def test_an_answer_whose_event_comes_late_leaves_unanswered_what_was_written_after_it(room: Room) -> None:
    writes(room, CUSTOMER, 0.5)
    writes(room, ENGINEER, 0.25)

    found = deadline(stored(room))
    assert found is not None
    assert (found.kind, found.at) == (ClockKind.NEXT_RESPONSE, after(4.5))


def test_an_event_that_comes_twice_counts_once(room: Room) -> None:
    writes(room, ENGINEER, 0.25)
    writes(room, CUSTOMER, 1, "Ev1")
    writes(room, ENGINEER, 2, "Ev2")
    before = stored(room)
    writes(room, CUSTOMER, 1, "Ev1")
    writes(room, ENGINEER, 2, "Ev2")
    assert stored(room) == before


def test_a_strangers_message_starts_nothing(room: Room) -> None:
    writes(room, ENGINEER, 0.25)
    stranger = replace(CUSTOMER, person=replace(CUSTOMER.person, user="U0BORIS", team="T0BOLT"))
    writes(room, stranger, 1)
    found = deadline(stored(room))
    assert found is not None
    assert found.kind is ClockKind.UPDATE


def test_the_tick_tells_each_rung_once_and_leaves_nothing_due(room: Room) -> None:
    writes(room, ENGINEER, 0.25)
    writes(room, CUSTOMER, 1)
    tick = Timekeeping(room)
    for minutes in range(60, 26 * 60, 15):
        while tick.fire_next(after(minutes / 60)):
            pass
    with room.units() as uow:
        said = [say.body for say in uow.outbox.said(1, SayKind.ESCALATION) if say.body["audience"] == "triage"]
    first = [(body["clock"], body["share"]) for body in said if not body["repeat"]]
    assert sorted(first) == sorted(
        (kind, share) for kind in ("next-response", "update", "solution") for share in (50, 75, 100)
    )
    assert {body["late_seconds"] for body in said} <= set(range(15 * 60))
