"""Figures over a span of time: pure counts of what timelines hold, and the times that first answers took."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import ceil

from cases.calendars import Calendar
from cases.hours import CalendarSpec
from cases.outcomes import Mark, MarkKind, Response

MEDIAN = 50
NINETIETH = 90


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one group of cases, over one span: from its start on, before its end."""

    kept: int = 0
    """Promised first answers that were given in time within the span."""
    missed: int = 0
    """Those whose deadline was missed within it, answered since or not."""
    answers: int = 0
    """First answers given within it, late ones too."""
    median_seconds: int | None = None
    """This and the next: support time from the clock's start to those answers, by nearest rank; None: without any."""
    ninetieth_seconds: int | None = None
    counts: Mapping[MarkKind, int] | None = None
    """Of what happened besides; what didn't happen is left out."""
    stars: int = 0
    """Of all ratings together."""

    @property
    def decided(self) -> int:
        """Kept or missed."""
        return self.kept + self.missed

    @property
    def percent(self) -> int | None:
        """Attainment, rounded down, so that 100 means all of them; None: nothing was decided."""
        return self.kept * 100 // self.decided if self.decided else None

    def count(self, kind: MarkKind) -> int:
        """How often it happened."""
        return (self.counts or {}).get(kind, 0)


def figures(
    responses: Iterable[Response],
    marks: Iterable[Mark],
    since: datetime,
    until: datetime,
    calendars: Callable[[CalendarSpec], Calendar],
) -> Figures:
    """What these come to from `since` on and before `until`; their timelines were read up to `until`."""
    kept = missed = 0
    took: list[int] = []
    for each in responses:
        if (decided := each.decided_at) is not None and since <= decided < until:
            kept, missed = kept + (each.missed_at is None), missed + (each.missed_at is not None)
        if each.answered_at is not None and since <= each.answered_at < until:
            took.append(seconds_taken(each, calendars) or 0)
    within = [mark for mark in marks if since <= mark.at < until]
    return Figures(
        kept=kept,
        missed=missed,
        answers=len(took),
        median_seconds=nearest_rank(took, MEDIAN),
        ninetieth_seconds=nearest_rank(took, NINETIETH),
        counts=dict(Counter(mark.kind for mark in within)),
        stars=sum(mark.stars for mark in within),
    )


def seconds_taken(response: Response, calendars: Callable[[CalendarSpec], Calendar]) -> int | None:
    """Support time from the clock's start to the answer; None: nobody has answered."""
    if response.answered_at is None:
        return None
    return calendars(response.promised.calendar).elapsed(response.promised.started_at, response.answered_at)


def nearest_rank(values: Sequence[int], percent: int) -> int | None:
    """The smallest of the values that at least so many percent of them don't exceed; None: there are none."""
    return sorted(values)[ceil(len(values) * percent / 100) - 1] if values else None
