"""A case's clocks as values, what they go by, and which of them runs out first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.policy import ClockKind


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock of a case. Instants are aware UTC."""

    kind: ClockKind
    number: int
    """Rises each time it starts anew, so that its rungs are said anew."""
    since: datetime
    """What started it: the message, the answer, the beginning of the case."""
    counted_from: datetime
    """Where its time counts from: `since`, or the moment that the priority was raised."""
    allowed_seconds: int
    """Of support time."""
    due_at: datetime
    """While it is paused: as it was when the pause began."""
    pauses: bool = True
    """While the case waits on the customer."""
    share_said: int = 0
    """The highest share of the ladder dealt with, in percent."""
    repeats_said: int = 0
    repeated_at: datetime | None = None
    """When the breach, or its latest repetition, was told."""
    breached_at: datetime | None = None
    ended: bool = False
    """It does not run, and rests until something starts it anew."""

    @property
    def id(self) -> str:
        """In keys: `1` for the response clock, `update:2` for another."""
        return f"{self.number}" if self.kind is ClockKind.RESPONSE else f"{self.kind}:{self.number}"


@dataclass(frozen=True, slots=True)
class Clocks:
    """The clocks of a case beside the response clock, with the facts that start, stop and pause them."""

    spoke_at: datetime | None = None
    """When a person from support last wrote to the customer, or first answered."""
    unanswered: tuple[datetime, ...] = ()
    """When the customer wrote what nobody has answered yet; rising."""
    waits: tuple[tuple[datetime, datetime], ...] = ()
    """From when to when the case waited on the customer: what is over of it, in order."""
    each: tuple[Clock, ...] = ()
    """One a kind that was ever asked for."""

    def of(self, kind: ClockKind) -> Clock | None:
        """The clock of that kind; None: there never was one."""
        return next((clock for clock in self.each if clock.kind is kind), None)

    def running(self, *, waits: bool) -> tuple[Clock, ...]:
        """Those that run; `waits`: the case waits on the customer."""
        return tuple(clock for clock in self.each if not clock.ended and not (waits and clock.pauses))

    def paused(self, *, waits: bool) -> tuple[Clock, ...]:
        """Those that go on when the case waits no longer."""
        return tuple(clock for clock in self.each if not clock.ended and waits and clock.pauses)

    def pauses_of(self, clock: Clock) -> tuple[tuple[datetime, datetime], ...]:
        """What is taken out of its time."""
        return self.waits if clock.pauses else ()


NO_CLOCKS = Clocks()


@dataclass(frozen=True, slots=True)
class Deadline:
    """When something is owed, and what."""

    kind: ClockKind
    at: datetime


def earliest(clocks: Iterable[Clock]) -> Deadline | None:
    """The deadline of the clock that runs out first; None: none of these."""
    first = min(clocks, key=lambda clock: clock.due_at, default=None)
    return Deadline(first.kind, first.due_at) if first else None
