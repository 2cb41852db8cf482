"""The doors of the core: what it needs of storage, Slack and the clock. `bot/wiring.py` joins them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from math import inf
from typing import Protocol

from cases.accounts import Account
from cases.add_ons import DayOff
from cases.announcements import Announcement, Sending
from cases.calendars import Calendar
from cases.case import Case, Entry, State
from cases.finding import MOST_FOUND, Found, Search
from cases.intake import Intake
from cases.overview import Attainment, Standing
from cases.policy import CalendarSpec, Program
from cases.reminders import AccountEntry, Reminder
from cases.reviewing import Ticket
from cases.says import Say, SayKind
from cases.timers import Timer

Json = Mapping[str, "Json | list[Json] | str | int | float | bool | None"]
"""A JSON object, as Slack sends it."""

Policies = Mapping[str, Program]
"""Programs by id."""

Calendars = Callable[[CalendarSpec], Calendar]
"""The compiled calendar of a placed spec; cached."""


class Clock(Protocol):
    """The only thing that knows what time it is."""

    def now(self) -> datetime:
        """Aware UTC."""
        ...


class Duty(Protocol):
    """Who is on duty, as Slack knows it."""

    def managers(self) -> tuple[str, ...]:
        """User ids of SUPPORT_MANAGERS, user groups resolved."""
        ...

    def on_call(self) -> str:
        """Mentions of SUPPORT_ENGINEERS in mrkdwn: `<!subteam^S…>` and `<@U…>`."""
        ...

    def absent(self, users: Collection[str], now: datetime) -> frozenset[str]:
        """Those of these user ids whom Slack shows as away, as known by now; whoever isn't known is here.

        Asks nobody, so that it can be used inside a transaction.
        """
        ...


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


@dataclass(frozen=True, slots=True)
class Received:
    """A Slack event as stored before its ack."""

    event_id: str
    payload: Json
    received_at: datetime
    about: str = ""
    """Events about the same are handled in the order in which they came, even if one has to be tried again; or ""."""


class CaseStore(Protocol):
    """Cases and their history."""

    def add(self, case: Case, opening: str) -> Case:
        """Store a new case; the same with its number and revision 1.

        `opening` is the id of its intake: unique, so that a form submitted twice opens one case.
        """
        ...

    def get(self, number: int) -> Case:
        """For change: locked until the transaction ends. Raises NotFound."""
        ...

    def by_message(self, channel: str, ts: str) -> Case | None:
        """The case that a message belongs to: its source, or anything that the bot posted for it."""
        ...

    def by_thread(self, channel: str, thread_ts: str, accounts: Collection[int] | None = None) -> Case | None:
        """The case whose customer thread this is: begun by its source message, or by its card in their channel.

        Where several cases came from one thread: the newest that is not resolved. Of these accounts, or of all.
        """
        ...

    def by_opening(self, intake: str) -> Case | None:
        """The case opened from this intake."""
        ...

    def by_source(self, channel: str, ts: str) -> Case | None:
        """The case opened from this message."""
        ...

    def listing(self, accounts: Collection[int] | None = None, limit: int = 50) -> Sequence[Case]:
        """Cases not resolved, by due time, those with a solution offered last; of these accounts, or of all."""
        ...

    def find(self, search: Search, accounts: Collection[int] | None = None, limit: int = MOST_FOUND) -> Found:
        """Cases in any state that fit, of these accounts or of all: the newest, and how many there are.

        `search.assignee` is a Slack user id, `nobody` or None. What was typed is looked for as it is: `%` is a `%`.
        """
        ...

    def history(self, number: int) -> Sequence[Entry]:
        """Oldest first."""
        ...

    def standings(self, states: Collection[State], accounts: Collection[int] | None = None) -> Sequence[Standing]:
        """How all cases in these states stand, by due time; of these accounts, or of all."""
        ...

    def tickets(self, account: int, since: datetime) -> Sequence[Ticket]:
        """The account's cases that were opened since then or are not over, for a review: nothing is locked."""
        ...

    def several(self, numbers: Collection[int]) -> Mapping[int, Case]:
        """By number, to be read only: nothing is locked. Numbers that no case has are left out."""
        ...

    def attainment(self, since: datetime) -> Sequence[Attainment]:
        """By account: its cases opened since then that a person has answered. Accounts without any are left out."""
        ...


class AccountStore(Protocol):
    """Accounts."""

    def get(self, id: int) -> Account:
        """Raises NotFound."""
        ...

    def hold(self, id: int) -> Account:
        """As `get`, locked until the transaction ends."""
        ...

    def by_name(self, name: str) -> Account | None: ...

    def in_channel(self, channel: str) -> Sequence[Account]: ...

    def of_team(self, team: str) -> Sequence[Account]:
        """Those that name this Slack team as theirs; by name."""
        ...

    def all(self) -> Sequence[Account]:
        """By name."""
        ...

    def put(self, account: Account) -> Account:
        """Insert, or replace the one of the same name; the same with its id. See `cases.keeping.keep`."""
        ...

    def remember(self, id: int, entries: Iterable[AccountEntry]) -> None:
        """Append to the account's history. See `cases.keeping.happened`."""
        ...

    def history(self, id: int) -> Sequence[AccountEntry]:
        """Oldest first."""
        ...


