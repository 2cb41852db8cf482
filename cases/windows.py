"""The open windows of a calendar in UTC, merged and added up, so that every question is one bisection."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from cases.hours import CalendarSpec
from cases.zones import DAY, segments

EPOCH = date(1970, 1, 1).toordinal()

ClosedDays = Callable[[date], str | None]
"""From a local date to why support is closed all day, None on other days."""

Span = tuple[int, int]
"""Half-open: from and to, in seconds."""


@dataclass(frozen=True, slots=True)
class Windows:
    """Disjoint, rising windows (epoch seconds, UTC) over the whole years that they were made for."""

    first_year: int
    last_year: int
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    totals: tuple[int, ...]
    """Open seconds from the first window's start to each window's end."""

    def holds(self, first_year: int, last_year: int) -> bool:
        """Whether these years are among those it was made for."""
        return self.first_year <= first_year and last_year <= self.last_year

    def before(self, instant: int) -> int:
        """Open seconds up to an instant."""
        index = bisect_right(self.starts, instant) - 1
        if index < 0:
            return 0
        return self.totals[index] - max(self.ends[index] - instant, 0)

    def reach(self, total: int) -> int | None:
        """The first instant with that many open seconds before it; None: beyond the last window."""
        index = bisect_left(self.totals, total)
        return None if index == len(self.totals) else self.ends[index] - (self.totals[index] - total)


def windows_of(spec: CalendarSpec, closed: ClosedDays, first_year: int, last_year: int) -> Windows:
    """The windows of a placed spec over whole UTC years, both included.

    An instant is open when its wall clock lies in a window of its local date, and that date is not closed. Where
    clocks go back an hour is met twice and counts twice; where they go forward it is never met.
    """
    local = list(_merged(_local(spec, closed, first_year, last_year)))
    spans = list(_merged(_in_utc(local, spec.timezone or "UTC", first_year, last_year)))
    return Windows(
        first_year,
        last_year,
        tuple(start for start, _ in spans),
        tuple(end for _, end in spans),
        tuple(accumulate(end - start for start, end in spans)),
    )


def _local(spec: CalendarSpec, closed: ClosedDays, first_year: int, last_year: int) -> Iterator[Span]:
    """Wall-clock windows in seconds since 1970; two days more at either end, for any zone and any night shift."""
    by_weekday = [sorted((w.opens * 60, w.closes * 60) for w in spec.windows if w.day == day) for day in range(7)]
    day = date(first_year, 1, 1) - timedelta(days=2)
    while day <= date(last_year + 1, 1, 2):
        hours = by_weekday[day.weekday()]
        if hours and closed(day) is None:
            midnight = (day.toordinal() - EPOCH) * DAY
            yield from ((midnight + opens, midnight + closes) for opens, closes in hours)
        day += timedelta(days=1)


def _in_utc(local: list[Span], timezone: str, first_year: int, last_year: int) -> Iterator[Span]:
    ends = [end for _, end in local]
    for segment in segments(timezone, first_year, last_year):
        index = bisect_right(ends, segment.start + segment.offset)
        while index < len(local) and local[index][0] - segment.offset < segment.end:
            start, end = (edge - segment.offset for edge in local[index])
            yield max(start, segment.start), min(end, segment.end)
            index += 1


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Rising spans, with those that touch or overlap made one, and empty ones gone."""
    held: Span | None = None
    for start, end in spans:
        if held is not None and start <= held[1]:
            held = held[0], max(held[1], end)
        elif start < end:
            if held is not None:
                yield held
            held = start, end
    if held is not None:
        yield held
