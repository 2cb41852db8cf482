"""`/case away`: until a time of the person's own clock, for a length, or until they say that they are back."""

import re
from datetime import datetime, time, timedelta

from cases.errors import Refused
from cases.instants import utc
from cases.messages import Drawn
from handlers.answering import actor_of
from handlers.front import Front
from handlers.payloads import Interaction
from handlers.times import date, zone_of

USAGE = "Like this: `/case away`, `/case away until 14:30`, `/case away for 2h`, `/case away back`."
LONGEST_DAYS = 60


def away(front: Front, seen: Interaction, rest: str) -> Drawn:
    """What was typed after `/case away`."""
    actor, now = actor_of(front, seen), front.clock.now()
    if rest.strip().lower() == "back":
        front.presence.come_back(actor, now)
        return Drawn("Welcome back. You are mentioned again.", ())
    until = _until(rest.strip().lower(), now, front.directory.zone(seen.user))
    asked = front.presence.go_away(actor, until, now)
    ends = f" {date(until)}" if until else " you say `/case away back`"
    cases = f" {asked} case{'s' if asked > 1 else ''} of yours: please answer in triage, or someone else takes over."
    return Drawn(f"You are away until{ends}; alarms don't mention you by name.{cases if asked else ''}", ())


def _until(words: str, now: datetime, zone: str) -> datetime | None:
    """Aware UTC; None: without an end. Raises Refused."""
    if not words:
        return None
    if found := re.fullmatch(r"(?:until )?(\d\d?)[:.](\d\d)", words):
        return _next(int(found[1]), int(found[2]), now, zone)
    if found := re.fullmatch(r"(?:for )?(\d{1,4}) ?(m|min|minutes?|h|hours?|d|days?)", words):
        unit = {"m": "minutes", "h": "hours", "d": "days"}[found[2][0]]
        length = timedelta(**{unit: int(found[1])})
        if timedelta() < length <= timedelta(days=LONGEST_DAYS):
            return utc(now) + length
        raise Refused(f"From a minute to {LONGEST_DAYS} days. {USAGE}")
    raise Refused(f"Until when? {USAGE}")


def _next(hour: int, minute: int, now: datetime, zone: str) -> datetime:
    """The next time that the person's clock shows this."""
    if hour > 23 or minute > 59:
        raise Refused(f"No clock shows that time. {USAGE}")
    here = now.astimezone(zone_of(zone))
    today = datetime.combine(here.date(), time(hour, minute), here.tzinfo)
    at = today if today > here else datetime.combine(here.date() + timedelta(days=1), time(hour, minute), here.tzinfo)
    return utc(at)
