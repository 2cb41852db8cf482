"""A case's timers: a pure function of the case, so that no reminder is ever stale."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cases.calendars import Calendar
from cases.case import Case
from cases.clock import Clock
from cases.clocks import rungs_of, running
from cases.leasing import asks_at, lapses_at, told_again_at
from cases.naming import naming_due
from cases.policy import ClockKind
from cases.waiting import is_offer, steps_ahead


class TimerKind(StrEnum):
    """What a timer is for."""

    RUNG = "rung"
    REPEAT = "repeat"
    """The breach, told again until a person answers."""
    CHECK_IN = "check-in"
    BACKUP = "backup"
    """The check-in went unanswered: the backup is asked."""
    MANAGERS = "managers"
    """Still unanswered: the managers hear of it."""
    NAMING = "naming"
    """The customer was asked who can be reached, and has named nobody."""
    WAIT_REMINDER = "wait-reminder"
    """The customer was asked for something and has not answered."""
    OFFER_CLOSE = "offer-close"
    """Still no answer: they are offered to close the case."""
    LEASE_ASK = "lease-ask"
    """The assignee was silent: they are asked whether they are still on it."""
    LEASE_QUEUE = "lease-queue"
    """No answer: the case goes back to the queue."""
    NOBODY = "nobody"
    """A case that was answered once and came back is told again until somebody has it."""
    CLOSE = "close"
    """The time is over in which the customer may confirm or reopen."""
    RELEASE = "release"
    """The dedicated engineer's day is over, and they have not begun: the case is everybody's."""


@dataclass(frozen=True, slots=True)
class Timer:
    """Something due for a case. (case, key) is unique."""

    key: str
    """E.g. `rung:1:75` (response clock 1, share 75), `rung:update:2:75`, `check-in:2`."""
    kind: TimerKind
    due_at: datetime
    number: int
    """Share of the rung, number of the repetition, of the check-in or of the reminder; else 0."""

    @property
    def clock(self) -> ClockKind:
        """Of a rung or its repetition: which clock's."""
        of_a_clock = self.kind in (TimerKind.RUNG, TimerKind.REPEAT)
        named = self.key.split(":")[1:-2] if of_a_clock else []
        return ClockKind(named[0]) if named else ClockKind.RESPONSE


def planned_timers(case: Case, calendar: Calendar) -> frozenset[Timer]:
    """The timers that this case requires now, and no others.

    A rung in the past that has not been told is planned at its own time: it is owed, and fires at once.
    """
    return frozenset(
        (
            *(timer for clock in running(case) for timer in _clock_timers(case, clock, calendar)),
            *_commitment_timers(case),
            *_naming_timers(case),
            *_closing_timers(case),
            *_waiting_timers(case, calendar),
            *_lease_timers(case, calendar),
            *_assignment_timers(case),
        )
    )


def _naming_timers(case: Case) -> Iterator[Timer]:
    at = naming_due(case)
    if at is not None:
        yield Timer(TimerKind.NAMING.value, TimerKind.NAMING, at, 0)


def _waiting_timers(case: Case, calendar: Calendar) -> Iterator[Timer]:
    for number, at in steps_ahead(case, calendar):
        kind = TimerKind.OFFER_CLOSE if is_offer(case, number) else TimerKind.WAIT_REMINDER
        yield Timer(f"waiting:{number}", kind, at, number)


def _lease_timers(case: Case, calendar: Calendar) -> Iterator[Timer]:
    due = {
        TimerKind.LEASE_ASK: asks_at(case, calendar),
        TimerKind.LEASE_QUEUE: lapses_at(case, calendar),
        TimerKind.NOBODY: told_again_at(case),
    }
    for kind, at in due.items():
        if at is not None:
            yield Timer(kind.value, kind, at, 0)


def _assignment_timers(case: Case) -> Iterator[Timer]:
    if case.assigned is not None:
        yield Timer(TimerKind.RELEASE.value, TimerKind.RELEASE, case.assigned.until, 0)


def _closing_timers(case: Case) -> Iterator[Timer]:
    if case.closes_at is not None:
        number = case.reopened + 1
        yield Timer(f"close:{number}", TimerKind.CLOSE, case.closes_at, number)


def _clock_timers(case: Case, clock: Clock, calendar: Calendar) -> Iterator[Timer]:
    for rung, at in rungs_of(case, clock, calendar):
        if rung.share > clock.share_said:
            yield Timer(f"rung:{clock.id}:{rung.share}", TimerKind.RUNG, at, rung.share)
    if clock.repeated_at is not None:
        number = clock.repeats_said + 1
        at = clock.repeated_at + timedelta(seconds=case.promise.ladder.repeat_seconds)
        yield Timer(f"repeat:{clock.id}:{number}", TimerKind.REPEAT, at, number)


def _commitment_timers(case: Case) -> Iterator[Timer]:
    commitment, rule = case.commitment, case.promise.commitment
    if commitment is None or rule is None or case.is_done:
        return
    number, asked_at = commitment.check_in, commitment.asked_at
    following = asked_at + timedelta(seconds=rule.every_seconds)
    yield Timer(f"check-in:{number + 1}", TimerKind.CHECK_IN, following, number + 1)
    if commitment.confirmed_at is not None:
        return
    if not commitment.backup_asked and commitment.backup is not None:
        at = asked_at + timedelta(seconds=rule.backup_after_seconds)
        yield Timer(f"backup:{number}", TimerKind.BACKUP, at, number)
    if not commitment.managers_told:
        at = asked_at + timedelta(seconds=rule.managers_after_seconds)
        yield Timer(f"managers:{number}", TimerKind.MANAGERS, at, number)
