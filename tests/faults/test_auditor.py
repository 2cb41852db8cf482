"""Tables that were tampered with, work that stands still, a socket that stays shut: found in a minute, mended, told."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Delete, Insert, Update, delete, insert, update

from cases.auditing import Auditing
from cases.calendars import CalendarBook
from cases.queues import Received
from cases.room import Room
from cases.says import Say, SayKind, Urgency
from cases.timers import Timer, TimerKind
from policies.holiday_names import holiday_names
from storage.queue_tables import InboxRow, OutboxRow, TimerRow
from storage.unit_of_work import SqlUnitsOfWork
from storage.unsent import unsent
from tests.builders import NOON, PLACES, OnDuty
from tests.faults.audited import Audited
from tests.faults.operated import told
from tests.faults.seeds import runs
from tests.journeys.acting import only, open_p1
from tests.journeys.conftest import MORNING
from tests.storage.given import engine_on
from workspace.acting import said, words
from workspace.stage import OPERATORS

HALF = "Half of the time"
HOUR = timedelta(hours=1)


@pytest.fixture
def stage(empty_database: str, tmp_path: Path) -> Iterator[Audited]:
    with Audited(tmp_path, MORNING, database_url=empty_database) as running:
        yield running


def test_where_nothing_is_wrong_nothing_is_said_and_every_case_is_looked_at(stage: Audited) -> None:
    open_p1(stage)
    for _ in range(3):
        stage.minute()
    counts = stage.bot.auditor.counts
    assert (counts.audits, counts.rounds, counts.cases, dict(counts.found)) == (3, 3, 3, {})
    assert said(stage, OPERATORS) == []


def test_timers_that_are_missing_too_many_or_at_a_wrong_time_are_mended_and_told_once(stage: Audited) -> None:
    open_p1(stage)
    extra = {"case_number": 1, "key": "rung:1:60", "kind": TimerKind.RUNG, "number": 60}
    at = MORNING + HOUR
    stage.tamper(
        delete(TimerRow).where(TimerRow.key == "rung:1:75"),
        update(TimerRow).where(TimerRow.key == "rung:1:50").values(due_at=at, fires_at=at),
        update(TimerRow).where(TimerRow.key == "rung:1:90").values(fires_at=at + HOUR),
        insert(TimerRow).values(**extra, due_at=at, fires_at=at),
    )
    stage.minute()
    assert stage.timers() == stage.planned()
    assert stage.bot.auditor.counts.found == {"timers": 4}
    begun = only(told(stage, "4 timers of open cases were not as their cases require"))

    stage.minute()
    assert only(told(stage, "exactly the timers that they require")).thread_ts == begun.ts
    stage.move_to(MORNING + timedelta(minutes=30))
    only(said(stage, "C0TRIAGE", HALF))


def test_a_rung_that_fell_while_its_timer_was_missing_is_told_late_and_none_is_told_twice(stage: Audited) -> None:
    open_p1(stage)
    stage.move(minutes=30)
    stage.tamper(delete(TimerRow))
    stage.clock.move_to(MORNING + timedelta(minutes=46))
    stage.minute()
    only(said(stage, "C0TRIAGE", HALF))
    assert "Told late" in words(only(said(stage, "C0TRIAGE", "Three quarters")))
    stage.tamper(delete(TimerRow))
    stage.minute()
    only(said(stage, "C0TRIAGE", HALF))
    only(said(stage, "C0TRIAGE", "Three quarters"))


def test_a_timer_that_can_not_be_fired_is_told_while_it_goes_on_and_when_it_is_over(
    stage: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_p1(stage)
    with monkeypatch.context() as broken:
        broken.setattr("cases.timekeeping.escalated", lambda *_: 1 / 0)
        stage.clock.move_to(MORNING + timedelta(minutes=30))
        stage.until(stage.a_timer_was_put_off)
        for _ in range(2):
            stage.minute()
        only(told(stage, "could not be acted on"))
    stage.minute()
    only(said(stage, "C0TRIAGE", HALF))
    stage.minute()
    only(told(stage, "Every deadline could be acted on."))


def test_an_event_that_nobody_handles_and_a_message_that_nobody_sends_are_told(stage: Audited) -> None:
    open_p1(stage)
    lost = Say("lost", SayKind.WELCOME, "C0ACME", Urgency.REPLY, body={"account": "Acme"}, thread="post:nothing")
    with stage.units() as uow:
        uow.outbox.add(lost)
        uow.inbox.put(Received("Ev0STUCK", {}, stage.clock.now()))
        assert uow.inbox.next(stage.clock.now()) is not None
    stage.tamper(update(InboxRow).where(InboxRow.event_id == "Ev0STUCK").values(leased_until=MORNING + HOUR * 9))
    stage.audit()
    stage.slack.wait_until(lambda: told(stage, "1 thing that people did in Slack"))
    stage.until(stage.nothing_waits_but_what_is_lost)
    stage.audit()
    stage.slack.wait_until(lambda: told(stage, "1 message waited for more than a minute"))
    assert stage.bot.auditor.counts.released == 1
    stage.tamper(delete(OutboxRow).where(OutboxRow.key == "lost"))
    stage.slack.wait_until(lambda: told(stage, "Everything that happened in Slack is dealt with."))
    stage.minute()
    only(told(stage, "Nothing waits without a reason any more."))


def test_a_message_whose_time_is_far_away_because_a_clock_went_back_is_sent_now(stage: Audited) -> None:
    open_p1(stage)
    stage.slack.faults.fail("chat.postMessage", "not_now", channel="C0TRIAGE", times=1)
    stage.clock.move_to(MORNING + timedelta(minutes=30))
    stage.bot.wake()
    stage.until(lambda: any(say.error == "not_now" and not say.leased for say in unsent(stage._engine)))
    stage.tamper(update(OutboxRow).where(OutboxRow.error == "not_now").values(ready_at=MORNING + HOUR * 24))
    stage.audit()
    stage.slack.wait_until(lambda: said(stage, "C0TRIAGE", HALF))


def test_a_socket_that_stays_shut_is_told_by_the_way_that_is_still_open(
    stage: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as shut:
        shut.setattr(stage.bot.door, "is_open", lambda: False)
        stage.minute()
        assert said(stage, OPERATORS) == []
        stage.minute()
        stage.minute()
        only(told(stage, "Slack can't come in at"))
    stage.minute()
    only(told(stage, "Slack comes in again"))


@pytest.mark.parametrize("seed", runs(1, 60))
def test_whatever_happens_to_the_timers_each_rung_is_told_once(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    with Audited(tmp_path, MORNING) as stage:
        open_p1(stage)
        while stage.clock.now() < MORNING + timedelta(minutes=89):
            stage.move(minutes=dice.randint(4, 9))
            stage.tamper(*_tampering(dice, stage.timers()))
            stage.minute()
            assert stage.timers() == stage.planned()
        for channel, words_of_rung in TOLD:
            only(said(stage, channel, words_of_rung))
        rungs = [m for m in stage.slack.dm("Max") if "90 %" in words(m) or "The time promised is over" in words(m)]
        assert len(rungs) == 2


TOLD = (
    ("C0TRIAGE", HALF),
    ("C0TRIAGE", "Three quarters"),
    ("C0TRIAGE", "The time promised is over"),
    ("C0MANAGERS", "90 %"),
    ("C0MANAGERS", "The time promised is over"),
)


def _tampering(dice: random.Random, timers: Sequence[Timer]) -> Iterator[Delete | Insert | Update]:
    """One of the timers is lost, one is shifted, and one that was told long ago is there again."""
    for timer in dice.sample(timers, k=min(len(timers), 2)):
        row = TimerRow.key == timer.key
        at = timer.due_at + timedelta(minutes=dice.randint(-90, 90))
        shifted = update(TimerRow).where(row).values(due_at=at, fires_at=at)
        yield dice.choice((delete(TimerRow).where(row), shifted))
    yield delete(TimerRow).where(TimerRow.key == "rung:1:25")
    extra = {"case_number": 1, "key": "rung:1:25", "kind": TimerKind.RUNG, "number": 25}
    yield insert(TimerRow).values(**extra, due_at=MORNING, fires_at=MORNING + HOUR * 9)


def test_of_several_processes_one_has_each_minute(database: str) -> None:
    with engine_on(database) as engine:
        begin = SqlUnitsOfWork(engine)
        room = Room(begin, {}, CalendarBook(holiday_names), OnDuty(), PLACES)
        auditors = [Auditing(room, lambda: 0.0) for _ in range(4)]
        with ThreadPoolExecutor(4) as processes:
            for minute in range(5):
                now = NOON + timedelta(minutes=minute)
                outcomes = list(processes.map(lambda auditing, at=now: auditing.audit(at), auditors))
                assert sum(outcome is not None for outcome in outcomes) == 1


def test_a_place_that_nobody_names_any_more_is_no_trouble(stage: Audited) -> None:
    stage.slack.administration.archive(stage.slack.channel("C0ORCHARD"))
    stage.quiet()
    only(told(stage, "nothing in <#C0ORCHARD>"))
    with stage.units() as uow:
        orchard = uow.accounts.by_name("Orchard")
        assert orchard is not None
        uow.accounts.put(replace(orchard, channels=()))
    stage.minute()
    only(told(stage, "<#C0ORCHARD>", "Over since"))
