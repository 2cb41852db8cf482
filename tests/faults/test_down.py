"""Down for a second, a minute, an hour, a day, over hundreds of deadlines: told at its return, once, the latest."""

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cases.calendars import CalendarBook
from cases.case import Case
from cases.people import Person
from cases.promise import promise_for
from cases.says import SayKind
from cases.telling import first_cards
from cases.timers import planned_timers
from policies.holiday_names import holiday_names
from storage.unsent import unsent
from tests.faults.books import Books
from tests.journeys.conftest import MORNING
from workspace.acting import words
from workspace.process_stage import ProcessStage
from workspace.stage import settings_for

RETURN_SECONDS = 10
"""By then all that fell due while it was down has been fired: real time, from the start of the bot's process on. That
is forked from a helper which has imported the bot already; a cold start takes a second longer."""
WHOLE = 500
"""Of so many clocks it counts how soon they have fired too; of fewer only what is told."""
PATIENCE_SECONDS = 300
LOOK_SECONDS = 0.05
"""Seldom, so that whoever looks on doesn't keep the bot and its database from working."""
LATE_SECONDS = 60
"""From then on a message says that it comes late."""
HOUR = timedelta(hours=1)
"""Premier's time for a Priority 1."""
DANA = Person("U0DANA", "T0ACME", "Dana")


class BusyStage(ProcessStage):
    """With so many Priority 1s of Acme that each have a rung fall due in the time that the bot is down for."""

    def __init__(self, folder: Path, database_url: str, clocks: int, down: timedelta) -> None:
        super().__init__(folder, MORNING, database_url=database_url)
        self._clocks, self._down = clocks, down
        self.fired_after = 0.0
        """Real seconds from the start of the bot's process until nothing was due."""

    def prepare(self) -> None:
        super().prepare()
        places, dice = settings_for(self.slack, self.database_url).places, random.Random(self._clocks)
        calendars = CalendarBook(holiday_names)
        with self.units() as uow:
            acme = uow.accounts.by_name("Acme")
            assert acme is not None
            promise = promise_for(self.policies["okta"], acme, "service", 1)
            for n in range(self._clocks):
                in_the_gap = MORNING + timedelta(seconds=dice.randint(1, int(self._down.total_seconds())))
                at = in_the_gap - HOUR * dice.choice([rung.share for rung in promise.ladder.rungs]) / 100
                case = Case(0, 0, acme.id, "Acme", "C0ACME", f"{n}", "", DANA, at, promise, at, at, at + HOUR)
                stored = uow.cases.add(replace(case, share_said=latest(case, MORNING)), opening=f"opening {n}")
                uow.save(stored, planned_timers(stored, calendars(promise.calendar)), (), first_cards(stored, places))

    def start_bot(self) -> None:
        """As `ProcessStage`; returns when all is fired and said."""
        began = time.monotonic()
        super().start_bot()
        self.until(lambda: not self._is_ready(self._next_due()), PATIENCE_SECONDS, LOOK_SECONDS)
        self.fired_after = time.monotonic() - began
        self.until(lambda: not self._is_busy() and not unsent(self._engine), PATIENCE_SECONDS, LOOK_SECONDS)


def latest(case: Case, now: datetime) -> int:
    """The highest rung that has fallen by then; 0: none."""
    fallen = [rung.share for rung in case.promise.ladder.rungs if case.opened_at + HOUR * rung.share / 100 <= now]
    return max(fallen, default=0)


def escalations(stage: ProcessStage, cases: Sequence[Case]) -> dict[int, set[tuple[int, bool]]]:
    """By case: the shares told, each with whether it was told as late."""
    with stage.units() as uow:
        says = {case.number: uow.outbox.said(case.number, SayKind.ESCALATION) for case in cases}
        return {
            number: {(int(say.body["share"] or 0), int(say.body["late_seconds"] or 0) >= LATE_SECONDS) for say in told}
            for number, told in says.items()
        }


@pytest.mark.parametrize("clocks", [8, pytest.param(WHOLE, marks=pytest.mark.faults)])
@pytest.mark.parametrize("seconds", [1, 60, 3600, 86_400], ids=["second", "minute", "hour", "day"])
def test_at_its_return_each_clock_is_told_once_with_its_latest_rung(
    seconds: int, clocks: int, database: str, tmp_path: Path
) -> None:
    down = timedelta(seconds=seconds)
    with BusyStage(tmp_path, database, clocks, down) as stage:
        books = Books(stage.slack, stage._engine)
        before = books.balance()
        stage.stop_bot()
        stage.move(seconds=seconds)
        stage.start_bot()
        after = books.balance()
        with stage.units() as uow:
            cases = uow.cases.listing(limit=clocks)
            history = {case.number: [entry.what for entry in uow.cases.history(case.number)] for case in cases}
        told = escalations(stage, cases)
        late = sum(words(message).count("old late: its time was") for message in stage.slack.messages("C0TRIAGE"))
        now = stage.clock.now()

    assert len(cases) == clocks
    for case in cases:
        share = latest(case, now)
        fell_at = case.opened_at + HOUR * share / 100
        assert told[case.number] == {(share, (now - fell_at).total_seconds() >= LATE_SECONDS)}
        assert history[case.number] == ["breached" if share == 100 else "escalated"]
    to_triage = [one for one in told.values() if not one & {(90, False), (90, True)}]
    assert late == sum(is_late for one in to_triage for _, is_late in one)
    assert before.keys() < after.keys()
    assert clocks < WHOLE or stage.fired_after <= RETURN_SECONDS, f"fired after {stage.fired_after:.1f} s"
