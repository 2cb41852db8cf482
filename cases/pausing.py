"""Support time with pauses taken out of it, as while a case waits on its customer."""

from collections.abc import Sequence
from datetime import datetime

from cases.calendars import Calendar
from cases.stretches import Stretch, StretchKind

Pauses = Sequence[tuple[datetime, datetime]]
"""From and to, in order, none over another."""


def added(calendar: Calendar, start: datetime, seconds: int, pauses: Pauses) -> datetime:
    """The instant at which `seconds` of support time outside of the pauses have passed since `start`.

    Used up exactly as a pause begins, it ends there and not after the pause.

    Raises:
        CalendarExhausted: as `Calendar.add`.
    """
    for begin, end in pauses:
        if end <= start:
            continue
        passed = calendar.elapsed(start, begin)
        if passed >= seconds:
            break
        start, seconds = end, seconds - passed
    return calendar.add(start, seconds)


def explained(calendar: Calendar, start: datetime, end: datetime, pauses: Pauses) -> tuple[Stretch, ...]:
    """Each stretch between two instants that was counted, and each that was not and why; as `Calendar.explain`."""
    found: list[Stretch] = []
    for begin, over in pauses:
        if start < over and begin < end and begin < over:
            found += calendar.explain(start, begin)
            found.append(Stretch(StretchKind.WAITED, max(start, begin), min(end, over), "waiting on the customer"))
            start = over
    return (*found, *calendar.explain(start, end))


def elapsed(calendar: Calendar, start: datetime, end: datetime, pauses: Pauses) -> int:
    """Seconds of support time between two instants, outside of the pauses; 0 when `end` is not after `start`."""
    paused = sum(calendar.elapsed(max(start, begin), min(end, over)) for begin, over in pauses)
    return calendar.elapsed(start, end) - paused if end > start else 0
