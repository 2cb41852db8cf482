"""Cases with whatever people do to them, in whatever order, and a bot that may sleep meanwhile."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from cases.calendars import Calendar
from cases.case import Case, Entry
from cases.change import Change
from cases.clocks import wound
from cases.errors import Refused
from cases.escalating import escalated
from cases.past import Past, priorities
from cases.policy import ClockKind, Program
from cases.promise import Promise, promise_for
from cases.reprioritising import reprioritised
from cases.responding import claimed, given_back, listened, written
from cases.says import Say
from cases.solving import offered, reopened
from cases.timers import TimerKind, planned_timers
from cases.waiting import asked_customer, came_back, taken_back
from tests.builders import ALWAYS, DANA, ENG, MAX, NOON, OFFICE, PLACES, account, calendar
from tests.clocked import NEXT, SOLUTION, UPDATE, clocked, opened

BOOKS = {spec.name: calendar(spec) for spec in (ALWAYS, OFFICE)}
PROGRAMS: dict[tuple[str, tuple[ClockKind, ...]], Program] = {
    (spec.name, kinds): clocked(spec, {kind: 4 * n for n, kind in enumerate(kinds, 1)}, pausing=kinds[:1])
    for spec in (ALWAYS, OFFICE)
    for kinds in ((), (SOLUTION,), (UPDATE, SOLUTION), (NEXT, UPDATE, SOLUTION))
}
LABELS = {f"Priority {number}": number for number in range(1, 5)}
DEEDS = ("customer", "support", "claim", "give-back", "ask", "go-on", "offer", "reopen", "raise", "lower", "sleep")
RUNGS = {TimerKind.RUNG, TimerKind.REPEAT}


@dataclass
class Life:
    """A case as the bot would keep it, with its history, and a bot that may sleep for a while."""

    of: Program
    case: Case
    history: list[Entry] = field(default_factory=list)
    asleep_until: datetime = NOON
    now: datetime = NOON
    says: list[Say] = field(default_factory=list)

    def pass_to(self, at: datetime) -> None:
        """What is due is told as it falls or, where the bot slept, when it wakes."""
        while due := self._due(at):
            woken = max(due, self.asleep_until, self.now)
            if woken > at:
                break
            self.kept(escalated(self.case, self.book, PLACES, (MAX.user,), woken))
        self.now = at

    def kept(self, change: Change) -> None:
        self.case = wound(change.case, BOOKS[change.case.promise.calendar.name])
        self.case = replace(self.case, revision=self.case.revision + 1)
        self.history += change.entries
        self.says += change.says

    @property
    def book(self) -> Calendar:
        return BOOKS[self.case.promise.calendar.name]

    def past(self, until: datetime) -> Past:
        return Past(self.case, tuple(self.history), until)

    def promises(self, of: Program) -> list[Promise]:
        return [promised(of, each or 0) for each in priorities(self.past(NOON), LABELS)]

    def _due(self, by: datetime) -> datetime | None:
        timers = planned_timers(self.case, self.book)
        return min((each.due_at for each in timers if each.kind in RUNGS and each.due_at <= by), default=None)


def promised(of: Program, priority: int) -> Promise:
    return promise_for(of, account(), "service", priority)


def born(of: Program, priority: int) -> Life:
    case = opened(of, priority)
    return Life(of, case, [Entry(NOON, DANA, "opened", f"{case.promise.label}, {case.promise.target} (1)")])


def did(life: Life, deed: str, at: datetime, seen: datetime) -> Change:
    """`seen`: when it happened, before the instant at which the bot handles it."""
    case, number = life.case, life.case.promise.priority or 1
    match deed:
        case "customer":
            return listened(came_back(case, DANA, seen, PLACES), DANA, seen)
        case "support":
            return written(case, ENG, seen)
        case "claim":
            return claimed(case, ENG, seen)
        case "give-back":
            return given_back(case, ENG, at)
        case "ask":
            return asked_customer(case, ENG, "Which?", at)
        case "go-on":
            return taken_back(case, ENG, at, PLACES)
        case "offer":
            return offered(case, None, "Try this.", ENG, at)
        case "reopen":
            return reopened(case, DANA, "No.", life.book, PLACES, at)
        case _:
            to = number + (1 if deed == "lower" else -1)
            if case.is_done or not 1 <= to <= 4:
                raise Refused("no such priority")
            promise = promised(life.of, to)
            return reprioritised(case, promise, BOOKS[promise.calendar.name], ENG, "→ Priority 1: so", at)


def lived(of: Program, priority: int, steps: list[tuple[str, int, int]]) -> tuple[Life, datetime]:
    life, at = born(of, priority), NOON
    for deed, later, seconds in steps:
        at += timedelta(seconds=later)
        if deed == "sleep":
            life.pass_to(at)
            life.asleep_until = at + timedelta(seconds=seconds * 3)
            continue
        life.pass_to(at)
        if life.asleep_until > at:
            continue  # nobody reaches the bot while it sleeps
        try:
            late = 0 if deed in ("customer", "support") and of.plans["premier"].targets[1].clocks else seconds
            life.kept(did(life, deed, at, at - timedelta(seconds=late)))
        except Refused:
            continue
        life.pass_to(at)
    at = max(at, life.asleep_until)
    life.pass_to(at)
    return life, at


STEPS = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, 6 * 3600), st.sampled_from((0, 0, 0, 7, 60, 4000))), max_size=25
)
