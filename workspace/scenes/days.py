"""The days that scenes play on, by the clocks of the people in them."""

from collections.abc import Callable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from cases.instants import utc


def on(day: date, zone: str) -> Callable[[int, int], datetime]:
    """A day in an IANA zone, to be asked for its hours and minutes: `thursday(16, 42)`, in UTC."""
    where = ZoneInfo(zone)
    return lambda hour, minute: utc(datetime.combine(day, time(hour, minute), where))
