"""What each stretch of time was to a calendar: counted, or skipped and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise

from cases.hours import MINUTES_A_DAY, CalendarSpec, Window
from cases.windows import EPOCH, ClosedDays
from cases.zones import DAY, Segment, segments


class StretchKind(StrEnum):
    """What a stretch of time was, to a calendar."""

    COUNTED = "counted"
    CLOSED = "closed"
    """Outside support hours: a night, a weekend."""
    HOLIDAY = "holiday"
    WAITED = "waited"
    """The clock rested while the case waited on the customer."""
    CLOCK_CHANGE = "clock-change"
    """Zero seconds long: the instant at which the wall clock jumped."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of time, in order and without gaps from start to end."""

    kind: StretchKind
    start: datetime
    end: datetime
    why: str
    """A few words: the holiday's name, `weekend`, `after hours`, `clocks go forward 1 h`."""


@dataclass(frozen=True, slots=True)
class _Label:
    kind: StretchKind
    why: str


SUPPORT_HOURS = _Label(StretchKind.COUNTED, "support hours")
AFTER_HOURS = _Label(StretchKind.CLOSED, "after hours")
PAUSE = _Label(StretchKind.CLOSED, "pause")
WEEKEND = _Label(StretchKind.CLOSED, "weekend")
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def stretches(spec: CalendarSpec, closed: ClosedDays, start: datetime, end: datetime) -> tuple[Stretch, ...]:
    """The stretches between two instants (aware UTC) of a placed calendar that is not round the clock."""
    return tuple(_joined(_pieces(spec, closed, start, end)))


def _pieces(spec: CalendarSpec, closed: ClosedDays, start: datetime, end: datetime) -> Iterator[Stretch]:
    begin, finish = int(start.timestamp()), int(end.timestamp())
    before: Segment | None = None
    for segment in segments(spec.timezone or "UTC", start.year, end.year):
        if segment.start < finish and segment.end > begin:
            if before is not None and segment.start > begin:
                yield _clock_change(before, segment)
            yield from _within(spec, closed, segment, begin, finish)
        before = segment


def _within(spec: CalendarSpec, closed: ClosedDays, segment: Segment, begin: int, finish: int) -> Iterator[Stretch]:
    begin, finish = max(begin, segment.start), min(finish, segment.end)
    for number in range((begin + segment.offset) // DAY, (finish + segment.offset - 1) // DAY + 1):
        midnight = number * DAY - segment.offset
        day = date.fromordinal(EPOCH + number)
        cuts = _cuts(spec, day)
        for opens, closes in pairwise(cuts):
            start, end = max(midnight + opens * 60, begin), min(midnight + closes * 60, finish)
            if start < end:
                label = _label(spec, closed, day, opens)
                yield Stretch(label.kind, _instant(start), _instant(end), label.why)


def _cuts(spec: CalendarSpec, day: date) -> list[int]:
    """The minutes of a local day at which something may change."""
    own = {edge for window in _on(spec, day.weekday()) for edge in (window.opens, window.closes)}
    night = {window.closes - MINUTES_A_DAY for window in _on(spec, (day.weekday() - 1) % 7)}
    return sorted({0, MINUTES_A_DAY, *(edge for edge in own | night if 0 < edge < MINUTES_A_DAY)})


def _label(spec: CalendarSpec, closed: ClosedDays, day: date, minute: int) -> _Label:
    own, night = _on(spec, day.weekday()), _on(spec, (day.weekday() - 1) % 7)
    # A night shift belongs to the day it began on, so that day's holiday closes the morning after too.
    eve = date.fromordinal(day.toordinal() - 1)
    in_night = any(minute + MINUTES_A_DAY < window.closes for window in night)
    today, yesterday = closed(day), closed(eve)
    if (in_night and yesterday is None) or (today is None and any(w.opens <= minute < w.closes for w in own)):
        return SUPPORT_HOURS
    if own and today is not None:
        return _Label(StretchKind.HOLIDAY, today)
    if in_night and yesterday is not None:
        return _Label(StretchKind.HOLIDAY, yesterday)
    return _outside(day.weekday(), own, minute)


def _outside(weekday: int, own: tuple[Window, ...], minute: int) -> _Label:
    if not own:
        return WEEKEND if weekday >= 5 else _Label(StretchKind.CLOSED, f"closed on {WEEKDAYS[weekday]}")
    between = min(w.opens for w in own) <= minute < max(w.closes for w in own)
    return PAUSE if between else AFTER_HOURS


def _on(spec: CalendarSpec, weekday: int) -> tuple[Window, ...]:
    return tuple(window for window in spec.windows if window.day == weekday)


def _clock_change(before: Segment, after: Segment) -> Stretch:
    hours, minutes = divmod(abs(after.offset - before.offset) // 60, 60)
    size = " ".join([f"{hours} h"] * bool(hours) + [f"{minutes} min"] * bool(minutes)) or "less than a minute"
    way = "forward" if after.offset > before.offset else "back"
    at = _instant(after.start)
    return Stretch(StretchKind.CLOCK_CHANGE, at, at, f"clocks go {way} {size}")


def _joined(pieces: Iterable[Stretch]) -> Iterator[Stretch]:
    held: Stretch | None = None
    for piece in pieces:
        if held is not None and (held.kind, held.why) == (piece.kind, piece.why):
            held = replace(held, end=piece.end)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
