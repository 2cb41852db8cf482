"""What is due, in words."""

from collections.abc import Iterator, Sequence

from cases.calendars import Calendar
from cases.case import Case
from cases.clocks import response_clock
from cases.pausing import elapsed
from cases.policy import ClockKind
from cases.says import Say, SayKind
from cases.timers import Timer, TimerKind
from handlers.times import exactly, hours
from workspace.due_life import why_of_life
from workspace.due_team import Team

TO = {
    ClockKind.RESPONSE: "to respond",
    ClockKind.NEXT_RESPONSE: "for the next response",
    ClockKind.UPDATE: "for an update",
    ClockKind.SOLUTION: "for a solution",
}
OVERDUE = {
    ClockKind.RESPONSE: "Overdue",
    ClockKind.NEXT_RESPONSE: "Next response overdue",
    ClockKind.UPDATE: "Update overdue",
    ClockKind.SOLUTION: "Solution overdue",
}
MISSING = {
    ClockKind.RESPONSE: "nobody has answered",
    ClockKind.NEXT_RESPONSE: "nobody has answered what the customer wrote",
    ClockKind.UPDATE: "nobody has written to the customer",
    ClockKind.SOLUTION: "no solution is offered",
}
COMMITMENTS = frozenset({TimerKind.CHECK_IN, TimerKind.BACKUP, TimerKind.MANAGERS})


def what(case: Case, timer: Timer, team: Team) -> str:
    """What will happen: `75 % of the time to respond is over`, `Check-in with Dana`."""
    match timer.kind:
        case TimerKind.RUNG if timer.number < 100:
            return f"{timer.number} % of the time {TO[timer.clock]} is over"
        case TimerKind.RUNG:
            return OVERDUE[timer.clock]
        case TimerKind.REPEAT:
            return f"{OVERDUE[timer.clock]}, told again ({_ordinal(timer.number + 1)} time)"
        case TimerKind.CHECK_IN:
            return f"Check-in with {_available(case, team)}"
        case TimerKind.BACKUP:
            return f"{_backup(case, team)}, the backup, is asked"
        case TimerKind.MANAGERS:
            return "Managers hear that nobody answered the check-in"
        case TimerKind.NAMING:
            return "The customer is asked again who can be reached, and managers hear of it"
        case TimerKind.WAIT_REMINDER:
            return f"The customer is reminded of what was asked ({_ordinal(timer.number)} time)"
        case TimerKind.OFFER_CLOSE:
            return "The customer is offered to close the case"
        case TimerKind.LEASE_ASK:
            return f"{_assignee(case, team)} is asked whether they are still on it"
        case TimerKind.LEASE_QUEUE:
            return "The case goes back to the queue"
        case TimerKind.NOBODY:
            return "Told again: nobody has the case"
        case TimerKind.CLOSE:
            return "The case closes by itself"
        case TimerKind.RELEASE:
            return f"The case goes from {_assigned(case, team)} to everybody"


def why(case: Case, timer: Timer, calendar: Calendar, team: Team) -> str:
    """What its time rests on: `3 h of 4 h of support time (Mon–Fri 09:00–18:00 in New York time)`."""
    rule = case.promise.commitment
    if timer.kind is TimerKind.RUNG:
        return _share(case, timer, calendar)
    if timer.kind not in COMMITMENTS | {TimerKind.REPEAT}:
        return why_of_life(case, timer, team)
    if timer.kind is TimerKind.REPEAT or rule is None:
        return f"{exactly(case.promise.ladder.repeat_seconds)} after it was told last, while {MISSING[timer.clock]}"
    if timer.kind is TimerKind.CHECK_IN:
        return f"{exactly(rule.every_seconds)} after the last check-in"
    after = rule.backup_after_seconds if timer.kind is TimerKind.BACKUP else rule.managers_after_seconds
    return f"{exactly(after)} after {_available(case, team)} was asked, without an answer"


def tells(says: Sequence[Say], team: Team) -> str:
    """Who hears it: `#triage, @on-call and @Max`, `@Dana in #acme-support`."""
    return in_a_row(list(dict.fromkeys(name for say in says for name in _hears(say, team))))


def in_a_row(names: Sequence[str]) -> str:
    """`#triage, @on-call and @Max`."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def _hears(say: Say, team: Team) -> Iterator[str]:
    channel, to = team.name(say.channel), say.body.get("to")
    yield f"{team.name(str(to))} in {channel}" if to else channel
    calls = say.kind is SayKind.LEASE or say.body.get("audience") == "triage"
    if calls and say.body.get("mention"):
        yield from (team.name(id) for id in team.on_call)


def _share(case: Case, timer: Timer, calendar: Calendar) -> str:
    clock = case.clocks.of(timer.clock) or response_clock(case)
    pauses = case.clocks.pauses_of(clock)
    allowed = elapsed(calendar, clock.counted_from, clock.due_at, pauses)
    if not allowed:
        return "its time was over when the priority was raised"
    passed = elapsed(calendar, clock.counted_from, timer.due_at, pauses)
    since = ", counted from when the priority was raised" if clock.counted_from > clock.since else ""
    return f"{exactly(passed)} of {exactly(allowed)} of support time ({hours(case.promise.calendar)}){since}"


def _assignee(case: Case, team: Team) -> str:
    return team.name(case.assignee.user).removeprefix("@") if case.assignee else ""


def _assigned(case: Case, team: Team) -> str:
    return team.name(case.assigned.person).removeprefix("@") if case.assigned else ""


def _available(case: Case, team: Team) -> str:
    return team.name(case.commitment.available.user).removeprefix("@") if case.commitment else ""


def _backup(case: Case, team: Team) -> str:
    backup = case.commitment.backup if case.commitment else None
    return team.name(backup.user).removeprefix("@") if backup else ""


def _ordinal(number: int) -> str:
    teen = 10 < number % 100 < 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
