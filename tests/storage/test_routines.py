"""Routines: each of their times is told once, by one process; several that were missed are told as one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

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
    told: list[datetime] = field(default_factory=list)

    def next_at(self, after: datetime) -> datetime | None:
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
    routines = Routines(begin, [daily])
    routines.begin(NOON)
    assert not routines.run_due(NOON), "the noon that it began at was before its time"
    assert routines.next_at() == NOON + DAY
    assert routines.run_due(NOON + DAY)
    assert not routines.run_due(NOON + DAY)
    assert said(begin) == ["daily:2026-03-03"]


def test_of_those_that_were_missed_the_latest_is_told_once_by_the_next_process(begin: SqlUnitsOfWork) -> None:
    Routines(begin, [Daily()]).begin(NOON)
    back, later = Routines(begin, [Daily()]), NOON + 5 * DAY + timedelta(hours=3)
    back.begin(later)
    while back.run_due(later):
        pass
    assert said(begin) == ["daily:2026-03-07"]
    assert back.next_at() == NOON + 6 * DAY


def test_two_processes_that_saw_the_same_time_tell_it_once(begin: SqlUnitsOfWork) -> None:
    first, second = Daily(), Daily()
    Routines(begin, [first]).begin(NOON)

    class Slow(Daily):
        """While it works out what to say, the other process is quicker."""

        def says(self, due_at: datetime, now: datetime) -> Iterable[Say]:
            Routines(begin, [first]).run_due(now)
            return (Say("daily:again", SayKind.REPORT, "C0MANAGERS", 0),)

    assert Routines(begin, [Slow()]).run_due(NOON + DAY)
    assert (first.told, second.told) == ([NOON + DAY], [])
    assert said(begin) == ["daily:2026-03-03"]


def test_one_that_is_not_set_any_more_is_forgotten_and_what_is_to_come_goes_by_what_is_set(
    begin: SqlUnitsOfWork,
) -> None:
    with begin() as work:
        work.routines.put("daily", NOON + 9 * DAY)
        work.routines.put("weekly", NOON + DAY)
    routines = Routines(begin, [Daily()])
    routines.begin(NOON)
    assert routines.next_at() == NOON + DAY
    with begin() as work:
        assert work.routines.all() == {"daily": NOON + DAY}


def test_one_that_fails_is_tried_again_a_minute_later_and_keeps_no_other_back(begin: SqlUnitsOfWork) -> None:
    bad, good = Daily("a-bad", fails=True), Daily("good")
    clock = MovableClock(NOON)
    rounds = Rounds(Routines(begin, [bad, good]), clock)
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
