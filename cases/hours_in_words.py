"""A calendar's open hours as people say them, the same in Slack and on the command line."""

from cases.hours import MINUTES_A_DAY, CalendarSpec, Window

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
CLOSED_DAYS_NAMED = 3
"""More of them than this are only counted."""


def hours_in_words(calendar: CalendarSpec, place: str) -> str:
    """`Mon–Fri 09:00–18:00 in New York time, except US holidays`, where `place` is `New York time`."""
    if calendar.always:
        return "round the clock, every day"
    by_hours: dict[str, list[int]] = {}
    for day in range(7):
        said = " and ".join(_span(window) for window in calendar.windows if window.day == day)
        if said:
            by_hours.setdefault(said, []).append(day)
    week = "; ".join(f"{_days(days)} {said}" for said, days in by_hours.items())
    off = _off(calendar)
    return f"{week} in {place}" + (f", except {off}" if off else "")


def _off(calendar: CalendarSpec) -> str:
    holidays = [f"{calendar.holidays} holidays"] if calendar.holidays else []
    if len(calendar.closed) > CLOSED_DAYS_NAMED:
        return " and ".join([*holidays, f"{len(calendar.closed)} other days"])
    return ", ".join([*holidays, *(day.isoformat() for day in calendar.closed)])


def _span(window: Window) -> str:
    if (window.opens, window.closes) == (0, MINUTES_A_DAY):
        return "all day"
    return f"{_clock(window.opens)}–{_clock(window.closes)}"


def _clock(minutes: int) -> str:
    return "24:00" if minutes == MINUTES_A_DAY else f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"


def _days(days: list[int]) -> str:
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        return f"{DAYS[days[0]]}–{DAYS[days[-1]]}"
    return ", ".join(DAYS[day] for day in days)
