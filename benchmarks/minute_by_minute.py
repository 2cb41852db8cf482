"""The judge of who counts support time right: slow and obvious, it asks the wall clock about every minute."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cases.calendars import HolidayNames
from cases.hours import CalendarSpec

MINUTE = timedelta(minutes=1)


class MinuteByMinute:
    """Whole minutes only, as the calendars of the benchmark open and close."""

    def __init__(self, spec: CalendarSpec, holiday: HolidayNames) -> None:
        self._windows = [(window.day, window.opens, window.closes) for window in spec.windows]
        self._zone = ZoneInfo(spec.timezone or "UTC")
        self._holiday = holiday

    def add(self, start: datetime, seconds: int) -> datetime:
        """The instant at which so many seconds, a multiple of 60, have been open since `start`."""
        at = start
        while seconds > 0:
            seconds -= 60 * self._is_open(at)
            at += MINUTE
        return at

    def elapsed(self, start: datetime, end: datetime) -> float:
        """Open seconds between two instants, whole minutes apart."""
        return 60.0 * sum(self._is_open(start + n * MINUTE) for n in range(int((end - start) / MINUTE)))

    def _is_open(self, instant: datetime) -> bool:
        local = instant.astimezone(self._zone)
        minute = local.hour * 60 + local.minute
        eve = local.date() - timedelta(days=1)
        return any(
            day == date.weekday() and opens <= at < closes and self._holiday(date) is None
            for date, at in ((local.date(), minute), (eve, minute + 1440))
            for day, opens, closes in self._windows
        )
