"""Weeks, months and quarters on a wall clock: whole ones, and those that end now."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from cases.instants import utc

MONTHS_A_QUARTER = 3
MONTHS_A_YEAR = 12


class Period(StrEnum):
    """How long a report looks back."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Span:
    """From `since` on and before `until`, and the same length before it; UTC."""

    period: Period
    zone: str
    """IANA."""
    before: datetime
    since: datetime
    until: datetime
    whole: bool = False
    """A calendar's own week, month or quarter."""


def up_to(now: datetime, period: Period, zone: str) -> Span:
    """The last 7 days, month or three months by the wall clock of a zone, up to now, this second included."""
    local = utc(now).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    earlier = [datetime.combine(_back(local.date(), period, times), local.time()) for times in (2, 1)]
    before, since = (_utc(each, zone) for each in earlier)
    return Span(period, zone, before, since, utc(now) + timedelta(seconds=1))


def last_whole(now: datetime, period: Period, zone: str) -> Span:
    """The last week from Monday on, month or quarter that is over, in a zone."""
    today = utc(now).astimezone(ZoneInfo(zone)).date()
    first = _first(today, period)
    before, since, until = (_utc(datetime.combine(day, time()), zone) for day in _three(first, period))
    return Span(period, zone, before, since, until, whole=True)


def _three(first: date, period: Period) -> tuple[date, date, date]:
    return _back(first, period, 2), _back(first, period, 1), first


def _first(day: date, period: Period) -> date:
    match period:
        case Period.WEEK:
            return day - timedelta(days=day.weekday())
        case Period.MONTH:
            return day.replace(day=1)
        case Period.QUARTER:
            return day.replace(month=day.month - (day.month - 1) % MONTHS_A_QUARTER, day=1)


def _back(day: date, period: Period, times: int) -> date:
    """So many of them earlier; of a day that a month lacks, its last."""
    if period is Period.WEEK:
        return day - timedelta(weeks=times)
    months = day.year * MONTHS_A_YEAR + day.month - 1 - times * (1 if period is Period.MONTH else MONTHS_A_QUARTER)
    year, month = months // MONTHS_A_YEAR, months % MONTHS_A_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _utc(local: datetime, zone: str) -> datetime:
    return utc(local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))
