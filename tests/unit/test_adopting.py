"""An open case moved to today's policy: what it is promised is new, and nothing that was told is told again."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.adopting import adopted
from cases.case import Case
from cases.change import Change
from cases.clocks import running
from cases.errors import Refused
from cases.escalating import escalated
from cases.policy import ClockKind, Program
from cases.says import Note, Say, SayKind
from cases.timers import planned_timers
from tests.builders import ENG, NOON, PLACES, program
from tests.clocked import SOLUTION, UPDATE, clocked
from tests.living import BOOKS, PROGRAMS, STEPS, Life, born, did, lived, promised

HOUR = timedelta(hours=1)


def moved(case: Case, to: Program, hours: float) -> Change:
    promise = replace(promised(to, case.promise.priority or 0), version="2")
    return adopted(case, promise, BOOKS[promise.calendar.name], "ops", "signed", PLACES, NOON + hours * HOUR)


def at(hours: float, *deeds: tuple[str, float], of: Program | None = None, priority: int = 2) -> Life:
    life = born(of or program(), priority)
    for deed, when in deeds:
        life.pass_to(NOON + when * HOUR)
        life.kept(did(life, deed, NOON + when * HOUR, NOON + when * HOUR))
    life.pass_to(NOON + hours * HOUR)
    return life


def due(case: Case) -> dict[str, float]:
    timers = planned_timers(case, BOOKS[case.promise.calendar.name])
    return {each.key: (each.due_at - NOON) / HOUR for each in timers if each.key.startswith(("rung", "repeat"))}


def test_the_new_target_counts_from_where_the_old_one_did() -> None:
    life = at(1.1)
    change = moved(life.case, program((1, 4, 8, 24)), 1.1)
    assert (change.case.due_at - NOON) / HOUR == 4
    assert due(change.case) == {"rung:1:75": 3, "rung:1:90": 3.6, "rung:1:100": 4}, "half of it was told: not again"
    (entry,) = change.entries
    assert (entry.what, entry.why) == ("adopted", "1 → 2, by ops: signed")
    (say,) = change.says
    assert (say.body["note"], say.channel, say.body["by"]) == (Note.ADOPTED, PLACES.triage, "ops")


def test_rungs_that_fall_behind_count_as_told_and_a_deadline_that_is_over_is_told() -> None:
    change = moved(at(0.9).case, program((1, 1, 8, 24)), 0.9)
    assert due(change.case) == {"rung:1:100": 1}
    change = moved(at(0.9).case, program((1, 1, 8, 24)), 1.5)
    assert due(change.case) == {"rung:1:100": 1}, "owed at once"


def test_a_missed_deadline_stays_missed() -> None:
    late = at(2.5).case
    change = moved(late, program((1, 24, 24, 24)), 2.5)
    assert change.case.due_at == late.due_at
    assert due(change.case) == due(late)


def test_an_answer_keeps_the_deadline_that_it_was_given_under() -> None:
    answered = at(1, ("support", 0.5)).case
    change = moved(answered, program((1, 1, 8, 24)), 1)
    assert (change.case.due_at, change.case.response) == (answered.due_at, answered.response)
    assert change.case.promise.target == "1h"


def test_a_clock_that_is_new_runs_from_now_and_one_that_was_there_goes_on() -> None:
    life = at(5, ("support", 0.5), of=clocked(hours={SOLUTION: 24}))
    change = moved(life.case, clocked(hours={SOLUTION: 12, UPDATE: 8}), 5)
    ends = {clock.kind: (clock.due_at - NOON) / HOUR for clock in running(change.case)}
    assert ends == {SOLUTION: 24, UPDATE: 5 + 16}, "twice the hours at priority 2"
    assert {key for key in due(change.case) if key.startswith("rung:update:1")} != set()
    gone = moved(change.case, program(), 6)
    assert running(gone.case) == ()


def test_twice_is_once_and_a_case_that_is_done_stays_as_it_is() -> None:
    to = program((1, 4, 8, 24))
    once = moved(at(1).case, to, 1).case
    assert moved(once, to, 2) == Change(once)
    with pytest.raises(Refused, match="has a solution offered"):
        moved(at(2, ("offer", 1)).case, to, 2)


def test_an_engineer_is_not_asked_at_once_by_a_lease_that_is_new() -> None:
    case = at(1, ("claim", 0.5)).case
    assert case.assignee == ENG
    assert moved(case, program((1, 4, 8, 24)), 9).case.active_at == case.active_at


def told(says: list[Say]) -> Counter[tuple[object, ...]]:
    """Rungs by clock, share and repetition, whatever was promised."""
    rungs = (say for say in says if say.kind is SayKind.ESCALATION and say.body["audience"] == "triage")
    return Counter((say.body["clock"], say.body["number"], say.body["share"], say.body["repeat"]) for say in rungs)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    of=st.sampled_from(sorted(PROGRAMS)),
    to=st.sampled_from(sorted(PROGRAMS)),
    faster=st.sampled_from((0.2, 1, 5)),
    priority=st.integers(1, 4),
    steps=STEPS,
    later=st.integers(0, 1500),
)
def test_whatever_came_before_nothing_is_told_a_second_time(
    of: tuple[str, tuple[ClockKind, ...]],
    to: tuple[str, tuple[ClockKind, ...]],
    faster: float,
    priority: int,
    steps: list[tuple[str, int, int]],
    later: int,
) -> None:
    life, until = lived(PROGRAMS[of], priority, steps)
    now = until + timedelta(minutes=later)
    life.pass_to(now)
    promise = promised(PROGRAMS[to], life.case.promise.priority or 0)
    promise = replace(promise, version="2", target_seconds=int(promise.target_seconds * faster))
    book = BOOKS[promise.calendar.name]
    try:
        life.kept(adopted(life.case, promise, book, "ops", "", PLACES, now))
    except Refused:
        return
    assert adopted(life.case, promise, book, "ops", "", PLACES, now) == Change(life.case)
    breaches = escalated(life.case, book, PLACES, (), now)
    assert all(say.body["share"] == 100 for say in breaches.says), "only a missed deadline is owed at once"
    life.pass_to(now + 30 * HOUR)
    assert max(told(life.says).values(), default=1) == 1
