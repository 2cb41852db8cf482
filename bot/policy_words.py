"""Hours, lengths and times in the words of the policy command line."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cases.policy import MINUTES_A_DAY, Audience, CalendarSpec, Window

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
TOLD = {
    Audience.TRIAGE: "triage channel",
    Audience.ON_CALL: "on-call group",
    Audience.MANAGERS_CHANNEL: "managers' channel",
    Audience.MANAGERS: "each manager on duty",
}


def hours(calendar: CalendarSpec) -> str:
    """`Mon–Fri 09:00–18:00 in America/New_York, except US holidays`; `round the clock`."""
    if calendar.always:
        return "round the clock, every day"
    days: dict[str, list[int]] = {}
    for day in range(7):
        said = " and ".join(_span(window) for window in calendar.windows if window.day == day)
        if said:
            days.setdefault(said, []).append(day)
    week = "; ".join(f"{_in_a_row(numbers)} {said}" for said, numbers in days.items())
    off = [f"{calendar.holidays} holidays"] if calendar.holidays else []
    off += [day.isoformat() for day in calendar.closed]
    place = calendar.timezone or "the account's time zone"
    return f"{week} in {place}" + (f", except {', '.join(off)}" if off else "")


def length(seconds: int) -> str:
    """Nothing left out: `1h 30m`, `45s`; `0s`."""
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return " ".join(f"{amount}{unit}" for amount, unit in parts if amount) or "0s"


def target_words(written: str, seconds: int) -> str:
    """As the policy writes it, and what `1d` is in hours: `12h`, `1d (9h)`."""
    return f"{written} ({length(seconds)})" if written.endswith("d") else written


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


def _span(window: Window) -> str:
    if (window.opens, window.closes) == (0, MINUTES_A_DAY):
        return "all day"
    return f"{_clock(window.opens)}–{_clock(window.closes)}"


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MINUTES_A_DAY else f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _in_a_row(days: list[int]) -> str:
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]}–{DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)
