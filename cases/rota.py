"""Rules of a rota: who is on duty at an instant, from shifts by the wall clock or from a calendar's events."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from cases.hours import CalendarSpec
from cases.instants import utc
from cases.says import Say
from cases.windows import Windows, windows_of
from cases.zones import FIRST_YEAR, LAST_YEAR

LATE_BY = timedelta(hours=1)
"""A change of shift that is known only after so long is told no more."""

Rota = Callable[[str, datetime], tuple[str, ...]]
"""Who is on duty for a program, by its id: Slack ids of people and user groups. Nobody: the whole on-call group is."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """Hours that come again each week, by the wall clock of their zone, and who has them."""

    hours: CalendarSpec
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """From `starts` up to `ends`, both aware."""

    starts: datetime
    ends: datetime
    people: tuple[str, ...]


def nobody(program: str, now: datetime) -> tuple[str, ...]:
    """Where there is no rota."""
    return ()


def weekly_on_duty(shifts: Iterable[Weekly], now: datetime) -> tuple[str, ...]:
    """All whose hours it is, in the order of the rota, each once. Half-open, through every clock change."""
    return _each_once(shift.people for shift in shifts if _is_open(shift.hours, int(utc(now).timestamp())))


def on_duty(shifts: Iterable[Shift], now: datetime) -> tuple[str, ...]:
    """The same of shifts that have a date."""
    return _each_once(shift.people for shift in shifts if shift.starts <= now < shift.ends)


@dataclass(frozen=True, slots=True)
class ShiftChange:
    """Others are on duty from `at` on. Nobody: the whole on-call group is."""

    at: datetime
    before: tuple[str, ...]
    after: tuple[str, ...]


def last_change(edges: Iterable[datetime], on_duty: Callable[[datetime], tuple[str, ...]]) -> ShiftChange | None:
    """The latest of these instants at which others came on duty; None: at each the same people go on."""
    for at in sorted(set(edges), reverse=True):
        before, after = on_duty(at - timedelta(seconds=1)), on_duty(at)
        if set(before) != set(after):
            return ShiftChange(at, before, after)
    return None


def weekly_edges(shifts: Iterable[Weekly], since: datetime, until: datetime) -> Iterator[datetime]:
    """When hours of the rota begin or end, after `since` and up to `until`."""
    first, last = (int(utc(each).timestamp()) for each in (since, until))
    for shift in shifts:
        if not shift.hours.always:
            windows = _around(shift.hours, last)
            edges = (edge for several in (windows.starts, windows.ends) for edge in _between(several, first, last))
            yield from (datetime.fromtimestamp(edge, UTC) for edge in edges)


def edges(shifts: Iterable[Shift], since: datetime, until: datetime) -> Iterator[datetime]:
    """The same of shifts that have a date."""
    for shift in shifts:
        yield from (edge.astimezone(UTC) for edge in (shift.starts, shift.ends) if since < edge <= until)


def asked_of(says: Iterable[Say], people: Sequence[str]) -> tuple[Say, ...]:
    """What mentions the on-call group, with who is on duty to mention in its place; a designated team goes first.

    Stays on the say, so that a message redrawn tomorrow still names whom it asked. `calls`: Slack ids, by spaces.
    """
    return tuple(
        replace(say, body={**say.body, "calls": " ".join(people)})
        if people and say.body.get("mention") and not say.body.get("region")
        else say
        for say in says
    )


def _each_once(people: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for several in people for each in several))


def _is_open(hours: CalendarSpec, instant: int) -> bool:
    if hours.always:
        return True
    windows = _around(hours, instant)
    index = bisect_right(windows.starts, instant)
    return bool(index) and instant < windows.ends[index - 1]


def _between(rising: tuple[int, ...], first: int, last: int) -> tuple[int, ...]:
    return rising[bisect_right(rising, first) : bisect_right(rising, last)]


def _around(hours: CalendarSpec, instant: int) -> Windows:
    year = datetime.fromtimestamp(instant, UTC).year
    return _windows(hours, max(year - 1, FIRST_YEAR), min(year + 1, LAST_YEAR))


@lru_cache(maxsize=256)
def _windows(hours: CalendarSpec, first_year: int, last_year: int) -> Windows:
    return windows_of(hours, _never_closed, first_year, last_year)


def _never_closed(_: date) -> str | None:
    return None
