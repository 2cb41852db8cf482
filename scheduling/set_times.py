"""Set times by the wall clock: APScheduler's cron rules, asked for the next one."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from apscheduler.triggers.cron import CronTrigger

from cases.periods import Period

QUARTERS = "1,4,7,10"


def first_weekday(period: Period, weekday: str, hour: int, minute: int, after: datetime, zone: str) -> datetime | None:
    """The first such weekday (`mon` … `sun`) of each week, month or quarter, at that time: the next after an instant.

    Where the clocks skip that time, it is the one that they show instead.
    """
    at = {"hour": hour, "minute": minute, "timezone": ZoneInfo(zone)}
    if period is Period.WEEK:
        rule = CronTrigger(day_of_week=weekday, **at)
    else:
        months = {"month": QUARTERS} if period is Period.QUARTER else {}
        rule = CronTrigger(day=f"1st {weekday}", **months, **at)
    found: datetime | None = rule.get_next_fire_time(None, after + timedelta(seconds=1))
    return found.astimezone(UTC) if found is not None else None
