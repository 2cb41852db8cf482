"""A changed priority: the new promise and its deadline, as the design's table reads it."""

from dataclasses import replace
from datetime import datetime, timedelta

from cases.case import Case
from cases.promise import promise_for
from cases.reprioritising import reprioritised
from cases.timers import TimerKind, planned_timers
from tests.builders import ALWAYS, ENG, NOON, account, calendar, case, program

HOUR = timedelta(hours=1)


def change(of: Case, priority: int, now: datetime) -> Case:
    promise = promise_for(program(), account(), "service", priority)
    return reprioritised(of, promise, calendar(ALWAYS), ENG, "because", now).case


def test_raised_early_is_due_at_the_new_target_counted_from_the_raise() -> None:
    assert change(case(4), 1, NOON + 2 * HOUR).due_at == NOON + 3 * HOUR


def test_raised_late_keeps_the_earlier_old_deadline() -> None:
    assert change(case(2), 1, NOON + 1.5 * HOUR).due_at == NOON + 2 * HOUR


def test_lowered_is_due_at_the_new_target_counted_from_the_start() -> None:
    assert change(case(1), 3, NOON + 0.5 * HOUR).due_at == NOON + 8 * HOUR


def test_the_ladder_starts_anew_and_rungs_already_behind_are_not_told() -> None:
    lowered = change(case(1), 2, NOON + 1.2 * HOUR)

    shares = {timer.number for timer in planned_timers(lowered, calendar(ALWAYS))}

    assert shares == {75, 90, 100}


def test_a_breach_stays_on_record_and_is_not_told_again_as_new() -> None:
    late = replace(case(2), breached_at=NOON + 2 * HOUR, share_said=100, repeated_at=NOON + 2 * HOUR)
    raised = change(late, 1, NOON + 3 * HOUR)

    assert raised.breached_at == NOON + 2 * HOUR
    assert {timer.kind for timer in planned_timers(raised, calendar(ALWAYS))} == {TimerKind.REPEAT}


def test_lowering_ends_the_commitment() -> None:
    assert change(case(1, committed=True), 2, NOON + HOUR).commitment is None
