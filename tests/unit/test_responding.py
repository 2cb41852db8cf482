"""Who stops the response clock, and what starts it again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.case import State
from cases.case_parts import ResponseBy
from cases.errors import Refused
from cases.responding import claimed, given_back, written
from tests.builders import ENG, ENG2, NOON, case

MINUTE = timedelta(minutes=1)


def test_claiming_is_the_first_response() -> None:
    held = claimed(case(), ENG, NOON + 10 * MINUTE).case

    assert held.state is State.CLAIMED
    assert held.assignee == ENG
    assert held.response is not None
    assert held.response.at == NOON + 10 * MINUTE
    assert held.breached_at is None


def test_claiming_twice_changes_nothing_and_somebody_elses_case_is_refused() -> None:
    held = claimed(case(), ENG, NOON).case

    assert claimed(held, ENG, NOON + MINUTE).entries == ()
    with pytest.raises(Refused, match="already with <@U0ENG>"):
        claimed(held, ENG2, NOON + MINUTE)


def test_a_claim_after_the_deadline_is_on_record_as_a_breach() -> None:
    assert claimed(case(), ENG, NOON + 61 * MINUTE).case.breached_at == NOON + 60 * MINUTE


def test_given_back_before_anyone_wrote_runs_to_the_original_deadline() -> None:
    held = claimed(case(), ENG, NOON + 10 * MINUTE).case
    released = given_back(held, ENG, NOON + 20 * MINUTE).case

    assert released.waits_for_response
    assert released.due_at == NOON + 60 * MINUTE


def test_given_back_after_writing_keeps_the_first_response() -> None:
    held = claimed(case(), ENG, NOON + 10 * MINUTE).case
    wrote = written(held, ENG, NOON + 15 * MINUTE).case
    released = given_back(wrote, ENG, NOON + 20 * MINUTE).case

    assert not released.waits_for_response
    assert released.response is not None
    assert released.response.at == NOON + 10 * MINUTE
    assert released.state is State.OPEN


def test_writing_in_the_thread_is_a_first_response_without_a_claim() -> None:
    wrote = written(case(), ENG, NOON + 5 * MINUTE).case

    assert wrote.response is not None
    assert wrote.response.how is ResponseBy.MESSAGE
    assert wrote.assignee is None
    assert not wrote.waits_for_response


def test_only_the_assignee_gives_back() -> None:
    held = claimed(case(), ENG, NOON).case
    with pytest.raises(Refused):
        given_back(held, ENG2, NOON + MINUTE)


def test_an_answer_in_time_that_arrives_after_the_breach_was_told_takes_the_breach_back() -> None:
    told = replace(case(), breached_at=case().due_at)

    assert claimed(told, ENG, NOON + 59 * MINUTE).case.breached_at is None
