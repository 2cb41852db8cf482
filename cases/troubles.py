"""What only an operator can mend: told once when it begins and once when it is over, however long it lasts."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from cases.change import Places
from cases.instants import iso
from cases.queues import OutboxStore
from cases.says import Body, Say, SayKind, Urgency

DEACTIVATED = "user_disabled"
"""Slack's word for whose account is deactivated, as the reason of a trouble."""


class TroubleKind(StrEnum):
    """What is wrong. The first eight are what the auditor finds."""

    TIMERS = "timers"
    """Cases whose stored timers were not those that they require; mended already."""
    DUE = "due"
    """Timers or reminders due for more than a minute that nobody fires."""
    FAILING = "failing"
    """Timers or reminders that were tried again and again."""
    EVENTS = "events"
    """What happened in Slack more than a minute ago and is not handled yet."""
    SAYS = "says"
    """Messages that wait for more than a minute, and nothing says why."""
    REFUSED = "refused"
    """Messages that Slack refused again and again."""
    ROAMING = "roaming"
    """Alarms that no place takes."""
    SOCKET = "socket"
    """Slack could not come in for more than a minute. about: the process."""
    PLACE = "place"
    """A channel that takes nothing. about: its id."""
    PERSON = "person"
    """Somebody who can't be written to. about: the user id."""
    POLICIES = "policies"
    """Policy files that were changed and can't be used; those loaded before stay. about: what they are known by."""
    ACCOUNTS = "accounts"
    """The same of ACCOUNTS_FILE."""
    ROTAS = "rotas"
    """The same of ROTA_FILE."""
    OUTSIDE = "outside"
    """An address outside Slack that takes nothing. about: its name; reason: what came of the last try."""
    ROTA = "rota"
    """A program's rota can't be read. about: the program's id; reason: why."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One that was found."""

    kind: TroubleKind
    seen_at: datetime
    """When it was found, or found again."""
    about: str = ""
    reason: str = ""
    """Slack's code, or what it is about in a few words."""
    count: int = 1
    """How many there were."""

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.about}" if self.about else self.kind.value


@dataclass(frozen=True, slots=True)
class Lasting:
    """A trouble that was told, and is not over."""

    trouble: Trouble
    number: int
    """How often it has begun by now."""
    since: datetime


class TroubleStore(Protocol):
    """Troubles that were told."""

    def begin(self, trouble: Trouble) -> Lasting | None:
        """None: it lasts already, and is only seen again, with the reason that it has now."""
        ...

    def end(self, key: str) -> Lasting | None:
        """None: there was none of this key."""
        ...

    def lasts(self, key: str, reason: str | None = None) -> bool:
        """Whether it was told and is not over; with `reason`, for that reason."""
        ...

    def all(self) -> tuple[Lasting, ...]:
        """Those that last, the longest first."""
        ...


class Told(Protocol):
    """What of a unit of work telling needs."""

    @property
    def troubles(self) -> TroubleStore: ...
    @property
    def outbox(self) -> OutboxStore: ...


def begins(uow: Told, places: Places, trouble: Trouble, also: Body | None = None) -> None:
    """It was found, in this transaction: the operators hear of it unless they know already."""
    lasting = uow.troubles.begin(trouble)
    if lasting is not None:
        uow.outbox.add(told(lasting, places, also or {}))


def ends(uow: Told, places: Places, key: str, now: datetime) -> None:
    """It is over, if there was any: the operators hear that too, under the message that told of it."""
    lasting = uow.troubles.end(key)
    if lasting is not None:
        said = told(lasting, places, {"over": iso(now)})
        uow.outbox.add(replace(said, key=f"{said.key}:over", thread=f"post:{said.key}"))


def told(lasting: Lasting, places: Places, also: Body) -> Say:
    """What the operators read of it. body: trouble (a `TroubleKind`), about, reason, count, since (ISO); of a place of
    the team, setting (which names it) and next (the id of the place that its alarms go to first); of a person, parts
    (what they are named as) and cases (that they hold); over (ISO) once it is.
    """
    trouble = lasting.trouble
    body: Body = {
        "trouble": trouble.kind.value,
        "about": trouble.about,
        "reason": trouble.reason,
        "count": trouble.count,
        "since": iso(lasting.since),
        **also,
    }
    key = f"trouble:{trouble.key}:{lasting.number}"
    return Say(key, SayKind.TROUBLE, places.for_operators, Urgency.CHECK_IN, body=body)
