"""Rules of a ticket review: what one customer's cases come to over some days, from values that they may see.

Source: Auth0 Platform Support Program, 7.2: where the cases stand, how they were resolved, what trends they show.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from cases.calendars import Calendar
from cases.case import State
from cases.hours import CalendarSpec
from cases.overview import CUSTOMERS_STATES

USUAL_DAYS = 90
MOST_DAYS = 366
OLDEST = 10
"""Cases that are told one by one; all stand in the file."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A case as its customer sees it, without its long texts."""

    number: int
    title: str
    label: str
    """Of its priority now: `Severity 2 (High)`."""
    priority: int | None
    state: State
    opened_at: datetime
    started_at: datetime
    """The response clock's start: when it was opened, or reopened."""
    due_at: datetime
    responded_at: datetime | None
    breached: bool
    """A deadline of its was missed, on whichever of its clocks."""
    calendar: CalendarSpec
    solution: str = ""
    """The kind that stands offered or confirmed."""
    stars: int | None = None

    @property
    def is_open(self) -> bool:
        """The customer still thinks about it."""
        return self.state in CUSTOMERS_STATES

    def late(self, now: datetime) -> bool:
        """Answered after the time promised, or not answered although that is over."""
        if self.breached or (self.responded_at is not None and self.responded_at > self.due_at):
            return True
        return self.responded_at is None and self.state is State.OPEN and now >= self.due_at

    def took(self, calendars: Callable[[CalendarSpec], Calendar]) -> int | None:
        """Seconds of support time until a person answered; None: nobody has."""
        if self.responded_at is None:
            return None
        return calendars(self.calendar).elapsed(self.started_at, self.responded_at)


@dataclass(frozen=True, slots=True)
class Record:
    """The cases opened in one span, and how they were answered."""

    opened: int
    in_time: int
    late: int
    to_come: int
    """Not answered, and not too late: there is time, or they ended without."""
    median_seconds: int | None
    """Support time to the first response, of those answered; rounded down."""


@dataclass(frozen=True, slots=True)
class Aging:
    """A case that is not over."""

    number: int
    title: str
    label: str
    state: State
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """A case as the file lists it."""

    number: int
    title: str
    label: str
    state: State
    opened_at: datetime
    due_at: datetime
    responded_at: datetime | None
    in_time: bool | None
    """None: nobody has answered, and it is not too late."""
    solution: str
    stars: int | None


@dataclass(frozen=True, slots=True)
class Review:
    """One account's cases over `days`."""

    days: int
    since: datetime
    until: datetime
    record: Record
    before: Record
    """Of as many days before them."""
    by_state: tuple[tuple[str, int], ...]
    """This and the next: of the cases opened in the span."""
    by_priority: tuple[tuple[str, int], ...]
    still_open: int
    """Whenever they were opened."""
    oldest: tuple[Aging, ...]
    """Of those, oldest first."""
    solutions: tuple[tuple[str, int], ...]
    """By kind, most first."""
    stars: tuple[tuple[int, int], ...]
    """How often each rating was given, best first."""


def needed_since(days: int, now: datetime) -> datetime:
    """Cases opened since then are what a review looks at, beside all that are open."""
    return now - timedelta(days=2 * days)


def reviewed(
    tickets: Iterable[Ticket], calendars: Callable[[CalendarSpec], Calendar], days: int, now: datetime
) -> Review:
    """What these cases come to. A span holds what was opened after its start, and up to its end."""
    tickets = tuple(tickets)
    since = now - timedelta(days=days)
    mine = [ticket for ticket in tickets if since < ticket.opened_at <= now]
    earlier = [ticket for ticket in tickets if needed_since(days, now) < ticket.opened_at <= since]
    states = Counter(ticket.state for ticket in mine)
    labels = {(_rank(ticket.priority), ticket.label): 0 for ticket in sorted(mine, key=_order)}
    for ticket in mine:
        labels[_rank(ticket.priority), ticket.label] += 1
    return Review(
        days=days,
        since=since,
        until=now,
        record=_record(mine, calendars, now),
        before=_record(earlier, calendars, now),
        by_state=tuple((state.value, states[state]) for state in State if states[state]),
        by_priority=tuple((label, count) for (_, label), count in labels.items()),
        still_open=sum(each.is_open for each in tickets),
        oldest=tuple(_aging(each) for each in sorted(filter(_is_open, tickets), key=_age)[:OLDEST]),
        solutions=_most_first(ticket.solution for ticket in mine if ticket.solution),
        stars=tuple(sorted(Counter(each.stars for each in mine if each.stars is not None).items(), reverse=True)),
    )


def listed(tickets: Iterable[Ticket], review: Review) -> tuple[Line, ...]:
    """The cases that a review is about, by number: opened in its span, or still open."""
    told = (each for each in tickets if each.is_open or review.since < each.opened_at <= review.until)
    return tuple(_line(each, review.until) for each in sorted(told, key=lambda each: each.number))


def _line(ticket: Ticket, now: datetime) -> Line:
    return Line(
        ticket.number,
        ticket.title,
        ticket.label,
        ticket.state,
        ticket.opened_at,
        ticket.due_at,
        ticket.responded_at,
        False if ticket.late(now) else True if ticket.responded_at is not None else None,
        ticket.solution,
        ticket.stars,
    )


def _record(tickets: Sequence[Ticket], calendars: Callable[[CalendarSpec], Calendar], now: datetime) -> Record:
    late = sum(ticket.late(now) for ticket in tickets)
    in_time = sum(ticket.responded_at is not None and not ticket.late(now) for ticket in tickets)
    took = [seconds for ticket in tickets if (seconds := ticket.took(calendars)) is not None]
    return Record(len(tickets), in_time, late, len(tickets) - late - in_time, int(median(took)) if took else None)


def _most_first(words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def _aging(ticket: Ticket) -> Aging:
    return Aging(ticket.number, ticket.title, ticket.label, ticket.state, ticket.opened_at)


def _is_open(ticket: Ticket) -> bool:
    return ticket.is_open


def _age(ticket: Ticket) -> tuple[datetime, int]:
    return ticket.opened_at, ticket.number


def _order(ticket: Ticket) -> tuple[int, str]:
    return _rank(ticket.priority), ticket.label


def _rank(priority: int | None) -> int:
    return 0 if priority is None else priority
