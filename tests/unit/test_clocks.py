"""Next response, update and solution: what starts each clock, what ends it, and what a change of priority does."""

from dataclasses import replace
from datetime import datetime

import pytest

from cases.case import Case
from cases.clock import Deadline
from cases.clocks import deadline, is_past, left_seconds, running
from cases.escalating import escalated
from cases.policy import ClockKind, Program
from cases.promise import promise_for
from cases.reprioritising import reprioritised
from cases.responding import claimed, given_back, listened, written
from cases.solving import offered, reopened
from cases.talking import MOST_KEPT
from cases.timers import planned_timers
from cases.waiting import asked_customer, came_back, taken_back
from tests.builders import ALWAYS, DANA, ENG, ENG2, MAX, NOON, PLACES, account, calendar, program
from tests.clocked import HOUR, HOURS, NEXT, SOLUTION, UPDATE, clock, clocked, opened, rewound

BOOK = calendar(ALWAYS)
RESPONSE = ClockKind.RESPONSE


def after(hours: float) -> datetime:
    return NOON + hours * HOUR


def answered(hours: float = 0.5, of: Program | None = None) -> Case:
    """Claimed by Erin, and nothing written yet."""
    return rewound(claimed(opened(of), ENG, after(hours)).case)


def customer(case: Case, hours: float) -> Case:
    return rewound(listened(came_back(case, DANA, after(hours), PLACES), DANA, after(hours)).case)


def support(case: Case, hours: float) -> Case:
    return rewound(written(case, ENG, after(hours)).case)


def changed(case: Case, priority: int, hours: float, of: Program | None = None) -> Case:
    promise = promise_for(of or clocked(), account(), "service", priority)
    return rewound(reprioritised(case, promise, BOOK, ENG, "so", after(hours)).case)


def kinds(case: Case) -> set[ClockKind]:
    return {each.kind for each in running(case)}


def test_a_programme_without_clocks_has_none_whatever_is_written() -> None:
    case = opened(program())
    case = customer(support(case, 0.5), 1)
    assert case.clocks == opened(program()).clocks
    assert deadline(case) is None


def test_before_the_first_answer_the_response_and_the_solution_are_owed() -> None:
    case = customer(opened(), 0.2)
    assert kinds(case) == {RESPONSE, SOLUTION}
    assert deadline(case) == Deadline(RESPONSE, after(1))
    assert clock(case, SOLUTION).due_at == after(24)


def test_the_next_response_counts_from_the_first_message_without_an_answer() -> None:
    case = customer(customer(answered(), 1), 3)
    assert clock(case, NEXT).due_at == after(5), "a nudge postpones nothing"
    assert NEXT not in kinds(support(case, 4))
    assert clock(customer(support(case, 4), 6), NEXT).due_at == after(10)


def test_a_message_older_than_supports_latest_word_is_answered_already() -> None:
    case = support(answered(), 2)
    assert NEXT not in kinds(customer(case, 1.5))
    assert NEXT in kinds(customer(case, 2)), "in the same second: rather an alarm too many than one too few"


def test_a_word_that_comes_late_ends_only_what_was_written_before_it() -> None:
    case = customer(customer(answered(), 1), 3)
    late = support(case, 2)
    assert (clock(late, NEXT).since, clock(late, NEXT).number) == (after(3), 2)


def test_a_message_that_comes_late_is_counted_from_when_it_was_written_and_its_rungs_are_not_told_again() -> None:
    case = customer(answered(), 2)
    case = escalated(case, BOOK, PLACES, (MAX.user,), after(4)).case
    late = customer(case, 1)
    assert (clock(late, NEXT).due_at, clock(late, NEXT).share_said, clock(late, NEXT).number) == (after(5), 50, 1)


def test_the_first_answer_that_was_handled_late_leaves_what_came_after_it_unanswered() -> None:
    case = support(customer(opened(), 0.5), 0.25)
    assert clock(case, NEXT).since == after(0.5)


def test_however_often_a_customer_writes_the_first_message_and_the_latest_are_kept() -> None:
    case = answered()
    for number in range(100):
        case = customer(case, 1 + number / 100)
    assert len(case.clocks.unanswered) == MOST_KEPT
    assert clock(case, NEXT).since == after(1)
    assert clock(support(case, 1.5), NEXT).since == after(1.99).replace(microsecond=0)


def test_a_claim_over_anothers_answer_is_no_word_to_the_customer() -> None:
    case = given_back(support(answered(), 1), ENG, after(1)).case
    case = customer(rewound(case), 2)
    case = rewound(claimed(case, ENG2, after(3)).case)
    assert clock(case, NEXT).due_at == after(6)


def test_an_update_is_owed_from_the_first_answer_and_anew_from_each_word() -> None:
    case = answered(0.5)
    assert clock(case, UPDATE).due_at == after(8.5)
    case = support(case, 3)
    assert (clock(case, UPDATE).due_at, clock(case, UPDATE).number) == (after(11), 2)
    assert clock(customer(case, 4), UPDATE).due_at == after(11)


def test_a_solution_offered_ends_all_and_reopened_they_begin_anew() -> None:
    case = customer(answered(), 1)
    done = rewound(offered(case, None, "Try this.", ENG, after(2)).case)
    assert kinds(done) == set()
    assert not [timer for timer in planned_timers(done, BOOK) if timer.key.startswith(("rung", "repeat"))]
    again = rewound(reopened(done, DANA, "No.", BOOK, PLACES, after(5)).case)
    assert kinds(again) == {RESPONSE, SOLUTION}
    assert (clock(again, SOLUTION).due_at, clock(again, SOLUTION).number) == (after(29), 2)


