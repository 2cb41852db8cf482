"""How things stand, in numbers, for whoever watches over the bot."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cases.case import State
from cases.troubles import TroubleKind


@dataclass(frozen=True, slots=True)
class Figures:
    """Of the whole database, whichever replica asks. Ages are in seconds; 0 where there is nothing."""

    unsent: int
    """Messages in the outbox that are neither sent nor given up."""
    unsent_age: float
    """Of the oldest of them."""
    unhandled: int
    """Events in the inbox."""
    unhandled_age: float
    overdue: float
    """Since the earliest timer or reminder fell due that has not fired."""
    open_cases: Mapping[tuple[str, State], int] = field(default_factory=dict)
    """Those that are not closed, by programme and state."""
    missed: Mapping[str, int] = field(default_factory=dict)
    """Of the open ones, those whose present response deadline was missed; by programme."""
    breaches: Mapping[str, int] = field(default_factory=dict)
    """Deadlines ever told as missed, of every clock and of closed cases too; by programme. Never fewer than before."""
    troubles: Mapping[TroubleKind, int] = field(default_factory=dict)
    """Told to the operators, and not over."""
