"""Histories that the rules themselves wrote: cases on their way, deed by deed."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from hypothesis import strategies as st

from cases.case import Case, Commitment, Entry
from cases.change import Change
from cases.committing import checked, confirmed
from cases.errors import Refused
from cases.escalating import escalated
from cases.hours import CalendarSpec
from cases.measuring import measured
from cases.outcomes import Happened
from cases.periods import Period, Span
from cases.promise import promise_for
from cases.report import By, Report
from cases.reported import reported
from cases.reprioritising import reprioritised
from cases.responding import claimed, given_back, written
from cases.solving import helped, offered, rated, reopened
from tests.builders import BOB, DANA, ENG, ENG2, NOON, PLACES, account, calendar, case, program

MINUTE = timedelta(minutes=1)
SPAN = Span(Period.WEEK, "UTC", NOON - timedelta(days=1), NOON + timedelta(hours=20), NOON + timedelta(hours=60))
ENGINEERS = {"claim": ENG, "claim-2": ENG2, "write": ENG2}
DEEDS = ("claim", "claim-2", "write", "back", "raise", "lower", "offer", "helps", "reopen", "rate", "tick", "confirm")


@dataclass
class Told:
    """A case on its way, and the lines of its history."""

    case: Case
    lines: list[Happened]

    def keep(self, change: Change) -> None:
        self.case = replace(change.case, revision=change.case.revision + 1)
        for each in measured(change.case, change.entries):
            self.lines.append(Happened(self.case.number, self.case.account, each.at, each.who, each.what, each.facts))


def change(now: Case, deed: str, at: datetime, spec: CalendarSpec) -> Change:
    """What the rules make of a deed; they refuse many of them."""
    rules = program(calendar=spec)
    priority = now.promise.priority or 1
    match deed:
        case "claim" | "claim-2":
            return claimed(now, ENGINEERS[deed], at)
        case "write":
            return written(now, ENGINEERS[deed], at)
        case "back":
            return given_back(now, now.assignee or ENG, at)
        case "raise" | "lower":
            to = priority - 1 if deed == "raise" else priority + 1
            if now.is_done or not 1 <= to <= 4:
                raise Refused("no such")
            return reprioritised(now, promise_for(rules, account(), "service", to), calendar(spec), ENG, "", at)
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
    fresh = replace(case(priority, of=program(calendar=spec), at=at), number=number, account=1 + number % 2)
    fresh = replace(fresh, commitment=Commitment(DANA, BOB, DANA, at) if priority == 1 else None)
    told = Told(fresh, [])
    told.keep(Change(fresh, (Entry(at, DANA, "opened"),)))
    for deed, minutes in steps:
        at += timedelta(minutes=minutes)
        with suppress(Refused):
            told.keep(change(told.case, deed, at, spec))
    return told


STEP = st.tuples(st.sampled_from(DEEDS), st.sampled_from((0, 1, 7, 30, 60, 61, 120, 480, 1441)))
HISTORIES = st.lists(st.tuples(st.integers(1, 4), st.lists(STEP, max_size=14)), min_size=1, max_size=4)


def report_of(told: Sequence[Told], by: By = By.PROGRAMME) -> Report:
    lines = [line for each in told for line in each.lines]
    return reported(lines, {1: "Acme", 2: "Bolt"}, calendar, SPAN, by)


def made(histories: Sequence[tuple[int, Sequence[tuple[str, int]]]], spec: CalendarSpec) -> list[Told]:
    return [lived(number, priority, steps, spec) for number, (priority, steps) in enumerate(histories, 1)]
