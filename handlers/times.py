"""Instants and durations in words: Slack's own dates for each reader's zone, and local times where those can't be."""

from datetime import datetime
from zoneinfo import ZoneInfo

from cases.hours import CalendarSpec
from cases.hours_in_words import hours_in_words
from cases.instants import utc

DATE_AND_TIME = "{date_short_pretty} at {time}"
TIME = "{time}"


def date(instant: datetime, style: str = DATE_AND_TIME) -> str:
    """For mrkdwn: shown in each reader's own zone; in UTC where Slack can't."""
    instant = utc(instant)
    return f"<!date^{int(instant.timestamp())}^{style}|{plain_date(instant)}>"


def plain_date(instant: datetime) -> str:
    """For notifications: `30 Nov 2026, 14:00 UTC`."""
    return utc(instant).strftime("%-d %b %Y, %H:%M UTC")


def local(instant: datetime, zone: str) -> str:
    """On the wall clock of an IANA zone: `Mon 30 Nov, 09:00 New York time`; UTC where the zone is not known."""
    return f"{wall(instant, zone)} {place(zone)}"


def wall(instant: datetime, zone: str) -> str:
    """`local`, without naming the zone."""
    return utc(instant).astimezone(zone_of(zone)).strftime("%a %-d %b, %H:%M")


def place(zone: str) -> str:
    """A zone as people say it: `New York time`."""
    known = zone_of(zone).key
    return "UTC" if known in {"UTC", "Etc/UTC"} else f"{known.rsplit('/', 1)[-1].replace('_', ' ')} time"


def zone_of(name: str) -> ZoneInfo:
    """The zone, or UTC where a profile in Slack names none that is known here."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def left(now: datetime, due: datetime) -> str:
    """How long until, or since, a deadline: `38 min left`, `1 h 05 min left`, `12 min over`."""
    seconds = int((utc(due) - utc(now)).total_seconds())
    return f"{short(seconds)} left" if seconds > 0 else f"{short(-seconds)} over"


def short(seconds: int) -> str:
    """A length at a glance, whole minutes begun left out: `38 min`, `1 h 05 min`, `2 d 3 h`."""
    minutes = seconds // 60
    hours, rest = divmod(minutes, 60)
    if minutes < 1:
        return "less than a minute"
    if hours < 1:
        return f"{minutes} min"
    if hours < 24:
        return f"{hours} h {rest:02d} min"
    return f"{hours // 24} d {hours % 24} h" if hours % 24 else f"{hours // 24} d"


def exactly(seconds: int) -> str:
    """A length with nothing left out: `2 h`, `1 h 30 min`, `45 s`, `0 min`."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [f"{amount} {unit}" for amount, unit in ((hours, "h"), (minutes, "min"), (seconds, "s")) if amount]
    return " ".join(parts) or "0 min"


def target(written: str, calendar: CalendarSpec) -> str:
    """A target as the policy writes it (`1h`, `1d`), in words: `1 hour`, `1 business day`."""
    unit = {"s": "second", "m": "minute", "h": "hour", "d": "business day"}.get(written[-1:], "")
    amount = written[:-1]
    if unit == "business day" and calendar.always:
        unit = "day"
    return f"{amount} {unit}{'' if amount == '1' else 's'}" if unit else written


def hours(calendar: CalendarSpec) -> str:
    """Support hours in words: `round the clock`, or `Mon–Fri 09:00–18:00 in New York time, except US holidays`."""
    return hours_in_words(calendar, place(calendar.timezone or "UTC"))
