"""What goes out elsewhere than to Slack, as values: kept with the change that caused it, carried later."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cases.plain import Json


class ParcelKind(StrEnum):
    """What is carried."""

    WEBHOOK = "webhook"
    """A change of a case, for another system. body: as `cases.webhooks.snapshot` writes."""
    REACH = "reach"
    """A rung, for people outside Slack. body: as `cases.reaching.reached` writes; `at`: when it fell."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """One thing for one address."""

    key: str
    """Unique for ever."""
    kind: ParcelKind
    address: str
    """What the operator calls the place; where it is stands in their file alone."""
    case: int
    at: datetime
    """When it happened."""
    body: Json = field(default_factory=dict)
    """Nobody's words, and nobody's name or id."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A parcel taken to be carried now."""

    id: int
    token: str
    """Opaque, the same at each try: by it a receiver knows what it has already."""
    parcel: Parcel
    attempts: int
    """Earlier tries."""
    cause: str = ""
    """What led to it: `cases.causes`. Empty: nobody knows."""


@dataclass(frozen=True, slots=True)
class Dead:
    """A parcel that was given up."""

    id: int
    token: str
    parcel: Parcel
    attempts: int
    error: str
    given_up_at: datetime


class NotCarried(Exception):
    """A try that did not succeed, or of which nobody knows. The message is fit for a log: no address, no secret."""

    def __init__(self, reason: str, *, for_good: bool = False, pause_seconds: float = 0.0) -> None:
        """`for_good`: the receiver wants no more of it; `pause_seconds`: it asks to be left alone for so long."""
        super().__init__(reason)
        self.reason = reason
        self.for_good = for_good
        self.pause_seconds = pause_seconds


class ParcelStore(Protocol):
    """Parcels that wait, that went out, and that were given up."""

    def add(self, parcel: Parcel) -> bool:
        """False: its key exists already, and nothing was added."""
        ...

    def take(self, address: str, now: datetime) -> Taken | None:
        """The oldest webhook for this address that may go now, leased; None: none may.

        Of one case, only the first that waits: what is told of it stays in order.
        """
        ...

    def take_alarms(self, address: str, now: datetime) -> Sequence[Taken]:
        """All alarms for this address that may go now, a hundred at most, leased; oldest first."""
        ...

    def hold(self, taken: Sequence[Taken], now: datetime) -> None:
        """Their leases begin anew, of those that are still this taker's."""
        ...

    def carried(self, id: int, now: datetime) -> None:
        """The receiver has it."""
        ...

    def overtaken(self, id: int, now: datetime) -> None:
        """It asks nothing of anyone any more: it goes nowhere."""
        ...

    def later(self, id: int, at: datetime, error: str) -> None:
        """Try again then."""
        ...

    def give_up(self, id: int, error: str, now: datetime) -> None:
        """No further try, until somebody asks for one."""
        ...

    def strays(self, kind: ParcelKind, known: Collection[str]) -> Sequence[str]:
        """Addresses that something of this kind waits for, and that are none of these."""
        ...

    def next_ready_at(self, kind: ParcelKind, address: str) -> datetime | None:
        """When the next one of this kind for this address may be taken; None: none waits."""
        ...

    def dead(self) -> Sequence[Dead]:
        """All that were given up, oldest first."""
        ...

    def revive(self, id: int, now: datetime) -> bool:
        """One that was given up waits again, with all its tries; False: there is none of this id."""
        ...

    def drop_carried(self, before: datetime, limit: int) -> int:
        """Forget so many at most that were carried before then; how many there were."""
        ...

    def release_leases(self) -> None:
        """At the start of a process: where it must be alone, what its predecessor held may go at once."""
        ...


WEBHOOK_PAUSES = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""Seconds after each failed try: the schedule that Standard Webhooks 1.0 recommends, ten tries in three days."""
SPREAD = 0.1
"""By so much of itself a pause may be longer, so that what failed together is not tried together again."""


def pause(taken: Taken) -> float | None:
    """Seconds until the next try of what has just failed; None: there is none left. Spread by the token."""
    if taken.attempts >= len(WEBHOOK_PAUSES):
        return None
    return WEBHOOK_PAUSES[taken.attempts] * (1 + SPREAD * int(taken.token[:4], 16) / 0xFFFF)
