"""Support time: added to an instant, measured between two, explained; exact over every clock change."""

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from threading import Lock

from cases.hours import CalendarSpec
from cases.instants import utc
from cases.stretches import SUPPORT_HOURS, Stretch, StretchKind, stretches
from cases.windows import Windows, windows_of
from cases.zones import FIRST_YEAR, LAST_YEAR, zone

HolidayNames = Callable[[date], str | None]
"""From a local date to the holiday's name, None on other days. Made in `policies/`."""

YEARS_AHEAD = (1, 3, 8, 20)
"""How far `add` looks, step by step: a calendar that never opens is given up after twenty years."""

DAYS_AHEAD = 366
"""How far the next holiday is looked for."""


@dataclass(frozen=True, slots=True)
class HoursNow:
    """Whether support hours run at an instant."""

    is_open: bool
    until: datetime | None
    """When that changes, UTC; None: not in the years that are looked at, or never."""


class CalendarExhausted(ValueError):
    """The calendar has not that much support time in the years it can hold."""


class Calendar:
    """A compiled calendar: make it once and keep it. Safe to share between threads.

    It holds the windows of the years it was asked about, and widens them when asked about others.
    """

    def __init__(self, spec: CalendarSpec, holiday: HolidayNames) -> None:
        """`spec` is placed (its timezone is set, unless it is round the clock).

        Raises:
            ValueError: it is not placed, or no zone has that name.
        """
        if not spec.always:
            if spec.timezone is None:
                raise ValueError(f"{spec.name!r} has no time zone yet: place it in the account's")
            zone(spec.timezone)
        self._spec = spec
        self._holiday = holiday
        self._closed_days = frozenset(spec.closed)
        self._windows: Windows | None = None
        self._widening = Lock()

    def add(self, start: datetime, seconds: int) -> datetime:
        """The instant at which `seconds` of support time have passed since `start`; UTC.

        Hours used up exactly at closing end at closing, not at the next opening.

        Raises:
            CalendarExhausted: it never opens that long.
            ValueError: `start` is naive, or `seconds` negative.
        """
        start = utc(start)
        if seconds < 0:
            raise ValueError(f"support time can't run backwards ({seconds} s)")
        if self._spec.always or seconds == 0:
            return self._plainly(start, seconds)
        begin = int(start.timestamp())
        for ahead in YEARS_AHEAD:
            windows = self._over(start.year, min(start.year + ahead, LAST_YEAR))
            end = windows.reach(windows.before(begin) + seconds)
            if end is not None:
                return datetime.fromtimestamp(end, UTC)
        raise self._exhausted(f"less than {seconds} s of support time in {YEARS_AHEAD[-1]} years")

    def elapsed(self, start: datetime, end: datetime) -> int:
        """Seconds of support time between two instants; 0 when `end` is not after `start`.

        Raises:
            CalendarExhausted: an instant lies outside the years it can hold.
        """
        start, end = utc(start), utc(end)
        if end <= start:
            return 0
        if self._spec.always:
            return int((end - start).total_seconds())
        windows = self._over(start.year, end.year)
        return windows.before(int(end.timestamp())) - windows.before(int(start.timestamp()))

    def explain(self, start: datetime, end: datetime) -> tuple[Stretch, ...]:
        """Each stretch between two instants that was counted, and each that was skipped and why.

        Raises:
            CalendarExhausted: an instant lies outside the years it can hold.
        """
        start, end = utc(start), utc(end)
        if end <= start:
            return ()
        if self._spec.always:
            return (Stretch(SUPPORT_HOURS.kind, start, end, SUPPORT_HOURS.why),)
        self._check_years(start.year, end.year)
        return stretches(self._spec, self._closed, start, end)

    def hours_at(self, now: datetime) -> HoursNow:
        """Whether it is open, and until when that holds.

        Raises:
            CalendarExhausted: the instant lies outside the years it can hold.
        """
        now = utc(now)
        if self._spec.always:
            return HoursNow(True, None)
        windows, instant = self._over(now.year, min(now.year + 1, LAST_YEAR)), int(now.timestamp())
        following = bisect_right(windows.starts, instant)
        if following and instant < windows.ends[following - 1]:
            return HoursNow(True, datetime.fromtimestamp(windows.ends[following - 1], UTC))
        opens = windows.starts[following] if following < len(windows.starts) else None
        return HoursNow(False, None if opens is None else datetime.fromtimestamp(opens, UTC))

    def next_holiday(self, now: datetime) -> tuple[date, str] | None:
        """The first day from today on, on the calendar's own clock, that would be open but is not; and why.

        None: there is none within a year.
        """
        if self._spec.always:
            return None
        today = utc(now).astimezone(zone(self._spec.timezone or "UTC")).date()
        weekdays = {window.day for window in self._spec.windows}
        days = (today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD))
        found = ((day, self._closed(day)) for day in days if day.weekday() in weekdays)
        return next(((day, why) for day, why in found if why is not None), None)

    def _plainly(self, start: datetime, seconds: int) -> datetime:
        try:
            return start + timedelta(seconds=seconds)
        except OverflowError:
            raise self._exhausted("no year so late") from None

    def _over(self, first_year: int, last_year: int) -> Windows:
        """Windows that hold these years: those at hand, or wider ones."""
        self._check_years(first_year, last_year)
        held = self._windows
        if held is not None and held.holds(first_year, last_year):
            return held
        with self._widening:
            held = self._windows
            if held is None or not held.holds(first_year, last_year):
                first = min(first_year, held.first_year if held else first_year)
                last = max(last_year, held.last_year if held else last_year)
                held = self._windows = windows_of(self._spec, self._closed, first, last)
            return held

    def _closed(self, day: date) -> str | None:
        return self._holiday(day) or ("closed that day" if day in self._closed_days else None)

    def _check_years(self, first_year: int, last_year: int) -> None:
        if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
            raise self._exhausted(f"only the years {FIRST_YEAR} to {LAST_YEAR}")

    def _exhausted(self, what: str) -> CalendarExhausted:
        return CalendarExhausted(f"the calendar {self._spec.name!r} has {what}")


class CalendarBook:
    """Compiled calendars by their spec: each is made once, and the least used are let go."""

    def __init__(self, holidays: Callable[[str], HolidayNames], keep: int = 128) -> None:
        """`holidays` finds the names of a country's (`US`, `US-CA`) holidays."""
        self._holidays = holidays
        self._made = lru_cache(maxsize=keep)(self._make)

    def __call__(self, spec: CalendarSpec) -> Calendar:
        """The calendar of a placed spec.

        Raises:
            ValueError: it is not placed, or there is no such zone or country.
        """
        return self._made(spec)

    def _make(self, spec: CalendarSpec) -> Calendar:
        return Calendar(spec, self._holidays(spec.holidays) if spec.holidays else _never)


def _never(_: date) -> str | None:
    return None


__all__ = ["Calendar", "CalendarBook", "CalendarExhausted", "HolidayNames", "HoursNow", "Stretch", "StretchKind"]
