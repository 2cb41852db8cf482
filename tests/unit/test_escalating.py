"""The ladder: each rung told in time, to the right people, once."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from cases.case import Case
from cases.escalating import escalated
from cases.responding import claimed, given_back
from cases.timers import TimerKind, planned_timers
from tests.builders import ALWAYS, ENG, MAX, NOON, PLACES, calendar, case, program

MINUTE = timedelta(minutes=1)
MANAGERS = (MAX.user,)


def climb(of: Case, minutes: float) -> tuple[Case, list[tuple[str, int, int]]]:
    """Decide at this many minutes after opening; what was said as (channel, share, late seconds)."""
    change = escalated(of, calendar(ALWAYS), PLACES, MANAGERS, NOON + minutes * MINUTE)
    said = [(say.channel, int(say.body["share"] or 0), int(say.body["late_seconds"] or 0)) for say in change.says]
    return change.case, said


def test_a_one_hour_promise_has_rungs_at_30_45_54_and_60_minutes() -> None:
    timers = sorted(planned_timers(case(), calendar(ALWAYS)), key=lambda timer: timer.due_at)

    assert [(timer.number, (timer.due_at - NOON) / MINUTE) for timer in timers] == [
        (50, 30),
        (75, 45),
        (90, 54),
        (100, 60),
    ]


def test_each_rung_reaches_its_people_and_is_told_once() -> None:
    now, said = climb(case(), 30)
    assert said == [("C0TRIAGE", 50, 0)]
    assert climb(now, 31)[1] == []

    now, said = climb(now, 45)
    assert said == [("C0TRIAGE", 75, 0)]

    now, said = climb(now, 54)
    assert said == [("C0MANAGERS", 90, 0), ("U0MAX", 90, 0)]

    now, said = climb(now, 60)
    assert said == [("C0TRIAGE", 100, 0), ("C0MANAGERS", 100, 0), ("U0MAX", 100, 0)]
    assert now.breached_at == now.due_at


def test_escalations_may_have_a_channel_of_their_own() -> None:
    apart = replace(PLACES, escalations="C0ALARMS")
    change = escalated(case(), calendar(ALWAYS), apart, MANAGERS, NOON + 60 * MINUTE)
    assert [say.channel for say in change.says] == ["C0ALARMS", "C0MANAGERS", "U0MAX"]


def test_a_breach_is_told_again_until_a_person_answers() -> None:
    breached, _ = climb(case(), 60)
    (repeat,) = planned_timers(breached, calendar(ALWAYS))
    assert (repeat.kind, repeat.due_at) == (TimerKind.REPEAT, NOON + 90 * MINUTE)

    again, said = climb(breached, 90)
    assert [channel for channel, *_ in said] == ["C0TRIAGE", "C0MANAGERS", "U0MAX"]
    answered = claimed(again, ENG, NOON + 95 * MINUTE).case
    assert planned_timers(answered, calendar(ALWAYS)) == frozenset()
    assert climb(answered, 120)[1] == []


def test_after_an_absence_only_the_highest_rung_is_told_and_marked_late() -> None:
    now, said = climb(case(), 58)

    assert said == [("C0MANAGERS", 90, 240), ("U0MAX", 90, 240)]
    assert [timer.number for timer in planned_timers(now, calendar(ALWAYS))] == [100]


def test_nothing_is_told_of_a_case_that_was_claimed_in_the_meantime() -> None:
    assert climb(claimed(case(), ENG, NOON + 20 * MINUTE).case, 30)[1] == []


def test_given_back_after_the_deadline_is_a_breach_at_once() -> None:
    held = claimed(case(), ENG, NOON + 50 * MINUTE).case
    released = given_back(held, ENG, NOON + 70 * MINUTE).case

    assert climb(released, 70)[1][0] == ("C0TRIAGE", 100, 600)


def test_rungs_less_than_a_minute_apart_are_one() -> None:
    promise = replace(case().promise, target_seconds=180)
    short = replace(case(), promise=promise, due_at=NOON + 3 * MINUTE)

    shares = {timer.number for timer in planned_timers(short, calendar(ALWAYS))}

    assert shares == {50, 100}


@given(steps=st.lists(st.integers(0, 6 * 3600), max_size=30))
def test_whenever_the_tick_comes_nothing_due_is_left_and_no_key_is_said_twice(steps: list[int]) -> None:
    now_case, keys = case(2, of=program()), []
    for seconds in sorted(steps):
        now = NOON + timedelta(seconds=seconds)
        while any(timer.due_at <= now for timer in planned_timers(now_case, calendar(ALWAYS))):
            change = escalated(now_case, calendar(ALWAYS), PLACES, MANAGERS, now)
            assert change.says
            keys += [say.key for say in change.says]
            now_case = change.case

    assert len(keys) == len(set(keys))


def breach(managers: tuple[str, ...], csm: str | None, minutes: float = 60) -> list[str]:
    """Who hears of the deadline missed, by direct message, where the plan has a success manager."""
    of = case()
    of = replace(of, account_csm=csm, promise=replace(of.promise, success_manager="Customer Success Manager"))
    change = escalated(of, calendar(ALWAYS), PLACES, managers, NOON + minutes * MINUTE)
    return [say.channel for say in change.says if say.channel.startswith("U")]


def test_the_success_manager_hears_of_a_breach_once_and_of_nothing_before() -> None:
    assert breach(MANAGERS, "U0CY", 54) == ["U0MAX"]
    assert breach(MANAGERS, "U0CY") == ["U0MAX", "U0CY"]
    assert breach(MANAGERS, None) == ["U0MAX"]


def test_a_success_manager_who_is_told_as_a_manager_is_told_once() -> None:
    assert breach(("U0CY", "U0MAX"), "U0CY") == ["U0CY", "U0MAX"]


def test_a_breach_told_again_leaves_the_success_manager_in_peace() -> None:
    of = case()
    of = replace(of, account_csm="U0CY", promise=replace(of.promise, success_manager="Customer Success Manager"))
    first = escalated(of, calendar(ALWAYS), PLACES, MANAGERS, NOON + 60 * MINUTE)
    again = escalated(first.case, calendar(ALWAYS), PLACES, MANAGERS, NOON + 90 * MINUTE)
    assert "U0CY" in [say.channel for say in first.says]
    assert [say.channel for say in again.says] == ["C0TRIAGE", "C0MANAGERS", "U0MAX"]


def test_a_plan_without_a_success_manager_tells_nobody_of_that_name() -> None:
    change = escalated(replace(case(), account_csm="U0CY"), calendar(ALWAYS), PLACES, MANAGERS, NOON + 60 * MINUTE)
    assert "U0CY" not in [say.channel for say in change.says]
