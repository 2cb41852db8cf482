"""Routines: each of their times is told once, by one process; several that were missed are told as one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cases.errors import ZoneUnknown
from cases.routines import Routines
from cases.says import Say, SayKind
from scheduling.rounds import LOOK, RETRY, Rounds
from storage.unit_of_work import SqlUnitsOfWork
from tests.builders import NOON
from workspace.clock import MovableClock

DAY = timedelta(days=1)


@dataclass
class Daily:
    """Told at noon."""

    name: str = "daily"
    fails: bool = False
    has_zone: bool = True
    told: list[datetime] = field(default_factory=list)

    def next_at(self, after: datetime) -> datetime | None:
        if not self.has_zone:
            raise ZoneUnknown
        at = after.replace(hour=12, minute=0, second=0, microsecond=0)
        return at if at > after else at + DAY

    def says(self, due_at: datetime, now: datetime) -> Iterable[Say]:
        if self.fails:
            raise RuntimeError("the database is busy")
        self.told.append(due_at)
        return (Say(f"{self.name}:{due_at.date()}", SayKind.REPORT, "C0MANAGERS", 0),)


def said(begin: SqlUnitsOfWork) -> list[str]:
    with begin() as work:
        return [each.say.key for each in work.outbox.claim(NOON + 99 * DAY, 9, ())]


def test_a_new_one_begins_with_its_next_time_and_is_told_then(begin: SqlUnitsOfWork) -> None:
    daily = Daily()
    routines = Routines(begin, lambda: [daily])
    routines.begin(NOON)
    assert not routines.run_due(NOON), "the noon that it began at was before its time"
    assert routines.next_at() == NOON + DAY
    assert routines.run_due(NOON + DAY)
    assert not routines.run_due(NOON + DAY)
    assert said(begin) == ["daily:2026-03-03"]


def test_of_those_that_were_missed_the_latest_is_told_once_by_the_next_process(begin: SqlUnitsOfWork) -> None:
    Routines(begin, lambda: [Daily()]).begin(NOON)
    back, later = Routines(begin, lambda: [Daily()]), NOON + 5 * DAY + timedelta(hours=3)
    back.begin(later)
    while back.run_due(later):
        pass
    assert said(begin) == ["daily:2026-03-07"]
    assert back.next_at() == NOON + 6 * DAY


def test_two_processes_that_saw_the_same_time_tell_it_once(begin: SqlUnitsOfWork) -> None:
    first, second = Daily(), Daily()
    quicker = Routines(begin, lambda: [first])
    quicker.begin(NOON)

    class Slow(Daily):
        """While it works out what to say, the other process is quicker."""

        def says(self, due_at: datetime, now: datetime) -> Iterable[Say]:
            quicker.run_due(now)
            return (Say("daily:again", SayKind.REPORT, "C0MANAGERS", 0),)

    slower = Routines(begin, lambda: [Slow()])
    slower.begin(NOON)
    assert slower.run_due(NOON + DAY)
    assert (first.told, second.told) == ([NOON + DAY], [])
    assert said(begin) == ["daily:2026-03-03"]


def test_one_that_is_not_set_any_more_is_forgotten_and_what_is_to_come_goes_by_what_is_set(
    begin: SqlUnitsOfWork,
) -> None:
    with begin() as work:
        work.routines.put("daily", NOON + 9 * DAY)
        work.routines.put("weekly", NOON + DAY)
    routines = Routines(begin, lambda: [Daily()])
    routines.begin(NOON)
    assert routines.next_at() == NOON + DAY
    with begin() as work:
        assert work.routines.all() == {"daily": NOON + DAY}


def test_one_that_fails_is_tried_again_a_minute_later_and_keeps_no_other_back(begin: SqlUnitsOfWork) -> None:
    bad, good = Daily("a-bad", fails=True), Daily("good")
    clock = MovableClock(NOON)
    rounds = Rounds(Routines(begin, lambda: [bad, good]), clock)
    assert not rounds.step()
    clock.move_to(NOON + DAY)
    while rounds.step():
        pass
    assert said(begin) == ["good:2026-03-03"]
    assert rounds.seconds_to_next() == RETRY.total_seconds()
    bad.fails = False
    clock.move_to(NOON + DAY + RETRY)
    while rounds.step():
        pass
    assert bad.told == [NOON + DAY]
    assert rounds.seconds_to_next() == LOOK.total_seconds()


def test_one_whose_zone_nobody_knows_keeps_its_time_and_a_new_one_is_planned_once_it_is_known(
    begin: SqlUnitsOfWork,
) -> None:
    kept, new, other = Daily("kept"), Daily("new"), Daily("other")
    Routines(begin, lambda: [kept]).begin(NOON)
    kept.has_zone = new.has_zone = False
    clock = MovableClock(NOON + timedelta(hours=1))
    rounds = Rounds(Routines(begin, lambda: [kept, new, other]), clock)
    assert not rounds.step()
    with begin() as work:
        assert work.routines.all() == {"kept": NOON + DAY, "other": NOON + DAY}
    assert rounds.seconds_to_next() == RETRY.total_seconds()
    new.has_zone = True
    clock.move_to(NOON + timedelta(hours=1) + RETRY)
    assert not rounds.step()
    with begin() as work:
        assert work.routines.all() == dict.fromkeys(("kept", "new", "other"), NOON + DAY)


def test_one_whose_zone_is_not_known_as_it_falls_due_stays_due(begin: SqlUnitsOfWork) -> None:
    daily, clock = Daily(), MovableClock(NOON)
    rounds = Rounds(Routines(begin, lambda: [daily]), clock)
    assert not rounds.step()
    daily.has_zone = False
    clock.move_to(NOON + DAY)
    while rounds.step():
        pass
    assert said(begin) == []
    daily.has_zone = True
    clock.move_to(NOON + DAY + RETRY)
    while rounds.step():
        pass
    assert said(begin) == ["daily:2026-03-03"]


def test_which_there_are_is_asked_again_when_they_are_to_begin_anew(begin: SqlUnitsOfWork) -> None:
    first, second = Daily("first"), Daily("second")
    found = [first]
    rounds = Rounds(Routines(begin, lambda: found), MovableClock(NOON))
    assert not rounds.step()
    found[:] = [second]
    assert not rounds.step()
    with begin() as work:
        assert work.routines.all() == {"first": NOON + DAY}
    rounds.begin_anew()
    assert not rounds.step()
    with begin() as work:
        assert work.routines.all() == {"second": NOON + DAY}
