"""Rules of a due timer of the response clock: which rung is told, to whom, and how late."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from cases.calendars import Calendar
from cases.case import Case, Entry
from cases.change import Change, Places
from cases.instants import iso
from cases.policy import Audience, Rung
from cases.promise import rung_times
from cases.says import Say, SayKind, Urgency


@dataclass(frozen=True, slots=True)
class Told:
    """A rung to tell now."""

    rung: Rung
    fell_at: datetime
    repeat: int = 0


def escalated(case: Case, calendar: Calendar, places: Places, managers: tuple[str, ...], now: datetime) -> Change:
    """The ladder, climbed as far as `now`: of several rungs behind, only the highest is told.

    Nothing when a person has answered or nothing is due: what was planned is decided again here.
    """
    if not case.waits_for_response:
        return Change(case)
    rungs = rung_times(case.promise, calendar, case.counted_from, case.due_at)
    behind = [Told(rung, at) for rung, at in rungs if rung.share > case.share_said and at <= now]
    if behind:
        return _told(case, behind[-1], places, managers, now)
    return _repeated(case, places, managers, now)


def _told(case: Case, told: Told, places: Places, managers: tuple[str, ...], now: datetime) -> Change:
    breach = told.rung.share >= 100
    after = replace(
        case,
        share_said=told.rung.share,
        breached_at=case.due_at if breach and not case.breached_now else case.breached_at,
        repeated_at=now if breach else None,
    )
    what = "breached" if breach else "escalated"
    entry = Entry(now, None, what, f"{told.rung.share} % of the time allowed, due {iso(told.fell_at)}")
    return Change(after, (entry,), tuple(_says(case, told, places, managers, now)))


def _repeated(case: Case, places: Places, managers: tuple[str, ...], now: datetime) -> Change:
    if case.repeated_at is None:
        return Change(case)
    waited = (now - case.repeated_at).total_seconds()
    if waited < case.promise.ladder.repeat_seconds:
        return Change(case)
    number = case.repeats_said + 1
    told = Told(case.promise.ladder.rungs[-1], case.due_at, number)
    after = replace(case, repeats_said=number, repeated_at=now)
    entry = Entry(now, None, "escalated", f"breach told again, time {number}")
    return Change(after, (entry,), tuple(_says(case, told, places, managers, now)))


def _says(case: Case, told: Told, places: Places, managers: tuple[str, ...], now: datetime) -> Iterator[Say]:
    tell = told.rung.tell
    late = 0 if told.repeat else int((now - told.fell_at).total_seconds())
    common: dict[str, str | int | bool | None] = {
        "share": told.rung.share,
        "due_at": iso(case.due_at),
        "fell_at": iso(told.fell_at),
        "late_seconds": late,
        "repeat": told.repeat,
        "mention": Audience.ON_CALL in tell,
    }
    for audience, channel in _audiences(tell, places, managers):
        yield Say(
            key=f"case:{case.number}:rung:{case.clock}:{told.rung.share}:{told.repeat}:{audience}:{channel}",
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
