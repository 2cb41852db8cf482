"""The clocks beside the first response's, in words: for the team by name, for the customer as what they may expect."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from cases.case import Case
from cases.clock import Clock
from cases.clocks import deadline, paused, running
from cases.hours import CalendarSpec
from cases.policy import ClockKind
from handlers.times import TIME, date, left, plain_date, target

NAMES = {
    ClockKind.RESPONSE: "First response",
    ClockKind.NEXT_RESPONSE: "Next response",
    ClockKind.UPDATE: "Update",
    ClockKind.SOLUTION: "Solution",
}
EXPECTED = {
    ClockKind.NEXT_RESPONSE: "We answer what you wrote by",
    ClockKind.UPDATE: "You hear from us again by",
    ClockKind.SOLUTION: "You can expect a solution by",
}
LATE = {
    ClockKind.NEXT_RESPONSE: "We wanted to answer what you wrote by",
    ClockKind.UPDATE: "We wanted to tell you how it stands by",
    ClockKind.SOLUTION: "We wanted to have a solution for you by",
}
RESTING = {
    ClockKind.NEXT_RESPONSE: "our answer",
    ClockKind.UPDATE: "our next word",
    ClockKind.SOLUTION: "the solution",
}
ALLOWED = {
    ClockKind.NEXT_RESPONSE: "what you write later is answered within",
    ClockKind.UPDATE: "you hear from us at least every",
    ClockKind.SOLUTION: "a solution within",
}


def rows(case: Case, now: datetime) -> dict[str, str]:
    """For the team: name and deadline of each clock but the first response's, the earliest first. mrkdwn."""
    others = (clock for clock in running(case) if clock.kind is not ClockKind.RESPONSE)
    told = {NAMES[clock.kind]: due(clock.due_at, now) for clock in sorted(others, key=_due_at)}
    resting = {NAMES[clock.kind]: "⏸ rests while we wait on the customer" for clock in paused(case)}
    return {**told, **resting}


def due(at: datetime, now: datetime) -> str:
    """A deadline and what is left, which holds as of now: a card is redrawn only when something changes. mrkdwn."""
    mark = "🔴 " if now >= at else ""
    return f"{mark}{date(at)} · *{left(now, at)}* (as of {date(now, TIME)})"


def next_due(case: Case, now: datetime) -> str:
    """`Update due …`: the case's deadline; empty where none runs, or it is the first response's. mrkdwn."""
    found = deadline(case)
    if found is None or found.kind is ClockKind.RESPONSE:
        return ""
    mark = "🔴" if now >= found.at else "⏳"
    return f"{mark} {NAMES[found.kind]} due {date(found.at)} · *{left(now, found.at)}*"


def next_due_plain(case: Case, now: datetime) -> str:
    """The same for notifications."""
    found = deadline(case)
    if found is None or found.kind is ClockKind.RESPONSE:
        return ""
    return f"{NAMES[found.kind].lower()} due {plain_date(found.at)}, {left(now, found.at)}"


def expected(case: Case, now: datetime) -> list[str]:
    """For the customer: what comes next beside the first answer, and by when; mrkdwn lines."""
    lines = [_expected(clock, now) for clock in _promised(case)]
    resting = [RESTING[clock.kind] for clock in paused(case)]
    if resting:
        verb = "rests" if len(resting) == 1 else "rest"
        lines.append(f"Until you answer, our time for {' and '.join(resting)} {verb}; then it goes on.")
    return lines


def expected_plain(case: Case) -> str:
    """The first of these, for notifications."""
    first = next(_promised(case), None)
    return f" {EXPECTED[first.kind]} {plain_date(first.due_at)}." if first else ""


def allowed(clocks: Iterable[tuple[ClockKind, str]], calendar: CalendarSpec) -> str:
    """What is promised beside the first answer, from kind and length as the policy writes it; empty without any."""
    return "; ".join(f"{ALLOWED[kind]} {target(written, calendar)}" for kind, written in clocks)


def _promised(case: Case) -> Iterator[Clock]:
    """One word of ours serves both as an answer and as an update, so the earlier of them says enough."""
    runs = {clock.kind: clock for clock in running(case)}
    words = [runs[kind] for kind in (ClockKind.NEXT_RESPONSE, ClockKind.UPDATE) if kind in runs]
    if words:
        yield min(words, key=_due_at)
    if ClockKind.SOLUTION in runs:
        yield runs[ClockKind.SOLUTION]


def _expected(clock: Clock, now: datetime) -> str:
    if now >= clock.due_at:
        return f"{LATE[clock.kind]} {date(clock.due_at)} and are late. We are sorry; we keep at it."
    return f"⏳ {EXPECTED[clock.kind]} {date(clock.due_at)}: *{left(now, clock.due_at)}* (as of {date(now, TIME)})."


def _due_at(clock: Clock) -> datetime:
    return clock.due_at
