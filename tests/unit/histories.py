"""Histories that the rules themselves wrote: cases on their way, deed by deed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from cases.case import Case, Entry
from cases.case_parts import Commitment, Wish
from cases.change import Change
from cases.clocks import wound
from cases.committing import checked, confirmed
from cases.errors import Refused
from cases.escalating import escalated
from cases.hours import CalendarSpec
from cases.leasing import asked_whether, leased
from cases.measuring import measured
from cases.outcomes import Happened
from cases.overview import OPEN_STATES
from cases.periods import Period, Span
from cases.policy import ClockKind, LeaseRule, Program
from cases.promise import promise_for
from cases.report import By, Report
from cases.reported import reported
from cases.reprioritising import reprioritised
from cases.responding import claimed, given_back, written
from cases.solving import helped, offered, rated, reopened
from cases.wishing import consented, granting, open_wish, refused, wished
from tests.builders import BOB, DANA, ENG, ENG2, NOON, PLACES, RULE, account, calendar, case
from tests.clocked import clocked

MINUTE = timedelta(minutes=1)
SPAN = Span(Period.WEEK, "UTC", NOON - timedelta(days=1), NOON + timedelta(hours=20), NOON + timedelta(hours=60))
ENGINEERS = {"claim": ENG, "claim-2": ENG2, "write": ENG2}
DEEDS = (
    *("claim", "claim-2", "write", "back", "lapse", "raise", "lower", "wish-more", "wish-less", "grant", "refuse"),
    *("offer", "helps", "reopen", "rate", "tick", "confirm"),
)
LEASE = LeaseRule(15 * 60, 15 * 60)


@dataclass
class Told:
    """A case on its way, the lines of its history, and who had it from when on ("": nobody)."""

    case: Case
    lines: list[Happened]
    held: list[tuple[datetime, str]]
    had: list[str] = field(default_factory=list)
    """Who had it as each of the lines was written."""

    def keep(self, change: Change, at: datetime) -> None:
        self.case = wound(change.case, calendar(change.case.promise.calendar))
        self.case = replace(self.case, revision=change.case.revision + 1)
        for each in measured(self.case, change.entries):
            self.lines.append(Happened(self.case.number, self.case.account, each.at, each.who, each.what, each.facts))
            self.had.append(self.held[-1][1] if self.held else "")
        has_it = self.case.assignee is not None and self.case.state in OPEN_STATES
        self.held.append((at, self.case.assignee.user if has_it and self.case.assignee else ""))


def rules(spec: CalendarSpec) -> Program:
    """With an update clock, a 24x7 promise at priorities 1 and 2, and claims that are leases."""
    plain = clocked(spec, {ClockKind.UPDATE: 3})
    plan, product = plain.plans["premier"], plain.products["service"]
    plan = replace(plan, commitment=replace(RULE, priorities=frozenset({1, 2})))
    leased_ones = tuple(replace(priority, lease=LEASE) for priority in product.priorities)
    return replace(plain, plans={"premier": plan}, products={"service": replace(product, priorities=leased_ones)})


def moved(now: Case, to: int, at: datetime, spec: CalendarSpec) -> Change:
    if now.is_done or not 1 <= to <= 4:
        raise Refused("no such")
    promise = promise_for(rules(spec), account(), "service", to)
    change = reprioritised(now, promise, calendar(spec), ENG, "", at)
    return replace(change, case=replace(change.case, wish=None))


def granted(now: Case, at: datetime, spec: CalendarSpec) -> Change:
    """As `cases.changing_priority` has it."""
    wish = open_wish(now, now.wish.revision if now.wish else 0)
    change = moved(now, wish.priority, at, spec)
    after = replace(change.case, commitment=consented(change.case, wish, at))
    return Change(after, (granting(now, after, wish, ENG, at), *change.entries))


def lapsed(now: Case, at: datetime, spec: CalendarSpec) -> Change:
    """Nobody answered the question that was asked a quarter of an hour earlier."""
    asked = asked_whether(now, calendar(spec), PLACES, at - timedelta(seconds=LEASE.queue_after_seconds))
    return leased(asked.case, calendar(spec), PLACES, at)


def change(now: Case, deed: str, at: datetime, spec: CalendarSpec) -> Change:
    """What the rules make of a deed; they refuse many of them."""
    priority = now.promise.priority or 1
    match deed:
        case "claim" | "claim-2":
            return claimed(now, ENGINEERS[deed], at)
        case "write":
            return written(now, ENGINEERS[deed], at)
        case "back":
            return given_back(now, now.assignee or ENG, at)
        case "raise" | "lower":
            return moved(now, priority - 1 if deed == "raise" else priority + 1, at, spec)
        case "wish-more" | "wish-less":
            to = priority - 1 if deed == "wish-more" else priority + 1
            return wished(now, Wish(to, f"Priority {to}", "So.", DANA, at, available=DANA, backup=BOB), at)
        case "grant":
            return granted(now, at, spec)
        case "refuse":
            return refused(now, open_wish(now, now.wish.revision if now.wish else 0), ENG, "No.", at)
        case "lapse":
            return lapsed(now, at, spec)
        case "offer":
            return offered(now, None, "Done.", now.assignee or ENG, at)
        case "helps":
            return helped(now, DANA, PLACES, at)
        case "reopen":
            return reopened(now, DANA, "No.", calendar(spec), PLACES, at)
        case "rate":
            return rated(now, 1 + at.minute % 5, "", DANA, PLACES, at)
        case "confirm":
            return confirmed(now, BOB, at)
        case _:
            fired = escalated(now, calendar(spec), PLACES, (), at)
            asked = checked(fired.case, PLACES, at)
            return Change(asked.case, (*fired.entries, *asked.entries))


def lived(number: int, priority: int, steps: Sequence[tuple[str, int]], spec: CalendarSpec) -> Told:
    """A case, opened at noon or some hours later, and what happened to it then."""
    at = NOON + timedelta(hours=number)
    fresh = replace(case(priority, of=rules(spec), at=at), number=number, account=1 + number % 2)
    fresh = replace(fresh, commitment=Commitment(DANA, BOB, DANA, at) if priority <= 2 else None)
    told = Told(fresh, [], [])
    told.keep(Change(fresh, (Entry(at, DANA, "opened"),)), at)
    for deed, minutes in steps:
        at += timedelta(minutes=minutes)
        with suppress(Refused):
            told.keep(change(told.case, deed, at, spec), at)
    return told


STEP = st.tuples(st.sampled_from(DEEDS), st.sampled_from((0, 1, 7, 30, 60, 61, 120, 480, 1441)))
HISTORIES = st.lists(st.tuples(st.integers(1, 4), st.lists(STEP, max_size=14)), min_size=1, max_size=4)


def report_of(told: Sequence[Told], by: By = By.PROGRAMME) -> Report:
    lines = [line for each in told for line in each.lines]
    return reported(lines, {1: "Acme", 2: "Bolt"}, calendar, SPAN, by)


def made(histories: Sequence[tuple[int, Sequence[tuple[str, int]]]], spec: CalendarSpec) -> list[Told]:
    return [lived(number, priority, steps, spec) for number, (priority, steps) in enumerate(histories, 1)]