class ReminderStore(Protocol):
    """Pending reminders of all accounts."""

    def claim_due(self, now: datetime) -> tuple[int, Reminder] | None:
        """The earliest due reminder and its account's id, locked for this transaction; None: nothing is due.

        Rows that another process holds, and rows postponed past `now`, are passed over.
        """
        ...

    def postpone(self, account: int, key: str, until: datetime) -> None:
        """Firing failed: leave it alone until then. Nothing is dropped."""
        ...

    def next_due_at(self) -> datetime | None:
        """The earliest pending reminder (postponed ones at the time they were postponed to)."""
        ...

    def all(self) -> Sequence[tuple[int, Reminder]]:
        """With the account's id, by due time."""
        ...

    def replace(self, account: int, reminders: Iterable[Reminder]) -> None:
        """Make the account's pending reminders these. One that is planned again is no longer postponed."""
        ...


class AwayStore(Protocol):
    """Support people who said that they are away."""

    def go(self, user: str, until: datetime | None) -> None:
        """From now until then; None: until they say that they are back."""
        ...

    def back(self, user: str) -> None: ...

    def people(self, now: datetime) -> Mapping[str, datetime | None]:
        """Who is away now, by user id, and until when."""
        ...


class AnnouncementStore(Protocol):
    """Announcements, from their empty form on."""

    def add(self, announcement: Announcement) -> None: ...

    def put(self, announcement: Announcement) -> None:
        """Replace the one of this id."""
        ...

    def get(self, id: str) -> Announcement:
        """For change: locked until the transaction ends. Raises NotFound."""
        ...

    def sent(self, limit: int) -> Sequence[Announcement]:
        """Those that were sent, the newest first."""
        ...


class DaysOffStore(Protocol):
    """Days on which dedicated people are not there."""

    def of(self, user: str) -> Sequence[DayOff]:
        """By day."""
        ...

    def put(self, user: str, days: Iterable[DayOff]) -> None:
        """A day that is there already is of this kind now."""
        ...

    def remove(self, user: str, days: Iterable[date]) -> None: ...


class IntakeStore(Protocol):
    """Requests to open a case."""

    def add(self, intake: Intake) -> None: ...

    def get(self, id: str) -> Intake:
        """Raises NotFound."""
        ...

    def by_source(self, channel: str, ts: str) -> Intake | None: ...

    def answered(self, id: str, article: str, at: datetime) -> None:
        """An article was enough."""
        ...

    def count_answered(self, channels: Collection[str]) -> int:
        """Requests from these channels that an article answered, and that opened no case after all."""
        ...


class TimerStore(Protocol):
    """Pending timers of all cases."""

    def claim_due(self, now: datetime) -> tuple[int, Timer] | None:
        """The earliest due timer and its case's number, locked for this transaction; None: nothing is due.

        Rows that another process holds, and rows postponed past `now`, are passed over.
        """
        ...

    def postpone(self, case: int, key: str, until: datetime) -> None:
        """Firing failed: leave it alone until then. Nothing is dropped."""
        ...

    def next_due_at(self) -> datetime | None:
        """The earliest pending timer (postponed ones at the time they were postponed to)."""
        ...

    def of_case(self, number: int) -> Sequence[Timer]:
        """By due time."""
        ...


ANNOUNCEMENTS = "announcements"
"""Among the `busy` of `OutboxStore`: no announcement may go now."""


class OutboxStore(Protocol):
    """What must be said, and where what was said ended up."""

    def add(self, say: Say) -> bool:
        """False: its key exists already, and nothing was added."""
        ...

    def said(self, case: int, kind: SayKind) -> Sequence[Say]:
        """All says of a kind for a case that post something new (not updates, not ephemeral), oldest first."""
        ...

    def post_of(self, key: str) -> Post | None:
        """Where the say of this key was posted; None: not yet, or never."""
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

    def remember_file(self, id: int, file: str | None, instead_of: str | None) -> bool:
        """The file that was uploaded for this one, before it is shared. False: somebody else has changed it since."""
        ...

    def give_up(self, id: int, error: str, now: datetime) -> None:
        """Slack refuses it for good; kept, with the reason."""
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
        """False: this event id was received before."""
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


class UnitOfWork(Protocol):
    """One transaction. Leaving the `with` block commits it; an exception rolls it back."""

    @property
    def cases(self) -> CaseStore: ...
    @property
    def accounts(self) -> AccountStore: ...
    @property
    def announcements(self) -> AnnouncementStore: ...
    @property
    def intakes(self) -> IntakeStore: ...
    @property
    def away(self) -> AwayStore: ...
    @property
    def days_off(self) -> DaysOffStore: ...
    @property
    def timers(self) -> TimerStore: ...
    @property
    def reminders(self) -> ReminderStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def inbox(self) -> InboxStore: ...
    @property
    def lines(self) -> LineStore: ...

    def save(self, case: Case, timers: Iterable[Timer], entries: Iterable[Entry], says: Iterable[Say]) -> Case:
        """Write a change whole: the case (its revision checked and raised), its pending timers replaced by `timers`,
        its history appended, what must be said added to the outbox. Participants follow from the case.

        Raises:
            Conflict: somebody else changed the case since it was read.
        """
        ...


class Conflict(Exception):
    """The case was changed by another writer in the meantime; the transaction is rolled back and may be tried again."""


class StorageUnavailable(Exception):
    """The database can't be reached or written now. Nothing of the transaction is kept; it may be tried again later."""


UnitsOfWork = Callable[[], AbstractContextManager[UnitOfWork]]
"""Begins a transaction for writing. Beginning, using and leaving it may raise StorageUnavailable."""
