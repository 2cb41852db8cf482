"""The commitment: asked kindly, passed to the backup, then to the managers, and over when the case is."""

from datetime import timedelta

import pytest

from cases.case import Case
from cases.committing import checked, confirmed, handed_over
from cases.errors import Refused
from cases.solving import offered
from cases.timers import Timer, planned_timers
from tests.builders import ALWAYS, BOB, DANA, ENG, NOON, PLACES, calendar, case

MINUTE = timedelta(minutes=1)


def told(of: Case, minutes: float) -> tuple[Case, list[str]]:
    change = checked(of, PLACES, NOON + minutes * MINUTE)
    return change.case, [f"{say.body['step']} {say.body['to'] or say.channel}" for say in change.says]


def check_in_timers(of: Case) -> list[Timer]:
    others = ("rung", "repeat", "close")
    timers = (timer for timer in planned_timers(of, calendar(ALWAYS)) if not timer.key.startswith(others))
    return sorted(timers, key=lambda timer: timer.due_at)


def test_unanswered_it_goes_to_the_backup_then_to_the_managers_then_is_asked_again() -> None:
    committed = case(committed=True)
    minutes = [(timer.due_at - NOON) / MINUTE for timer in check_in_timers(committed)]
    assert minutes == [30, 60, 240]

    now, said = told(committed, 30)
    assert said == ["backup U0BOB"]
    now, said = told(now, 60)
    assert said == ["managers C0MANAGERS"]
    now, said = told(now, 240)
    assert said == ["ask U0DANA"]
    assert now.commitment is not None
    assert now.commitment.check_in == 2


def test_a_confirmation_silences_it_until_the_next_check_in() -> None:
    now = confirmed(case(committed=True), DANA, NOON + 5 * MINUTE).case

    assert [timer.key for timer in check_in_timers(now)] == ["check-in:2"]
    assert told(now, 30)[1] == []


def test_the_backup_may_confirm_but_nobody_else() -> None:
    assert confirmed(case(committed=True), BOB, NOON + MINUTE).entries
    with pytest.raises(Refused, match="Hand over"):
        confirmed(case(committed=True), ENG, NOON + MINUTE)


def test_after_an_absence_only_the_latest_is_told() -> None:
    assert told(case(committed=True), 75)[1] == ["managers C0MANAGERS"]
    assert told(case(committed=True), 600)[1] == ["ask U0DANA"]


def test_a_hand_over_asks_the_new_person_at_once() -> None:
    change = handed_over(case(committed=True), DANA, BOB, PLACES, NOON + 10 * MINUTE)

    assert change.case.commitment is not None
    assert change.case.commitment.available == BOB
    assert change.case.commitment.backup is None
    assert change.says[-1].body["to"] == BOB.user


def test_it_pauses_while_a_solution_stands() -> None:
    done = offered(case(committed=True), None, "fixed", ENG, NOON + MINUTE).case

    assert check_in_timers(done) == []
    assert told(done, 240)[1] == []
    with pytest.raises(Refused):
        confirmed(done, DANA, NOON + 2 * MINUTE)
