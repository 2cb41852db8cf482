"""What a case's history comes to for figures: promised first answers, and whatever else is counted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.facts import Facts, Promised
from cases.people import Person
from cases.policy import ClockKind


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of a case's history, as figures need it."""

    case: int
    account: int
    at: datetime
    who: Person | None
    what: str
    facts: Facts | None = None


class Cause(StrEnum):
    """What came before a missed answer: the latest of these."""

    NOBODY = "nobody"
    """Nobody took the case."""
    GIVEN_BACK = "given-back"
    LAPSED = "lapsed"
    """Its engineer was silent, so it went back to the queue."""
    RAISED = "raised"
    """Its priority was raised, which leaves less time."""
    ASSIGNED = "assigned"
    """It waited for the customer's dedicated engineer."""


@dataclass(frozen=True, slots=True)
class Response:
    """A promised first answer; a reopened case has another one."""

    case: int
    account: int
    promised: Promised
    """As it was when it was kept or missed."""
    missed_at: datetime | None
    answered_at: datetime | None
    """Late ones too; None: nobody has answered."""
    answered_by: Person | None
    cause: Cause

    @property
    def decided_at(self) -> datetime | None:
        """When it was kept or missed; None: not yet, or it never came to that."""
        return self.missed_at or self.answered_at


class MarkKind(StrEnum):
    """What is counted besides."""

    OPENED = "opened"
    REOPENED = "reopened"
    CLAIMED = "claimed"
    GIVEN_BACK = "given-back"
    LAPSED = "lapsed"
    """Counted with the engineer who was silent."""
    SOLVED = "solved"
    """A solution was offered."""
    RAISED = "raised"
    LOWERED = "lowered"
    WISHED = "wished"
    """A change of priority that the customer had asked for."""
    KEPT = "check-in-kept"
    """Somebody of the customer's confirmed before the managers were told."""
    MISSED = "check-in-missed"
    RATED = "rated"
    BREACHED = "breached"
    """The deadline of another clock than the first answer's."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is counted."""

    kind: MarkKind
    case: int
    account: int
    at: datetime
    who: Person | None
    promised: Promised | None
    """In force then."""
    stars: int = 0
    clock: ClockKind | None = None


@dataclass(frozen=True, slots=True)
class Timeline:
    """What one case comes to."""

    responses: tuple[Response, ...]
    marks: tuple[Mark, ...]
    holder: Person | None
    """Who has it at the end."""
