"""Rules of the audit: what a case's stored timers should be beside what they are, and what excuses a message's waiting.

A round looks at every case that isn't closed, a slice of it each minute, in the order of their numbers.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from cases.announcements import Sending
from cases.case import Case
from cases.timers import Timer

EVERY = timedelta(minutes=1)
LATE = timedelta(minutes=1)
"""Longer than this nothing stands still unless something excuses it."""
TRIES = 7
"""A message that Slack refused so often has waited for a minute and more."""
FREE = timedelta(seconds=30)
"""So long somebody looks several times for what may go: whose lease or pause ended later doesn't stand still yet."""
SLICE = 5_000
"""Cases a minute: 100,000 of them make a round in twenty minutes."""
PAGE = 50
"""Cases that are read in one transaction, which on SQLite holds up every other."""
POST = "post:"


@dataclass(frozen=True, slots=True)
class Pending:
    """A timer as it is stored."""

    timer: Timer
    fires_at: datetime
    """Later than `due_at` where it could not be fired."""


@dataclass(frozen=True, slots=True)
class Drift:
    """How stored timers differ from those that the case requires, by their keys."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    """At another time, or held back for longer than any failure would."""

    def __len__(self) -> int:
        return len(self.missing) + len(self.extra) + len(self.wrong)


@dataclass(frozen=True, slots=True)
class Audit:
    """Where the auditor stands."""

    began: datetime
    """When this round began."""
    after: int = 0
    """Number of the last case that was looked at in this round."""
    said: int = 0
    """Id of the newest message at the audit before: those up to it are older than a minute."""
    due: tuple[str, ...] = ()
    """What was due, or passed over, at the audit before. A timer may be owed from a time before it was planned: so only
    what is there again stands still."""


@dataclass(frozen=True, slots=True)
class Unsent:
    """A message that could go, or waits for another, in a line that nobody has used for a minute."""

    key: str
    awaits: tuple[str, ...]
    """Keys of the messages that it waits for, whatever became of them."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """What stands still, up to a bound."""

    due: tuple[str, ...] = ()
    """Timers and reminders that may be fired, and that nobody holds: those due first."""
    failing: tuple[str, ...] = ()
    """Those that are due and were put off, whether or not it is time to try again."""
    events: int = 0
    """Older than a minute."""
    refused: int = 0
    roaming: int = 0
    """Alarms that no place takes."""


class AuditStore(Protocol):
    """Where the auditor stands, and what it reads. All processes share it; only one has it at a time."""

    def take(self, now: datetime) -> Audit | None:
        """Take this minute's audit, for half a minute; None: it is not time, or somebody else has it."""
        ...

    def keep(self, audit: Audit, now: datetime) -> None:
        """So far it has come; it is held for another half a minute."""
        ...

    def done(self, audit: Audit, now: datetime) -> None:
        """The next one is due a minute after this one was taken."""
        ...

    def next_at(self) -> datetime | None:
        """When somebody may take it; None: at once."""
        ...

    def cases(self, after: int, limit: int) -> Sequence[tuple[Case, Sequence[Pending]]]:
        """Cases that are not closed with numbers above this one, in order, with their timers. Nothing is locked."""
        ...

    def pending(self, number: int) -> Sequence[Pending]:
        """Timers of one case as they are stored."""
        ...

    def backlog(self, now: datetime) -> Backlog:
        """What is owed now, or was a minute ago."""
        ...

    def newest(self) -> int:
        """Id of the newest message in the outbox; 0: there is none."""
        ...

    def unsent(self, said: int, now: datetime, at: float) -> Sequence[Unsent]:
        """Messages up to this id that may go, for `FREE` by now, and don't, announcements left out; the oldest, up to a
        bound.

        Left out too: those in a channel whose line was used within the last minute, or is closed `at` this moment.
        """
        ...

    def passed_over(self, said: int, now: datetime) -> Sequence[str]:
        """Keys of messages up to this id that could go for a minute, while one written later went in the same channel
        within `FREE`, no more urgent than they; announcements left out. The oldest, up to a bound.

        One look isn't enough to tell: what fell out of a digest, or came from another channel, has just begun to wait.
        """
        ...

    def release(self, now: datetime) -> int:
        """Free what is held, or put off, for longer than anybody would; how much that was. A message that is freed is
        looked up in Slack before it is sent."""
        ...

    def reached_since(self, user: str, since: datetime) -> bool:
        """One of the latest messages was a direct one, and got to them since then."""
        ...

    def posted_since(self, channel: str, since: datetime) -> bool:
        """The bot has posted in this channel since then."""
        ...


def drift(planned: Collection[Timer], stored: Iterable[Pending], now: datetime) -> Drift:
    """What is missing among the stored timers of a case, too many, or wrong."""
    wanted = {timer.key: timer for timer in planned}
    held = {each.timer.key: each for each in stored}
    wrong = [key for key, timer in wanted.items() if key in held and _is_wrong(timer, held[key], now)]
    return Drift(tuple(sorted(wanted.keys() - held)), tuple(sorted(held.keys() - wanted)), tuple(sorted(wrong)))


def _is_wrong(wanted: Timer, held: Pending, now: datetime) -> bool:
    if held.timer != wanted or held.fires_at < wanted.due_at:
        return True
    return held.fires_at > max(wanted.due_at, now + LATE)


def awaited(thread: str | None, updates: str | None, after: str | None) -> tuple[str, ...]:
    """Keys of the messages that one with these belongs to."""
    head = thread.removeprefix(POST) if thread is not None and thread.startswith(POST) else None
    return tuple(key for key in (head, updates, after) if key is not None)


def standing_still(unsent: Iterable[Unsent], sendings: Mapping[str, Sending]) -> tuple[str, ...]:
    """Keys of those that nothing excuses: what they wait for is not on its way, or they wait for nothing."""
    on_their_way = {key for key, sending in sendings.items() if not sending.sent and not sending.refused}
    return tuple(each.key for each in unsent if on_their_way.isdisjoint(each.awaits))
