"""Whatever happens to a case, in whatever order and however late: its clocks keep their rules."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.case import Case, State
from cases.change import Change
from cases.clock import Clock
from cases.clocks import deadline, left_seconds, paused, rungs_of, running, wound
from cases.errors import Refused
from cases.escalating import escalated
from cases.hours import CalendarSpec
from cases.pausing import added, elapsed
from cases.policy import ClockKind, Program
from cases.promise import promise_for
from cases.reprioritising import reprioritised
from cases.responding import claimed, given_back, listened, written
from cases.solving import offered, reopened
from cases.timers import TimerKind, planned_timers
from cases.waiting import asked_customer, came_back, taken_back
from tests.builders import ALWAYS, DANA, ENG, MAX, NOON, OFFICE, PLACES, account, calendar
from tests.clocked import NEXT, SOLUTION, UPDATE, clocked, opened, rewound

CALENDARS = {spec.name: calendar(spec) for spec in (ALWAYS, OFFICE)}
PROGRAMS: dict[tuple[str, tuple[ClockKind, ...]], Program] = {
    (spec.name, kinds): clocked(spec, pausing=kinds, priorities=(1, 2, 3))
    for spec in (ALWAYS, OFFICE)
    for kinds in ((), (UPDATE, SOLUTION), (NEXT, UPDATE, SOLUTION))
}
DEEDS = ("customer", "support", "claim", "give-back", "ask", "go-on", "offer", "reopen", "raise", "lower", "tick")
STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 6 * 3600), st.sampled_from((0, 0, 0, 60, 4000))),
    max_size=30,
)
RUNGS = {TimerKind.RUNG, TimerKind.REPEAT}


def done(case: Case, deed: str, at: datetime, seen: datetime, of: tuple[str, tuple[ClockKind, ...]]) -> Case:
    """The case after somebody did this. `seen`: when it was written, before the instant at which it is handled."""
    book = CALENDARS[case.promise.calendar.name]
    match deed:
        case "customer":
            return listened(came_back(case, DANA, seen, PLACES), DANA, seen).case
        case "support":
            return written(case, ENG, seen).case
        case "claim":
            return claimed(case, ENG, at).case
        case "give-back":
            return given_back(case, ENG, at).case
        case "ask":
            return asked_customer(case, ENG, "Which?", at).case
        case "go-on":
            return taken_back(case, ENG, at, PLACES).case
        case "offer":
            return offered(case, None, "Try this.", ENG, at).case
        case "reopen":
            return reopened(case, DANA, "No.", book, PLACES, at).case
        case "raise" | "lower":
            number = (case.promise.priority or 1) + (1 if deed == "lower" else -1)
            if case.is_done or not 1 <= number <= 4:
                return case
            promise = promise_for(PROGRAMS[of], account(), "service", number)
            return reprioritised(case, promise, book, ENG, "so", at).case
        case _:
            return case


def told(case: Case, at: datetime, keys: list[str]) -> Case:
    """Everything fired that is due by then, as the tick does it; the keys of what was said."""
    book = CALENDARS[case.promise.calendar.name]
    while due := [timer for timer in planned_timers(case, book) if timer.kind in RUNGS and timer.due_at <= at]:
        change = escalated(case, book, PLACES, (MAX.user,), at)
        assert change.says, f"{[timer.key for timer in due]} are due, and nothing is said"
        assert not set(due) & planned_timers(change.case, book), "fired, and due as before"
        keys += [say.key for say in change.says]
        case = replace(change.case, revision=case.revision + 1)
    return case


@settings(max_examples=400)
@given(of=st.sampled_from(sorted(PROGRAMS)), steps=STEPS)
def test_whatever_happens_the_clocks_keep_their_rules(
    of: tuple[str, tuple[ClockKind, ...]], steps: list[tuple[str, int, int]]
) -> None:
    case, at, keys = opened(PROGRAMS[of]), NOON, list[str]()
    for deed, later, delay in steps:
        at += timedelta(seconds=later)
        case = told(case, at, keys)
        before = case
        try:
            case = done(case, deed, at, at - timedelta(seconds=delay), of)
        except Refused:
            continue
        book = CALENDARS[case.promise.calendar.name]
        case = wound(case, book)
        check(before, case, at)
        case = told(case, at, keys)
        case = replace(case, revision=case.revision + 1)
    assert len(keys) == len(set(keys)), "one thing was told twice under one key"


def check(before: Case, case: Case, at: datetime) -> None:
    book = CALENDARS[case.promise.calendar.name]
    assert wound(case, book) == case, "wound again, it is another"
    runs = running(case)
    found = deadline(case)
    assert (found.at if found else None) == min((each.due_at for each in runs), default=None)
    assert not (case.is_done and runs), "done, and a clock runs"
    kinds = {each.kind for each in runs}
    assert not ({NEXT, UPDATE} & kinds and case.response is None), "nobody has answered, and a later clock runs"
    promised = {rule.kind for rule in case.promise.clocks}
    resting = {each.kind for each in paused(case)}
    if not case.is_done:
        assert (SOLUTION in kinds | resting) == (SOLUTION in promised)
        assert (UPDATE in kinds | resting) == (UPDATE in promised and case.response is not None)
    planned = {timer for timer in planned_timers(case, book) if timer.kind in RUNGS}
    assert {timer.clock for timer in planned} <= kinds, "a timer of a clock that doesn't run"
    for each in runs:
        assert each.kind in {timer.clock for timer in planned}, "a clock runs, and no alarm is set for it"
    if before.wait is None and case.wait is not None:
        assert {each.kind for each in case.clocks.each if not each.ended and each.pauses} == resting
    for was in before.clocks.each:
        now = case.clocks.of(was.kind)
        assert now is not None
        assert now.number >= was.number
        if was.breached_at and not now.ended and now.since == was.since:
            assert now.breached_at, "a breach on record is gone"
        if before.wait is not None and was in paused(before) and case.promise == before.promise:
            resumed(before, was, case, now)


def resumed(before: Case, was: Clock, case: Case, now: Clock) -> None:
    """What was left when the pause began is left when it ends."""
    book = CALENDARS[case.promise.calendar.name]
    left = left_seconds(before, was, book)
    assert left is not None
    if case.wait is None and now.number == was.number and not now.ended and was.due_at > before_wait(before):
        back = case.clocks.waits[-1][1]
        assert book.elapsed(back, now.due_at) == left


def before_wait(case: Case) -> datetime:
    assert case.wait is not None
    return case.wait.since


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=5)


@given(spec=st.sampled_from((ALWAYS, OFFICE)), start=st.integers(-20, 20), minutes=st.integers(0, 30 * 60), spans=SPANS)
def test_a_pause_is_what_counting_minute_by_minute_says(
    spec: CalendarSpec, start: int, minutes: int, spans: list[tuple[int, int]]
) -> None:
    """Against a reference that looks at every ten minutes by itself."""
    book, step = calendar(spec), timedelta(minutes=10)
    begin, seconds = NOON + start * step, minutes // 10 * 600
    pauses, last = [], NOON - 20 * step
    for gap, length in spans:
        pauses.append((last + gap * step, last + (gap + length) * step))
        last = pauses[-1][1]

    at, left = begin, seconds
    while left > 0:
        open_now = book.hours_at(at).is_open and not any(since <= at < until for since, until in pauses)
        at, left = at + step, left - (600 if open_now else 0)

    due = added(book, begin, seconds, pauses)
    assert due == at or seconds == 0
    assert elapsed(book, begin, due, pauses) == seconds


@pytest.mark.parametrize("share", [50, 75, 90, 100])
def test_rungs_leave_the_pause_out(share: int) -> None:
    """The solution's clock waits from the second to the twelfth hour: its rungs fall ten hours later."""
    case = claimed(opened(), ENG, NOON).case
    case = wound(asked_customer(case, ENG, "Which?", NOON + timedelta(hours=2)).case, CALENDARS["always"])
    assert case.state is State.WAITING
    back = came_back(case, DANA, NOON + timedelta(hours=12), PLACES).case
    back = wound(back, CALENDARS["always"])
    solution = next(each for each in running(back) if each.kind is SOLUTION)
    fell = {rung.share: at for rung, at in rungs_of(back, solution, CALENDARS["always"])}
    assert fell[share] == NOON + timedelta(hours=10) + timedelta(hours=24) * share / 100


@given(
    words=st.lists(st.tuples(st.booleans(), st.integers(1, 10_000)), max_size=12, unique_by=lambda word: word[1]),
    data=st.data(),
)
def test_in_whatever_order_messages_are_handled_the_first_one_without_an_answer_counts(
    words: list[tuple[bool, int]], data: st.DataObject
) -> None:
    case = rewound(claimed(opened(clocked()), ENG, NOON).case)
    for by_support, second in data.draw(st.permutations(words)):
        at = NOON + timedelta(seconds=second)
        case = rewound((written(case, ENG, at) if by_support else listened(Change(case), DANA, at)).case)
    last = max((second for by_support, second in words if by_support), default=0)
    waiting = sorted(second for by_support, second in words if not by_support and second > last)
    found = {each.kind: each.since for each in running(case)}
    assert found.get(NEXT) == (NOON + timedelta(seconds=waiting[0]) if waiting else None)
    assert found[UPDATE] == NOON + timedelta(seconds=last)
