"""An assignment is no claim: everything that asks whether somebody is at work hears no."""

from dataclasses import replace
from datetime import timedelta

from cases.add_ons import Assigned
from cases.assigning import Released, assigned, begun, by_the_rung, day_over, released
from cases.case import Case, State
from cases.change import Change
from cases.escalating import escalated
from cases.overview import Load, load, mine, unclaimed
from cases.responding import claimed, written
from cases.says import SayKind
from cases.timers import TimerKind, planned_timers
from tests.builders import ALWAYS, DANA, ENG, ENG2, NOON, PLACES, calendar, case
from tests.unit.test_overview import standing

HERS = Assigned(ENG.user, "Mission Critical Support Engineer", NOON + timedelta(hours=6))
CALENDAR = calendar(ALWAYS)


def given(priority: int = 1) -> Case:
    return assigned(case(priority), HERS, PLACES, NOON).case


def kinds(found: Case) -> set[str]:
    return {timer.key for timer in planned_timers(found, CALENDAR)}


def test_the_clock_and_every_rung_run_as_without_it() -> None:
    found = given()
    assert found.waits_for_response
    assert (found.state, found.assignee, found.response) == (State.OPEN, None, None)
    assert kinds(found) - kinds(case(1)) == {"release"}
    assert not kinds(case(1)) - kinds(found)


def test_the_rung_at_three_quarters_frees_it_and_the_one_before_does_not() -> None:
    for minutes, stays in ((30, True), (45, False), (60, False)):
        now = NOON + timedelta(minutes=minutes)
        told = escalated(given(), CALENDAR, PLACES, (), now)
        after = by_the_rung(told, PLACES, now)
        assert (after.case.assigned is not None) is stays
        assert after.says[: len(told.says)] == told.says
        assert [say.kind for say in after.says[len(told.says) :]] == (
            [] if stays else [SayKind.ASSIGNED, SayKind.ASSIGNED, SayKind.NOTE]
        )


def test_nothing_told_frees_nothing() -> None:
    unchanged = Change(given())
    assert by_the_rung(unchanged, PLACES, NOON) is unchanged
    assert day_over(given(), PLACES, HERS.until - timedelta(seconds=1)) == Change(given())
    assert released(case(), PLACES, Released.AWAY, NOON) == Change(case())


def test_freed_at_the_end_of_the_day_it_needs_no_timer_for_that() -> None:
    freed = day_over(given(4), PLACES, HERS.until).case
    assert freed.assigned is None
    assert TimerKind.RELEASE not in {timer.kind for timer in planned_timers(freed, CALENDAR)}


def test_of_a_case_that_somebody_answered_the_customer_reads_nothing_new() -> None:
    answered = written(given(), ENG2, NOON).case
    says = released(answered, PLACES, Released.AWAY, NOON).says
    assert {say.kind for say in says} == {SayKind.ASSIGNED}


def test_whoever_claims_or_solves_ends_it() -> None:
    for person in (ENG, ENG2):
        assert begun(claimed(given(), person, NOON).case).assigned is None
    assert begun(replace(given(), state=State.OFFERED)).assigned is None
    assert begun(given()).assigned == HERS


def test_her_message_begins_it_and_anybody_elses_does_not() -> None:
    hers = written(given(), ENG, NOON).case
    assert (hers.state, hers.assignee) == (State.CLAIMED, ENG)
    theirs = written(given(), ENG2, NOON).case
    assert (theirs.state, theirs.assignee, theirs.assigned) == (State.OPEN, None, HERS)
    assert DANA not in (hers.assignee, theirs.assignee)


def test_it_is_hers_in_lists_and_nobodys_all_the_same() -> None:
    free, hers = standing(1), standing(2, assigned=ENG.user)
    assert mine([free, hers], ENG.user) == [hers]
    assert unclaimed([free, hers]) == [free, hers]
    assert load([free, hers], [ENG2.user]) == [Load(ENG.user, 0, 0, to_begin=1), Load(ENG2.user, 0, 0)]
