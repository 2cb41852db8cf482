"""What a timer will lead to when it fires, if nobody does anything before: asked of the rules that will decide it."""

from datetime import datetime

from cases.assigning import day_over
from cases.calendars import Calendar
from cases.case import Case
from cases.change import Places
from cases.committing import checked
from cases.escalating import escalated
from cases.leasing import leased
from cases.naming import named_nobody
from cases.policy import ClockKind
from cases.says import Say
from cases.solving import closed
from cases.timekeeping import LEASES, WAITS
from cases.timers import Timer, TimerKind
from cases.waiting import waited

STEPS = {TimerKind.CHECK_IN: "ask", TimerKind.BACKUP: "backup", TimerKind.MANAGERS: "managers"}


def foreseen(
    case: Case, timer: Timer, calendar: Calendar, places: Places, managers: tuple[str, ...], now: datetime
) -> tuple[Say, ...]:
    """What will be said; nothing where something later is told in its place, as after an absence of the bot.

    `managers`: user ids, of those who hear of this account's breaches.
    """
    at = max(timer.due_at, now)
    if timer.kind is TimerKind.CLOSE:
        return closed(case, at).says
    if timer.kind is TimerKind.NAMING:
        return named_nobody(case, places, at).says
    if timer.kind is TimerKind.RELEASE:
        return day_over(case, places, at).says
    if timer.kind in LEASES:
        change = leased(case, calendar, places, at)
        # Back in the queue it owes the rungs that fell meanwhile: they are told at once.
        owed = escalated(change.case, calendar, places, managers, at).says
        return (*change.says, *(say for say in owed if say.body["clock"] == ClockKind.RESPONSE))
    if timer.kind in WAITS:
        return tuple(say for say in waited(case, calendar, at).says if say.body.get("number") == timer.number)
    if timer.kind in STEPS:
        says = checked(case, places, at).says
    else:
        says = escalated(case, calendar, places, managers, at).says
    return tuple(say for say in says if _is_of(timer, say))


def _is_of(timer: Timer, say: Say) -> bool:
    told = say.body
    if timer.kind not in STEPS and told.get("clock") != timer.clock:
        return False
    if timer.kind in STEPS:
        return (told.get("step"), told.get("check_in")) == (STEPS[timer.kind], timer.number)
    if timer.kind is TimerKind.REPEAT:
        return told.get("repeat") == timer.number
    return (told.get("share"), told.get("repeat")) == (timer.number, 0)
