"""Support hours and lengths of time as a policy writes them: windows of the week, calendars, durations."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of one weekday on the wall clock, half-open: open at `opens`, closed at `closes`."""

    day: int
    """0 Monday … 6 Sunday."""
    opens: int
    """Minutes after local midnight, 0 to 1439."""
    closes: int
    """Minutes after that midnight; 1440 is the day's end, more runs into the next day (22:00–06:00: 1320–1800)."""


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """Support hours as data: what a calendar is made from, small enough to be stamped on a case."""

    name: str
    windows: tuple[Window, ...] = ()
    """Empty: round the clock, 24x7."""
    timezone: str | None = None
    """IANA zone; None: the account's own, filled in by `placed`. Round the clock needs none."""
    holidays: str | None = None
    """Country, or country and subdivision, of the `holidays` library: `US`, `US-CA`."""
    closed: tuple[date, ...] = ()
    """Further closed days, local dates."""
    by_account: bool = False
    """The account's own business hours replace this one where it has some."""
    assumed: str | None = None
    """Why this is a reading and not the policy's own words, where it is."""

    @property
    def always(self) -> bool:
        """Round the clock."""
        return not self.windows

    def placed(self, timezone: str) -> "CalendarSpec":
        """This calendar in the account's zone, unless it has one of its own."""
        return self if self.timezone or self.always else replace(self, timezone=timezone)

    @property
    def business_day_seconds(self) -> int:
        """What `1d` means here: one window's nominal hours, in seconds; 24 hours round the clock.

        Raises:
            ValueError: the days differ in length, so `1d` would be ambiguous.
        """
        if self.always:
            return MINUTES_A_DAY * 60
        by_day: dict[int, int] = {}
        for window in self.windows:
            by_day[window.day] = by_day.get(window.day, 0) + window.closes - window.opens
        lengths = set(by_day.values())
        if len(lengths) != 1:
            raise ValueError(f"the days of {self.name!r} differ in length, so 1d says nothing exact; use hours")
        return lengths.pop() * 60


@dataclass(frozen=True, slots=True)
class Duration:
    """A length as written in YAML: `45s`, `30m`, `2h`, or `1d`, a business day of the calendar it is counted in."""

    amount: int
    unit: Literal["s", "m", "h", "d"]

    def seconds(self, calendar: CalendarSpec) -> int:
        """In seconds of support time."""
        day = calendar.business_day_seconds if self.unit == "d" else 0
        return self.amount * {"s": 1, "m": 60, "h": 3600, "d": day}[self.unit]

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"