def test_waiting_keeps_what_is_left_and_adds_it_again() -> None:
    waits = rewound(asked_customer(answered(), ENG, "Which?", after(2)).case)
    assert kinds(waits) == set()
    assert left_seconds(waits, waits.clocks.each[-1], BOOK) == 22 * 3600
    back = customer(waits, 12)
    assert kinds(back) == {NEXT, UPDATE, SOLUTION}
    assert clock(back, SOLUTION).due_at == after(34)
    assert clock(back, UPDATE).due_at == after(20), "all of its time: the question was a word"
    on = rewound(taken_back(waits, ENG, after(7), PLACES).case)
    assert clock(on, SOLUTION).due_at == after(29)


def test_a_second_wait_is_taken_out_too() -> None:
    case = answered()
    for begins, ends in ((2, 12), (13, 20)):
        case = customer(rewound(asked_customer(case, ENG, "Which?", after(begins)).case), ends)
        case = support(case, ends)
    assert clock(case, SOLUTION).due_at == after(24 + 10 + 7)


@pytest.mark.parametrize("pausing", [(), (UPDATE,)])
def test_only_those_rest_that_the_programme_says(pausing: tuple[ClockKind, ...]) -> None:
    waits = asked_customer(answered(of=clocked(pausing=pausing)), ENG, "Which?", after(2)).case
    assert kinds(rewound(waits)) == {UPDATE, SOLUTION} - set(pausing)


def test_a_breach_before_the_wait_stays_and_is_told_again_after_it() -> None:
    case = escalated(answered(), BOOK, PLACES, (MAX.user,), after(24)).case
    waits = rewound(asked_customer(case, ENG, "Which?", after(25)).case)
    assert not [timer for timer in planned_timers(waits, BOOK) if timer.clock is SOLUTION]
    back = customer(waits, 40)
    assert (clock(back, SOLUTION).breached_at, clock(back, SOLUTION).due_at) == (after(24), after(24))
    assert [say.body["clock"] for say in escalated(back, BOOK, PLACES, (), after(40)).says][:1] == ["solution"]


def test_raised_early_the_new_target_counts_from_the_raise_and_late_the_old_deadline_stays() -> None:
    case = rewound(claimed(opened(priority=2), ENG, NOON).case)
    assert clock(case, SOLUTION).due_at == after(48)
    early, late = changed(case, 1, 4), changed(case, 1, 40)
    assert (clock(early, SOLUTION).due_at, clock(late, SOLUTION).due_at) == (after(28), after(48))
    over = changed(case, 1, 60)
    assert clock(over, SOLUTION).due_at == after(48)
    assert [
        say.body["share"]
        for say in escalated(over, BOOK, PLACES, (), after(60)).says
        if say.body["clock"] == "solution"
    ]


def test_lowered_the_new_target_counts_from_the_start_and_rungs_behind_are_not_told() -> None:
    lowered = changed(answered(), 2, 26)
    assert clock(lowered, SOLUTION).due_at == after(48)
    assert clock(lowered, SOLUTION).share_said == 50
    assert clock(lowered, SOLUTION).number == 2


def test_a_breach_on_record_stays_and_is_not_told_as_new() -> None:
    late = escalated(rewound(claimed(opened(priority=2), ENG, NOON).case), BOOK, PLACES, (), after(48)).case
    raised = changed(late, 1, 49)
    assert clock(raised, SOLUTION).breached_at == after(48)
    assert escalated(raised, BOOK, PLACES, (), after(49)).says == ()
    assert clock(raised, SOLUTION).repeated_at == after(49)


def test_raised_while_it_waits_what_was_left_is_the_most_that_there_is() -> None:
    case = rewound(claimed(opened(priority=2), ENG, NOON).case)
    waits = rewound(asked_customer(case, ENG, "Which?", after(38)).case)
    back = customer(changed(waits, 1, 50), 60)
    assert clock(back, SOLUTION).due_at == after(70), "ten hours were left"


def test_at_a_priority_without_clocks_who_wrote_is_remembered_for_one_that_has_some() -> None:
    of = clocked(priorities=(1,))
    case = rewound(claimed(opened(of, priority=3), ENG, NOON).case)
    case = customer(case, 1)
    assert kinds(case) == set()
    raised = changed(case, 1, 2, of)
    assert clock(raised, NEXT).due_at == after(6), "from the raise, as it had no deadline before"
    assert kinds(changed(raised, 3, 3, of)) == set()


def test_each_alarm_says_which_clock_it_is_of() -> None:
    case = customer(answered(of=clocked(hours={**HOURS, NEXT: 10})), 2)
    said = escalated(case, BOOK, PLACES, (MAX.user,), after(12)).says
    assert {(say.body["clock"], say.body["share"]) for say in said} == {
        ("next-response", 100),
        ("update", 100),
        ("solution", 50),
    }
    assert len({say.key for say in said}) == len(said)


def test_an_alarm_is_redrawn_as_its_clock_ends_and_left_alone_when_the_next_one_has_ended_too() -> None:
    case = answered()
    (alarm,) = escalated(case, BOOK, PLACES, (), after(4.5)).says
    settled = support(case, 5)
    assert [is_past(each, alarm) for each in (case, settled, support(settled, 6))] == [False, False, True]
    first = escalated(opened(), BOOK, PLACES, (), after(0.5)).says[0]
    assert not is_past(support(settled, 6), first), "of the first response: as ever"


def test_the_keys_of_a_clocks_timers_name_it() -> None:
    case = customer(answered(), 1)
    keys = {timer.key: timer.clock for timer in planned_timers(case, BOOK) if timer.clock is NEXT}
    assert set(keys) == {f"rung:next-response:1:{share}" for share in (50, 75, 90, 100)}
    fresh = planned_timers(replace(opened(program())), BOOK)
    assert {timer.clock for timer in fresh} == {RESPONSE}
