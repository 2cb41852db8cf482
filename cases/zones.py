"""Time zones as stretches of constant offset, so that the rest of a calendar is plain integer arithmetic."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

DAY = 24 * 3600
FIRST_YEAR, LAST_YEAR = 1970, 2199
"""The years that a calendar can hold."""


@dataclass(frozen=True, slots=True)
class Segment:
    """From `start` up to `end` (epoch seconds, UTC) the wall clock stands `offset` seconds ahead of UTC."""

    start: int
    end: int
    offset: int


def zone(name: str) -> ZoneInfo:
    """The IANA zone of that name.

    Raises:
        ValueError: there is none; the message is fit to be read.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"no time zone is called {name!r}; names look like America/New_York") from None


@lru_cache(maxsize=512)
def segments(timezone: str, first_year: int, last_year: int) -> tuple[Segment, ...]:
    """The zone's segments, in order and without gaps, over whole UTC years, both included.

    Offsets are looked at once a day and a change is then found by halving: no zone has changed its clocks and
    changed them back within one day.
    """
    place = zone(timezone)
    start, end = year_start(first_year), year_start(last_year + 1)
    found: list[Segment] = []
    since, offset = start, _offset(place, start)
    for probe in (*range(start + DAY, end, DAY), end):
        later = _offset(place, probe)
        if later != offset:
            change = _change(place, probe - DAY, probe)
            found.append(Segment(since, change, offset))
            since, offset = change, later
    return (*found, Segment(since, end, offset)) if since < end else tuple(found)


def year_start(year: int) -> int:
    """Epoch seconds of the year's first instant, UTC."""
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


def _offset(place: ZoneInfo, at: int) -> int:
    offset = datetime.fromtimestamp(at, place).utcoffset()
    assert offset is not None  # noqa: S101 - a ZoneInfo always knows
    return int(offset.total_seconds())


def _change(place: ZoneInfo, before: int, after: int) -> int:
    old = _offset(place, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(place, middle) == old else (before, middle)
    return after
