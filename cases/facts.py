"""What a line of a case's history says to figures: values alone, so that it stays when words and names go."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cases.hours import CalendarSpec
from cases.policy import ClockKind


class CheckInStep(StrEnum):
    """What became of a check-in on a customer's 24x7 promise."""

    ASKED = "asked"
    BACKUP = "backup"
    """The backup was asked too."""
    MANAGERS = "managers"
    """Nobody confirmed in time: the managers were told."""
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Promised:
    """The promise of a first response, as it stands from a line on."""

    program: str
    program_name: str
    plan: str
    plan_name: str
    priority: int | None
    label: str
    target: str
    """As the policy writes it: `1h`."""
    calendar: CalendarSpec
    """In which support time is counted."""
    started_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one line; what it doesn't speak of is None."""

    promised: Promised | None = None
    """It began the promise, or changed it: opened, reopened, reprioritised."""
    runs: bool | None = None
    """Whether the response clock runs after it."""
    clock: ClockKind | None = None
    """Whose deadline was missed."""
    check_in: int | None = None
    """Its number."""
    step: CheckInStep | None = None
    """What became of that check-in."""
    stars: int | None = None
