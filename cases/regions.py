"""Rules of a plan's designated team: which of its regions is asked, from the hours of each one's day."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache

from cases.case import Case
from cases.hours import CalendarSpec
from cases.instants import utc
from cases.policy import Region
from cases.says import Body, Say
from cases.windows import Windows, windows_of
from cases.zones import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True)
class Turn:
    """The region to ask."""

    region: Region
    at_work: bool
    """False: nobody's day it is, and theirs begins next."""


def region_at(team: Sequence[Region], now: datetime) -> Turn | None:
    """Exactly one region of a team; None: the plan has no team.

    It is the one whose day it is. Where days overlap: the one whose day began last, for the other is on its way home.
    Where nobody's day it is: the one whose day begins next. Where these are the same too: the first in the file.
    A day is open by the region's own wall clock, as support hours are: half-open, through every clock change.
    """
    if not team:
        return None
    instant = int(utc(now).timestamp())
    days = [(region, *_day(region.hours, instant)) for region in team]
    at_work = [(region, began) for region, began, is_open in days if is_open]
    if at_work:
        return Turn(max(at_work, key=lambda day: day[1])[0], at_work=True)
    return Turn(min(days, key=lambda day: day[1])[0], at_work=False)


def called(says: Iterable[Say], case: Case, now: datetime) -> tuple[Say, ...]:
    """What mentions the on-call group, with the region of the case's team to mention in its place, as it is now.

    Stays on the say, so that a message redrawn tomorrow still names whom it asked. `calls`: Slack ids, by spaces.
    """
    turn = region_at(case.promise.team, now)
    if turn is None:
        return tuple(says)
    asked: Body = {"region": turn.region.label, "at_work": turn.at_work, "calls": " ".join(turn.region.mention)}
    return tuple(replace(say, body={**say.body, **asked}) if say.body.get("mention") else say for say in says)


def _day(hours: CalendarSpec, instant: int) -> tuple[int, bool]:
    """When the day began that runs, and True; or when the next one begins, and False. Epoch seconds."""
    year = datetime.fromtimestamp(instant, UTC).year
    windows = _windows(hours, max(year - 1, FIRST_YEAR), min(year + 1, LAST_YEAR))
    following = bisect_right(windows.starts, instant)
    if following and instant < windows.ends[following - 1]:
        return windows.starts[following - 1], True
    return windows.starts[following], False


@lru_cache(maxsize=64)
def _windows(hours: CalendarSpec, first_year: int, last_year: int) -> Windows:
    return windows_of(hours, _never_closed, first_year, last_year)


def _never_closed(_: date) -> str | None:
    return None
