"""Lists over all open cases: whose they are, how near to their deadlines; pure functions, for App Home."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.calendars import Calendar
from cases.case import State
from cases.clock import NO_CLOCKS, Clock, Clocks
from cases.hours import CalendarSpec
from cases.pausing import Pauses, elapsed

OPEN_STATES = frozenset({State.OPEN, State.CLAIMED, State.WAITING})
"""Support still owes something, or waits to be told something."""
CUSTOMERS_STATES = OPEN_STATES | {State.OFFERED}
"""What a customer still thinks about: a solution that they have not tried is not over for them."""
CUSTOMERS_TURN = frozenset({State.WAITING, State.OFFERED})

RISKY_SHARE = 75
"""Percent of the support time allowed."""
SOON = timedelta(hours=1)
"""A rung that falls so soon puts its case at risk."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands: enough to put it on a list, without its words."""

    number: int
    state: State
    counted_from: datetime
    """Of the response clock, as the next."""
    due_at: datetime
    calendar: CalendarSpec
    answered: bool
    breached: bool
    """Its present response clock's deadline was missed; a breach before it was reopened is another clock's."""
    assignee: str | None
    """User id."""
    unconfirmed: bool
    """The customer's latest check-in on their 24x7 promise has no answer yet."""
    assigned: str | None = None
    """User id of the dedicated engineer whose it is to begin; then it has no assignee."""
    clocks: Clocks = NO_CLOCKS
    """Beside the response clock."""

    @property
    def waits_for_response(self) -> bool:
        """The response clock is running."""
        return not self.answered and self.state is State.OPEN

    @property
    def running(self) -> tuple[Clock, ...]:
        """Of the clocks beside the response clock, those that run."""
        return self.clocks.running(waits=self.state is State.WAITING)

    @property
    def deadline_at(self) -> datetime:
        """Of the clock that runs out first; where none runs, the first response's."""
        due = [clock.due_at for clock in self.running]
        return min([self.due_at, *due] if self.waits_for_response or not due else due)

    def missed(self, now: datetime) -> bool:
        """The deadline of a clock that runs is over; or a breach is on record of one that doesn't any more."""
        if any(now >= clock.due_at for clock in self.running):
            return True
        kept = any(clock.breached_at for clock in self.clocks.paused(waits=self.state is State.WAITING))
        return now >= self.due_at if self.waits_for_response else self.breached or kept


@dataclass(frozen=True, slots=True)
class Load:
    """What one engineer has."""

    user: str
    working: int
    waiting: int
    """Of theirs, those that wait on the customer."""
    to_begin: int = 0
    """Assigned to them as a dedicated engineer, and nobody has begun."""

    @property
    def total(self) -> int:
        """All of theirs."""
        return self.working + self.waiting + self.to_begin


@dataclass(frozen=True, slots=True)
class Attainment:
    """How one account's cases were answered."""

    account: str
    due: int
    """Answered, or not answered although the time was over."""
    in_time: int

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all of them."""
        return self.in_time * 100 // self.due


def mine(standings: Iterable[Standing], user: str) -> list[Standing]:
    """Those of one engineer, by due time; what waits on its customer comes last."""
    theirs = (each for each in standings if user in {each.assignee, each.assigned})
    return sorted(theirs, key=lambda each: (each.state is State.WAITING, each.deadline_at, each.number))


def unclaimed(standings: Iterable[Standing]) -> list[Standing]:
    """With nobody, by time left."""
    free = (each for each in standings if each.assignee is None and each.state is State.OPEN)
    return sorted(free, key=lambda each: (each.deadline_at, each.number))


def waiting(standings: Iterable[Standing]) -> list[Standing]:
    """On their customers."""
    return [each for each in standings if each.state is State.WAITING]


def at_risk(
    standings: Iterable[Standing],
    rung_soon: Container[int],
    calendars: Callable[[CalendarSpec], Calendar],
    now: datetime,
) -> list[Standing]:
    """A clock runs, not yet too late, and near it: the next rung within `SOON`, or 75 % of a clock's time used up.

    `rung_soon` has the numbers of the cases with such a rung.
    """
    counting = (each for each in standings if (each.waits_for_response or each.running) and not each.missed(now))
    near = (each for each in counting if each.number in rung_soon or _share(each, calendars, now) >= RISKY_SHARE)
    return sorted(near, key=lambda each: (each.deadline_at, each.number))


def breached(standings: Iterable[Standing], now: datetime) -> list[Standing]:
    """Open, and answered too late or not at all; those that nobody has answered come first."""
    late = (each for each in standings if each.missed(now))
    return sorted(late, key=lambda each: (not each.waits_for_response, each.deadline_at, each.number))


def unconfirmed(standings: Iterable[Standing]) -> list[Standing]:
    """Their customer's 24x7 promise has not been confirmed since it was last asked for."""
    return [each for each in standings if each.unconfirmed]


def customers_turn(standings: Iterable[Standing]) -> list[Standing]:
    """A word of the customer's moves these on."""
    return [each for each in standings if each.state in CUSTOMERS_TURN]


def supports_turn(standings: Iterable[Standing]) -> list[Standing]:
    """Support moves these on."""
    return [each for each in standings if each.state not in CUSTOMERS_TURN]


def load(standings: Iterable[Standing], engineers: Collection[str]) -> list[Load]:
    """By engineer, most first; those of `engineers` who have nothing too, and whoever else has something."""
    standings = tuple(standings)
    waiting = Counter(each.assignee for each in standings if each.state is State.WAITING)
    working = Counter(each.assignee for each in standings if each.state is not State.WAITING)
    to_begin = Counter(each.assigned for each in standings if each.assignee is None)
    people = {*engineers, *filter(None, (*waiting, *working, *to_begin))}
    loads = [Load(user, working[user], waiting[user], to_begin[user]) for user in people]
    return sorted(loads, key=lambda each: (-each.total, each.user))


def worst_first(attainments: Iterable[Attainment]) -> list[Attainment]:
    """Those with the smallest share in time come first."""
    return sorted(attainments, key=lambda each: (each.in_time / each.due, each.account))


def page_of(standings: Sequence[Standing], page: int, size: int) -> tuple[int, list[Standing]]:
    """That page of a list, counted from 0, and its number; the last one where there are not so many any more."""
    last = max(len(standings) - 1, 0) // size
    page = min(max(page, 0), last)
    return page, list(standings[page * size : (page + 1) * size])


def _share(standing: Standing, calendars: Callable[[CalendarSpec], Calendar], now: datetime) -> int:
    """Of the clock that has used up most, in percent."""
    calendar = calendars(standing.calendar)
    spans = [(clock.counted_from, clock.due_at, standing.clocks.pauses_of(clock)) for clock in standing.running]
    if standing.waits_for_response:
        spans.append((standing.counted_from, standing.due_at, ()))
    return max(_used(calendar, *span, now) for span in spans)


def _used(calendar: Calendar, start: datetime, due_at: datetime, pauses: Pauses, now: datetime) -> int:
    allowed = elapsed(calendar, start, due_at, pauses)
    return elapsed(calendar, start, now, pauses) * 100 // allowed if allowed else 100
