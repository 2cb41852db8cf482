"""What a rule decides, and the support team's places that what is said goes to."""

from dataclasses import dataclass

from cases.case import Case, Entry
from cases.parcels import Parcel
from cases.says import Say


@dataclass(frozen=True, slots=True)
class Change:
    """What a rule decided: the case as it is now, what happened, and what must be said of it."""

    case: Case
    entries: tuple[Entry, ...] = ()
    says: tuple[Say, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    """What goes outside Slack."""


@dataclass(frozen=True, slots=True)
class Places:
    """The support team's own channels."""

    triage: str
    escalations: str
    """Where the triage side hears that a deadline comes near; it may be the triage channel itself."""
    managers: str
    operators: str = ""
    """Where those hear who keep the bot running; empty: where managers do."""

    @property
    def for_operators(self) -> str:
        """The operators' channel."""
        return self.operators or self.managers

    @property
    def inside(self) -> frozenset[str]:
        """Where support talks about cases among themselves, in the threads of what the bot posted."""
        return frozenset({self.triage, self.escalations})
