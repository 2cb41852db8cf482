"""Hours, lengths and times in the words of the policy command line."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cases.hours import CalendarSpec
from cases.hours_in_words import hours_in_words
from cases.policy import Audience, ClockKind

CLOCKS = {
    ClockKind.NEXT_RESPONSE: "next response within",
    ClockKind.UPDATE: "update at least every",
    ClockKind.SOLUTION: "solution within",
}

TOLD = {
    Audience.TRIAGE: "triage channel",
    Audience.ON_CALL: "on-call group",
    Audience.MANAGERS_CHANNEL: "managers' channel",
    Audience.MANAGERS: "each manager on duty",
    Audience.SUCCESS_MANAGER: "the account's success manager",
}


def hours(calendar: CalendarSpec) -> str:
    """`Mon–Fri 09:00–18:00 in America/New_York, except US holidays`; `round the clock, every day`."""
    return hours_in_words(calendar, calendar.timezone or "the account's time zone")


def length(seconds: int) -> str:
    """Nothing left out: `1h 30m`, `45s`; `0s`."""
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return " ".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0s"


def target_words(written: str, seconds: int) -> str:
    """As the policy writes it, and what `1d` is in hours: `12h`, `1d (9h)`."""
    return f"{written} ({length(seconds)})" if written.endswith("d") else written


def clock_words(kind: ClockKind, written: str, seconds: int, pauses: bool) -> str:
    """A clock that is added: `solution within 5d (45h), running on while the case waits on the customer`."""
    rests = "resting" if pauses else "running on"
    return f"{CLOCKS[kind]} {target_words(written, seconds)}, {rests} while the case waits on the customer"


def wall(instant: datetime, zone: str) -> str:
    """On the wall clock of a zone: `Fri 27 Mar 03:30`, with seconds only where there are some."""
    return _said(instant.astimezone(ZoneInfo(zone)))


def wall_before(instant: datetime, zone: str) -> str:
    """Where the wall clock stands as an instant is reached: 02:00, at the instant at which it jumps to 03:00."""
    second = timedelta(seconds=1)
    return _said((instant - second).astimezone(ZoneInfo(zone)) + second)


def told(audiences: frozenset[Audience]) -> str:
    """Who hears of a rung."""
    return ", ".join(TOLD[audience] for audience in Audience if audience in audiences)


def _said(local: datetime) -> str:
    return local.strftime("%a %-d %b %H:%M:%S" if local.second else "%a %-d %b %H:%M")
