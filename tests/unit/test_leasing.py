"""The rules of a lease, and of waiting, at their edges."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.case import Case, State
from cases.case_parts import ResponseBy, SourceMessage
from cases.errors import Refused
from cases.leasing import asks_at, confirmed_work, lapses_at, leased, told_again_at, worked
from cases.people import Person
from cases.policy import LeaseRule
from cases.presence import here
from cases.responding import claimed, given_back, written
from cases.timers import TimerKind, planned_timers
from cases.waiting import asked_customer, came_back, waited, whom_to_ask
from tests.builders import DANA, ENG, ENG2, NOON, OFFICE, PLACES, calendar, case, program

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def on_lease(**changes: object) -> Case:
    fresh = case()
    return replace(fresh, promise=replace(fresh.promise, lease=LeaseRule(900, 900)), **changes)  # type: ignore[arg-type]


def fired(held: Case, at: datetime) -> Case:
    return leased(held, calendar(held.promise.calendar), PLACES, at).case


def test_both_lengths_are_support_time() -> None:
    """Claimed on Monday 17:50, with office hours until 18:00: asked on Tuesday 09:05."""
    fresh = case(of=program(calendar=OFFICE))
    monday = datetime(2026, 3, 2, 17, 50, tzinfo=UTC)
    held = claimed(replace(fresh, promise=replace(fresh.promise, lease=LeaseRule(900, 900))), ENG, monday).case
    hours = calendar(OFFICE)

    tuesday = datetime(2026, 3, 3, 9, 5, tzinfo=UTC)
    assert asks_at(held, hours) == tuesday
    assert lapses_at(fired(held, tuesday), hours) == tuesday + 15 * MINUTE


def test_a_question_asked_late_leaves_the_whole_time_for_its_answer() -> None:
    held = claimed(on_lease(), ENG, NOON).case
    asked = fired(held, NOON + 3 * HOUR)

    assert lapses_at(asked, calendar(held.promise.calendar)) == NOON + 3 * HOUR + 15 * MINUTE
    assert fired(asked, NOON + 3 * HOUR + 14 * MINUTE) == asked


def test_a_word_written_before_what_is_known_changes_nothing() -> None:
    held = claimed(on_lease(), ENG, NOON + 10 * MINUTE).case
    assert worked(held, ENG, NOON + 9 * MINUTE) == held
    assert worked(held, ENG2, NOON + 20 * MINUTE) == held
    assert worked(held, ENG, NOON + 20 * MINUTE).active_at == NOON + 20 * MINUTE


def test_a_lapse_is_a_hand_back_a_late_claim_stays_late() -> None:
    held = claimed(on_lease(), ENG, NOON + 70 * MINUTE).case
    back = fired(fired(held, NOON + 85 * MINUTE), NOON + 100 * MINUTE)

    assert (back.state, back.assignee, back.response) == (State.OPEN, None, None)
    assert back.breached_at == NOON + HOUR
    assert back.due_at == held.due_at
    assert {timer.kind for timer in planned_timers(back, calendar(back.promise.calendar))} == {TimerKind.RUNG}


def test_a_case_that_nobody_has_is_told_again_from_whatever_came_last() -> None:
    back = given_back(claimed(on_lease(), ENG, NOON).case, ENG, NOON + 5 * MINUTE).case
    assert told_again_at(back) is None, "the ladder speaks of it"
    answered = written(back, ENG2, NOON + 50 * MINUTE).case
    assert told_again_at(answered) == NOON + 80 * MINUTE
    assert told_again_at(claimed(answered, ENG2, NOON + 60 * MINUTE).case) is None


def test_without_a_lease_nothing_is_told_again() -> None:
    held = written(claimed(case(), ENG, NOON).case, ENG, NOON).case
    back = given_back(held, ENG, NOON + MINUTE).case
    assert planned_timers(back, calendar(back.promise.calendar)) == frozenset()


def test_the_button_is_the_assignees_own_and_only_while_it_is_asked() -> None:
    held = claimed(on_lease(), ENG, NOON).case
    assert confirmed_work(held, ENG, NOON + MINUTE).entries == ()
    with pytest.raises(Refused, match="only they"):
        confirmed_work(held, ENG2, NOON + MINUTE)
    with pytest.raises(Refused, match="back to the queue"):
        confirmed_work(on_lease(), ENG, NOON + MINUTE)
    with pytest.raises(Refused, match="done already"):
        confirmed_work(replace(held, state=State.CLOSED), ENG, NOON)


def test_asking_is_an_answer_that_a_hand_back_does_not_undo() -> None:
    held = claimed(case(), ENG, NOON).case
    waits = asked_customer(held, ENG, "Which browser?", NOON + MINUTE).case
    back = given_back(waits, ENG, NOON + 2 * MINUTE).case

    assert back.response is not None
    assert back.response.how is ResponseBy.MESSAGE
    assert (back.wait, back.state) == (None, State.OPEN)


def test_a_message_older_than_the_question_does_not_answer_it() -> None:
    waits = asked_customer(claimed(case(), ENG, NOON).case, ENG, "Which browser?", NOON + HOUR).case
    assert came_back(waits, DANA, NOON + HOUR - MINUTE, PLACES).case == waits
    assert came_back(waits, DANA, NOON + HOUR, PLACES).case.state is State.CLAIMED


def test_reminders_are_counted_in_the_hours_of_the_case() -> None:
    """24 of nine a day: asked on Monday at 12:00, reminded on Wednesday after 6 + 9 + 9 hours."""
    waits = asked_customer(claimed(case(of=program(calendar=OFFICE)), ENG, NOON).case, ENG, "?", NOON).case
    first = min(
        timer.due_at for timer in planned_timers(waits, calendar(OFFICE)) if timer.kind is TimerKind.WAIT_REMINDER
    )

    assert first == datetime(2026, 3, 4, 18, 0, tzinfo=UTC)
    assert waited(waits, calendar(OFFICE), first - timedelta(seconds=1)).says == ()
    assert len(waited(waits, calendar(OFFICE), first).says) == 1


def test_the_customers_own_person_is_asked_even_where_support_opened_it() -> None:
    held = claimed(replace(case(), opened_by=ENG2), ENG, NOON).case
    source = SourceMessage("C0ACME", "1.1", DANA, "help")
    assert whom_to_ask(replace(held, source=source)) == DANA
    assert whom_to_ask(replace(held, detected=True)) is None
    assert whom_to_ask(replace(held, opened_by=Person("U0BOB", "T0ACME"), source=source)) == Person("U0BOB", "T0ACME")


def test_those_who_are_away_are_left_out_unless_nobody_would_be_left() -> None:
    assert here(("U1", "U2"), {"U1"}) == ("U2",)
    assert here(("U1", "U2"), {"U1", "U2"}) == ("U1", "U2")
    assert here((), {"U1"}) == ()
