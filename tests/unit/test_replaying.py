"""A past case run again: under the same promise it is what happened; under another, what that would have told."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.calendars import Calendar
from cases.case import Entry
from cases.fared import Fared, Sums
from cases.hours import CalendarSpec
from cases.past import NotReplayable, Past, priorities
from cases.policy import Audience, ClockKind, Ladder, Program, Rung
from cases.replaying import happened, replayed
from cases.what_if import Compared, compared
from tests.builders import ENG, NOON, account, program
from tests.living import BOOKS, LABELS, PROGRAMS, STEPS, Life, born, did, lived

HOUR = timedelta(hours=1)
PLAIN = program()


def book(spec: CalendarSpec) -> Calendar:
    return BOOKS[spec.name]


def run_again(life: Life, new: Program, *, hours: float = 48, today: Program | None = None) -> Compared:
    past = Past(life.case, tuple(life.history), NOON + hours * HOUR)
    return compared(past, account(), {"okta": today or life.of}, {"okta": new}, book)


def edited(hours: tuple[int, ...] = (1, 2, 8, 24), *shares: int) -> Program:
    """Another version: targets of these hours, and these rungs beside the breach."""
    rungs = tuple(Rung(share, frozenset({Audience.TRIAGE})) for share in (*(shares or (50, 75, 90)), 100))
    return replace(program(hours), version="2", ladder=Ladder(rungs, 1800))


def story(*deeds: tuple[str, float], priority: int = 2, until: float = 48) -> Life:
    """What was done, and how many hours after the case was opened."""
    life = born(PLAIN, priority)
    for deed, hours in deeds:
        at = NOON + hours * HOUR
        life.pass_to(at)
        life.kept(did(life, deed, at, at))
    life.pass_to(NOON + until * HOUR)
    return life


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(of=st.sampled_from(sorted(PROGRAMS)), priority=st.integers(1, 4), steps=STEPS)
def test_under_the_same_promise_it_is_what_happened(
    of: tuple[str, tuple[ClockKind, ...]], priority: int, steps: list[tuple[str, int, int]]
) -> None:
    life, until = lived(PROGRAMS[of], priority, steps)
    past, promises = life.past(until), life.promises(PROGRAMS[of])
    assert replayed(past, promises, promises, book) == happened(past)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(of=st.sampled_from(sorted(PROGRAMS)), priority=st.integers(1, 4), steps=STEPS)
def test_a_new_version_that_changes_nothing_changes_no_case(
    of: tuple[str, tuple[ClockKind, ...]], priority: int, steps: list[tuple[str, int, int]]
) -> None:
    life, until = lived(PROGRAMS[of], priority, steps)
    found = compared(life.past(until), account(), {"okta": life.of}, {"okta": replace(life.of, version="2")}, book)
    assert not found.differs


def test_a_shorter_target_would_have_been_missed() -> None:
    found = run_again(story(("claim", 0.9)), edited((1, 1, 8, 24)), hours=1)
    assert (found.before.words(), found.before.missed) == ("nobody was told", 0)
    assert (found.after.words(), found.after.missed) == ("at 90 %", 0)

    found = run_again(story(("claim", 1.4)), edited((1, 1, 8, 24)))
    assert (found.before.words(), found.after.words()) == ("at 50 %", "breach")
    assert (found.before.missed, found.after.missed) == (0, 1)


def test_a_longer_one_would_have_been_kept_and_nobody_told_again_and_again() -> None:
    found = run_again(story(("support", 3.6)), edited((1, 8, 8, 24)))
    assert found.before.words() == "breach, told 3 more times"
    assert (found.after.words(), found.after.missed) == ("nobody was told", 0)
    both = Sums().plus(found.before), Sums().plus(found.after)
    assert both == (Sums(1, 1, 7, 1), Sums(1, 0, 0, 0))


def test_other_rungs_are_told_at_their_own_time() -> None:
    found = run_again(story(("claim", 1.9)), edited((1, 2, 8, 24), 25, 50, 90))
    assert [(line.at, line.why[:4]) for line in found.after.told] == [
        (NOON + 0.5 * HOUR, "25 %"),
        (NOON + HOUR, "50 %"),
        (NOON + 1.8 * HOUR, "90 %"),
    ]
    assert found.shift_seconds == -1800


def test_what_the_bot_could_not_say_while_it_was_down_it_could_not_have_said_either() -> None:
    life = born(PLAIN, 2)
    life.asleep_until = NOON + 1.9 * HOUR
    life.pass_to(NOON + 1.95 * HOUR)
    life.kept(did(life, "claim", NOON + 1.95 * HOUR, NOON + 1.95 * HOUR))
    assert [line.why[:4] for line in life.history[1:2]] == ["90 %"]
    assert not run_again(life, PLAIN).differs
    sooner = run_again(life, edited((1, 2, 8, 24), 60, 80))
    assert [(line.at, line.why[:4]) for line in sooner.after.told] == [(NOON + 1.9 * HOUR, "80 %")]


def test_a_rung_that_was_never_told_because_the_answer_came_while_the_bot_was_down_is_not_told_now() -> None:
    life = born(PLAIN, 2)
    life.history += did(life, "claim", NOON + 1.5 * HOUR, NOON + 1.5 * HOUR).entries
    assert not run_again(life, PLAIN).differs


def test_a_change_of_priority_is_made_again_under_the_new_policy() -> None:
    found = run_again(story(("raise", 1), ("claim", 1.7), priority=3), edited((1, 1, 8, 24)))
    assert found.before.words() == "nobody was told"
    assert [line.at for line in found.after.told] == [NOON + 1.5 * HOUR]


def test_a_missed_deadline_counts_once_each_time_that_the_case_was_opened() -> None:
    life = story(("support", 3), ("offer", 4), ("reopen", 5), ("support", 8))
    assert Fared(happened(life.past(NOON + 9 * HOUR))).missed == 2
    taken_back = (
        Entry(NOON, None, "breached", "100 % of the time allowed, due x"),
        Entry(NOON, None, "responded", "in time"),
    )
    assert Fared(taken_back).missed == 0
    assert Fared((Entry(NOON, None, "responded", "by claim, late"),)).words() == "nobody was told, answered late"


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (replace(PLAIN, version="2", plans={}), "Okta has the plan Premier no more"),
        (replace(PLAIN, version="2", products={}), "Okta has the product Okta Service no more"),
        (
            replace(PLAIN, version="2", plans={"premier": replace(PLAIN.plans["premier"], targets={})}),
            "Okta has priority 2 no more",
        ),
    ],
)
def test_what_the_new_policy_has_no_more_is_left_out_and_says_so(new: Program, why: str) -> None:
    with pytest.raises(NotReplayable, match=why):
        run_again(story(), new)


def test_a_priority_that_nobody_knows_by_its_label_any_more_is_left_out() -> None:
    past = Past(story().case, [Entry(NOON, ENG, "reprioritised", "P9 → Priority 2: it works")], NOON)
    with pytest.raises(NotReplayable, match="P9"):
        priorities(past, LABELS)
    wordy = Past(story().case, [Entry(NOON, ENG, "reprioritised", "Priority 1 → Priority 2: → Priority 3: no")], NOON)
    assert priorities(wordy, LABELS) == (1, 2)
