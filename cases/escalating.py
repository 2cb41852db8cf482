"""Rules of a due timer of a clock: which rung is told, to whom, and how late."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry
from cases.change import Change, Places
from cases.clock import Clock
from cases.clocks import rungs_of, running, with_clock
from cases.facts import Facts
from cases.instants import iso
from cases.policy import Audience, ClockKind, Rung
from cases.reaching import reached
from cases.says import Say, SayKind, Urgency


@dataclass(frozen=True, slots=True)
class Told:
    """A rung to tell now."""

    clock: Clock
    rung: Rung
    fell_at: datetime
    repeat: int = 0


def escalated(case: Case, calendar: Calendar, places: Places, managers: tuple[str, ...], now: datetime) -> Change:
    """The ladder, climbed as far as `now`: of several rungs behind, only the highest is told.

    So for each clock that runs, since each is another promise. Nothing when none runs or nothing is due: what was
    planned is decided again here.
    """
    change = Change(case)
    for clock in running(case):
        one = _climbed(change.case, clock, calendar, places, managers, now)
        parcels = (*change.parcels, *one.parcels)
        change = Change(one.case, (*change.entries, *one.entries), (*change.says, *one.says), parcels)
    return change


def _climbed(
    case: Case, clock: Clock, calendar: Calendar, places: Places, managers: tuple[str, ...], now: datetime
) -> Change:
    rungs = rungs_of(case, clock, calendar)
    behind = [Told(clock, rung, at) for rung, at in rungs if rung.share > clock.share_said and at <= now]
    if behind:
        return _told(case, behind[-1], places, managers, now)
    return _repeated(case, clock, places, managers, now)


def _told(case: Case, told: Told, places: Places, managers: tuple[str, ...], now: datetime) -> Change:
    clock, breach = told.clock, told.rung.share >= 100
    after = replace(
        clock,
        share_said=told.rung.share,
        breached_at=clock.breached_at or (clock.due_at if breach else None),
        repeated_at=now if breach else None,
    )
    what = "breached" if breach else "escalated"
    why = f"{_named(clock)}{told.rung.share} % of the time allowed, due {iso(told.fell_at)}"
    entry = Entry(now, None, what, why, Facts(clock=clock.kind) if breach else None)
    says, outside = _says(case, told, places, managers, now), reached(case, clock, told.rung, told.fell_at, 0)
    return Change(with_clock(case, after), (entry,), says, tuple(outside))


def _repeated(case: Case, clock: Clock, places: Places, managers: tuple[str, ...], now: datetime) -> Change:
    if clock.repeated_at is None:
        return Change(case)
    waited = (now - clock.repeated_at).total_seconds()
    if waited < case.promise.ladder.repeat_seconds:
        return Change(case)
    number = clock.repeats_said + 1
    told = Told(clock, case.promise.ladder.rungs[-1], clock.due_at, number)
    after = with_clock(case, replace(clock, repeats_said=number, repeated_at=now))
    entry = Entry(now, None, "escalated", f"{_named(clock)}breach told again, time {number}")
    outside = reached(case, clock, told.rung, now, number)
    return Change(after, (entry,), _says(case, told, places, managers, now), tuple(outside))


def _named(clock: Clock) -> str:
    """In the history; the response clock is the case's own."""
    return "" if clock.kind is ClockKind.RESPONSE else f"{clock.kind.replace('-', ' ')}: "


def _says(case: Case, told: Told, places: Places, managers: tuple[str, ...], now: datetime) -> tuple[Say, ...]:
    return tuple(_each(case, told, places, managers, now))


def _each(case: Case, told: Told, places: Places, managers: tuple[str, ...], now: datetime) -> Iterator[Say]:
    clock, tell = told.clock, told.rung.tell
    late = 0 if told.repeat else int((now - told.fell_at).total_seconds())
    common: dict[str, str | int | bool | None] = {
        "clock": clock.kind.value,
        "number": clock.number,
        "since": iso(clock.since),
        "share": told.rung.share,
        "due_at": iso(clock.due_at),
        "fell_at": iso(told.fell_at),
        "late_seconds": late,
        "repeat": told.repeat,
        "mention": Audience.ON_CALL in tell,
    }
    for audience, channel in (*_audiences(tell, places, managers), *_success_manager(case, told, managers)):
        yield Say(
            key=f"case:{case.number}:rung:{clock.id}:{told.rung.share}:{told.repeat}:{audience}:{channel}",
            kind=SayKind.ESCALATION,
            channel=channel,
            urgency=Urgency.ESCALATION,
            case=case.number,
            body={**common, "audience": audience},
        )


def _audiences(tell: frozenset[Audience], places: Places, managers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if tell & {Audience.TRIAGE, Audience.ON_CALL}:
        yield "triage", places.escalations
    if Audience.MANAGERS_CHANNEL in tell:
        yield "managers-channel", places.managers
    if Audience.MANAGERS in tell:
        for manager in managers:
            yield "manager", manager


def _success_manager(case: Case, told: Told, managers: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Once a rung, not each time that it is told again; not beside the same word as one of the managers."""
    tell = told.rung.tell
    told_anyway = Audience.MANAGERS in tell and case.csm in managers
    if Audience.SUCCESS_MANAGER in tell and case.csm and not told.repeat and not told_anyway:
        yield "success-manager", case.csm
