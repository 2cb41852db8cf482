"""Support hours by other libraries: businesstimedelta, workalendar, opening-hours-py, each used as its guide shows.

An `Hours` adds support seconds to an instant and counts them between two. What a library has no words for raises
NotImplementedError; what it lacks by a few lines is written here, as an application would have to.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from benchmarks.peers.loop import Answer, Question, seconds_a_call, serve

ZONES = {"office": "America/New_York", "weekdays": "Asia/Jerusalem", "nights": "America/New_York"}
"""Monday to Friday 09:00-18:00 without US holidays; Monday to Friday round the clock; Saturday 22:00 to 06:00."""
FAR = timedelta(days=3650)


class Hours(Protocol):
    def add(self, start: datetime, seconds: int) -> datetime: ...

    def elapsed(self, start: datetime, end: datetime) -> float: ...


class BusinessTimeDelta:
    """https://pypi.org/project/businesstimedelta: rules that tell their next stretch."""

    def __init__(self, calendar: str) -> None:
        import businesstimedelta
        import holidays
        import pytz

        self._library = businesstimedelta
        zone = pytz.timezone(ZONES[calendar])
        day = {
            "office": {"start_time": time(9), "end_time": time(18), "working_days": [0, 1, 2, 3, 4]},
            # Its day ends at a time of day, and the last one there is is a microsecond before midnight.
            "weekdays": {"start_time": time(0), "end_time": time.max, "working_days": [0, 1, 2, 3, 4]},
            "nights": {"start_time": time(22), "end_time": time(6), "working_days": [5]},
        }[calendar]
        rules = [businesstimedelta.WorkDayRule(tz=zone, **day)]
        if calendar == "office":
            rules.append(businesstimedelta.HolidayRule(holidays.country_holidays("US"), tz=zone))
        self._rules = businesstimedelta.Rules(rules)

    def add(self, start: datetime, seconds: int) -> datetime:
        end: datetime = start + self._library.BusinessTimeDelta(self._rules, seconds=seconds)
        return end

    def elapsed(self, start: datetime, end: datetime) -> float:
        seconds: float = self._rules.difference(start, end).timedelta.total_seconds()
        return seconds


class Workalendar:
    """https://pypi.org/project/workalendar: whole working days only; an hour of one is a ninth of it, at best."""

    def __init__(self, calendar: str) -> None:
        from workalendar.usa import UnitedStates

        if calendar != "office":
            raise NotImplementedError("days only, and no hours of the day")
        self._days = UnitedStates()
        self._zone = ZoneInfo(ZONES[calendar])

    def add(self, start: datetime, seconds: int) -> datetime:
        local = start.astimezone(self._zone)
        day: date = self._days.add_working_days(local.date(), round(seconds / (9 * 3600)))
        return datetime.combine(day, local.time(), self._zone)

    def elapsed(self, start: datetime, end: datetime) -> float:
        days: int = self._days.get_working_days_delta(start.astimezone(self._zone), end.astimezone(self._zone))
        return days * 9 * 3600.0


class OpeningHoursPy:
    """https://pypi.org/project/opening-hours-py: stretches by OpenStreetMap's words; their adding up is ours."""

    def __init__(self, calendar: str) -> None:
        from opening_hours import OpeningHours

        said = {
            "office": "Mo-Fr 09:00-18:00; PH off",
            "weekdays": "Mo-Fr 00:00-24:00",
            "nights": "Sa 22:00-30:00",
        }[calendar]
        country = "US" if calendar == "office" else None
        self._zone = ZoneInfo(ZONES[calendar])
        self._hours = OpeningHours(said, timezone=self._zone, country=country)

    def add(self, start: datetime, seconds: int) -> datetime:
        left = float(seconds)
        for opens, closes in self._open(start, start + FAR):
            length = (closes - opens).total_seconds()
            if length >= left:
                return opens + timedelta(seconds=left)
            left -= length
        raise OverflowError

    def elapsed(self, start: datetime, end: datetime) -> float:
        return sum((closes - opens).total_seconds() for opens, closes in self._open(start, end))

    def _open(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        local, until = start.astimezone(self._zone), end.astimezone(self._zone)
        for opens, closes, state, _ in self._hours.intervals(local, until):
            if str(state) == "open":
                yield opens.astimezone(UTC), closes.astimezone(UTC)


LIBRARIES: dict[str, Callable[[str], Hours]] = {
    "businesstimedelta": BusinessTimeDelta,
    "workalendar": Workalendar,
    "opening-hours-py": OpeningHoursPy,
}
made: dict[str, Hours] = {}


def answer(asked: Question) -> Answer:
    """`add` of seconds, `elapsed` until; with the seconds that a call takes. `no`: it has no words for the calendar."""
    calendar = asked["calendar"]
    try:
        hours = made.get(calendar) or made.setdefault(calendar, LIBRARIES[sys.argv[1]](calendar))
    except NotImplementedError:
        return {"no": 1}
    start = datetime.fromtimestamp(float(asked["start"]), UTC)
    if "seconds" in asked:
        amount = int(asked["seconds"])
        return {
            "found": hours.add(start, amount).timestamp(),
            "takes": seconds_a_call(lambda: hours.add(start, amount)) if "timed" in asked else 0,
        }
    end = datetime.fromtimestamp(float(asked["end"]), UTC)
    return {
        "found": hours.elapsed(start, end),
        "takes": seconds_a_call(lambda: hours.elapsed(start, end)) if "timed" in asked else 0,
    }


if __name__ == "__main__":
    serve(answer)
