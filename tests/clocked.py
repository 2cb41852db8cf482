"""A programme with all of the clocks that one may add, and cases of it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from cases.case import Case
from cases.clock import Clock
from cases.clocks import running, wound
from cases.hours import CalendarSpec, Duration
from cases.policy import ClockKind, ClockTarget, Program
from cases.promise import promise_for
from tests.builders import ALWAYS, NOON, account, calendar, case, program

NEXT, UPDATE, SOLUTION = ClockKind.NEXT_RESPONSE, ClockKind.UPDATE, ClockKind.SOLUTION
HOURS: Mapping[ClockKind, int] = {NEXT: 4, UPDATE: 8, SOLUTION: 24}
HOUR = timedelta(hours=1)


def clocked(
    spec: CalendarSpec = ALWAYS,
    hours: Mapping[ClockKind, int] = HOURS,
    pausing: Sequence[ClockKind] = tuple(HOURS),
    priorities: Sequence[int] = (1, 2, 3, 4),
) -> Program:
    """First answers within 1, 2, 8 and 24 hours; at priority 1 the clocks of these hours, at 2 twice as long, …"""
    plain = program(calendar=spec)
    plan = plain.plans["premier"]
    targets = dict(plan.targets)
    for number in priorities:
        rules = (ClockTarget(kind, Duration(h * number, "h"), kind in pausing) for kind, h in hours.items())
        targets[number] = replace(targets[number], clocks=tuple(rules))
    return replace(plain, plans={"premier": replace(plan, targets=targets)})


def opened(of: Program | None = None, priority: int = 1, at: datetime = NOON) -> Case:
    """C-1, untouched, its clocks wound."""
    return rewound(case(priority, of=of or clocked(), at=at))


def rewound(of: Case) -> Case:
    """As it would be stored."""
    return wound(of, calendar(of.promise.calendar))


def clock(of: Case, kind: ClockKind) -> Clock:
    """The clock of that kind, which runs."""
    return {each.kind: each for each in running(of)}[kind]


def at_priority(of: Program, number: int) -> Case:
    """A case whose promise is that priority's, for its promise."""
    return replace(case(of=of), promise=promise_for(of, account(), "service", number))
