"""What must be said, and what Slack told us: the doors to storage that are worked off in turn."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import inf
from typing import Protocol

from cases.announcements import Sending
from cases.plain import Json as Json
from cases.says import Digest, Say, SayKind


class Queue(StrEnum):
    """What is worked off in turn; each value is its table's name."""

    TIMERS = "timers"
    REMINDERS = "reminders"
    OUTBOX = "outbox"
    PARCELS = "parcels"
    INBOX = "inbox"


@dataclass(frozen=True, slots=True)
class Post:
    """Where a say ended up in Slack."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """A say taken from the outbox to be sent now."""

    id: int
    token: str
    """Opaque id put in the message's metadata, by which a post of unknown outcome is found again."""
    say: Say
    attempts: int
    """Earlier tries."""
    uncertain: bool
    """An earlier try may have reached Slack: look before posting again."""
    file: str | None = None
    """Slack's id of the file that an earlier try uploaded; perhaps it is shared already."""
    cause: str = ""
    """What it is said because of: `cases.causes`."""


@dataclass(frozen=True, slots=True)
class Received:
    """A Slack event as stored before its ack."""

    event_id: str
    payload: Json
    received_at: datetime
    about: str = ""
    """Events about the same are handled in the order in which they came, even if one has to be tried again; or ""."""
    known_as: str | None = None
    """Names what it tells of, however it is told: by Slack's event, or by history where that was missed. None: its id
    alone tells it from others."""


ANNOUNCEMENTS = "announcements"
"""Among the `busy` of `OutboxStore`: no announcement may go now."""
ALARMS = "alarms"
"""Among them too: no alarm may go now that could still become part of a digest, nor anything that redraws a message:
that is less urgent, and would be drawn again."""


class OutboxStore(Protocol):
    """What must be said, and where what was said ended up."""

    def add(self, say: Say) -> bool:
        """False: its key exists already, and nothing was added."""
        ...

    def said(self, case: int, kind: SayKind) -> Sequence[Say]:
        """All says of a kind for a case that post something new (not updates, not ephemeral), oldest first; those that
        a digest tells name it.
        """
        ...

    def post_of(self, key: str) -> Post | None:
        """Where the say of this key was posted, or the digest that tells it; None: not yet, or never."""
        ...

    def posts_of(self, keys: Collection[str]) -> Mapping[str, Post]:
        """Where the says of these keys were posted, by key; those that were not are left out."""
        ...

    def latest(self, key: str) -> Say | None:
        """What the message of this key shows or is about to: its own say, or the newest that redraws it."""
        ...

    def claim(self, now: datetime, limit: int, busy: Collection[str], at: float = inf) -> Sequence[Delivery]:
        """Take what may be sent now, most urgent first, then oldest, at most one a channel and none of `busy` channels,
        nor of those whose line is closed `at` this moment; without it, all lines are open. Of announcements one at
        most, and none while `busy` names them.

        Each is leased for 30 s. One whose lease ran out comes back `uncertain`. Several updates of one message: only
        the newest is taken, the others are marked as superseded.
        """
        ...

    def sent(self, id: int, post: Post | None, now: datetime) -> None:
        """Done. `post` is None for an ephemeral message or one that needed no posting."""
        ...

    def later(self, id: int, at: datetime, *, uncertain: bool, error: str = "", tried: bool = True) -> None:
        """Try again at `at`. `tried` False: it did not even start (its thread's first message is still to come)."""
        ...

    def redirect(self, key: str, channel: str, at: datetime, error: str) -> None:
        """The say of this key, which was given up, goes to this channel at `at`."""
        ...

    def roaming_to(self, channel: str, now: datetime) -> None:
        """What goes round because no place takes it is tried in this channel now."""
        ...

    def remember_file(self, id: int, file: str | None, instead_of: str | None) -> bool:
        """The file that was uploaded for this one, before it is shared. False: somebody else has changed it since."""
        ...

    def file_of(self, key: str) -> str | None:
        """The file that was uploaded for the say of this key; None: none was."""
        ...

    def give_up(self, id: int, error: str, now: datetime) -> None:
        """Slack refuses it for good; kept, with the reason. What a digest would have told waits again, each for itself:
        it becomes part of no other.
        """
        ...

    def alarms_with(self, taken: Delivery, now: datetime) -> Sequence[Say]:
        """The alarm that was taken in this transaction and those that could go now in its place, oldest first: none of
        which a try may have reached Slack.
        """
        ...

    def merge(self, digest: Digest, now: datetime) -> None:
        """From now on the digest tells its rows: it waits to be sent, and they don't any more, nor do their redrawings.

        Raises:
            Conflict: one of them waits no longer.
        """
        ...

    def digest_of(self, key: str) -> Digest | None:
        """The digest of this key, or the one that tells the say of this key; None: there is none."""
        ...

    def is_unheard(self, post: Post, user: str) -> bool:
        """What stands there may be a say whose outcome nobody knows yet: one to this channel, or to this person."""
        ...

    def is_digest(self, post: Post) -> bool:
        """What stands there tells of several cases."""
        ...

    def is_for(self, id: int, channel: str) -> bool:
        """It still goes to this channel: Slack may have given that another id since it was taken."""
        ...

    def sendings(self, keys: Collection[str]) -> Mapping[str, Sending]:
        """What became of the says of these keys, by key."""
        ...

    def dead(self, key: str) -> bool:
        """The say of this key was given up."""
        ...

    def release_leases(self) -> None:
        """At the start of a process: where it must be alone, what its predecessor held is free again, as uncertain."""
        ...

    def next_ready_at(self, busy: Collection[str]) -> datetime | None:
        """When the next unsent row may be claimed; None: nothing is unsent."""
        ...


class InboxStore(Protocol):
    """Slack's events, stored before they are acknowledged."""

    def put(self, event: Received) -> bool:
        """False: this event id, or what it tells of, was received before."""
        ...

    def next(self, now: datetime) -> Received | None:
        """Take the oldest event that is not handled, not postponed, and not behind an older one about the same.

        It is leased for 30 s: nobody else is given it, and a taker who dies keeps it no longer.
        """
        ...

    def handled(self, event_id: str, now: datetime) -> bool:
        """Mark as handled; False: it was already, so the transaction must do nothing else."""
        ...

    def postpone(self, event_id: str, until: datetime, error: str) -> None:
        """Handling failed; again then."""
        ...

    def next_ready_at(self) -> datetime | None:
        """When the next pending event may be taken; None: none is pending."""
        ...

    def before(self, event: Received) -> Sequence[Received]:
        """Those about the same that came before it, in the order in which they came."""
        ...

    def about(self, what: str) -> Iterator[Received]:
        """All about this, handled or not, in the order in which they came: a few at a time, from the transaction."""
        ...

    def release_leases(self) -> None:
        """At the start of a process: where it must be alone, what its predecessor was handling is free again."""
        ...


class LineStore(Protocol):
    """Lines to Slack that are closed for a while, for every process that works on this database.

    A line is a channel (by its id, or a person's for direct messages), or a method that Slack limits. Times are in
    seconds by the clock that pacing goes by, the same for all processes.
    """

    def closed(self, at: float) -> Mapping[str, float]:
        """Those that are closed at this moment, and when each opens."""
        ...

    def close(self, until: Mapping[str, float], at: float) -> None:
        """Close lines, by name, from `at` until then. What is closed for longer already stays so."""
        ...
