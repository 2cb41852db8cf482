"""What is remembered of customers and their cases: the doors to storage, each a table or two."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from cases.accounts import Account
from cases.add_ons import DayOff
from cases.announcements import Announcement
from cases.briefing import Labelled
from cases.case import Case, Entry, State
from cases.finding import MOST_FOUND, Found, Search
from cases.intake import Intake
from cases.outcomes import Happened
from cases.overview import Attainment, Standing
from cases.reminders import AccountEntry
from cases.reviewing import Ticket
from cases.says import SayKind


class CaseStore(Protocol):
    """Cases and their history."""

    def add(self, case: Case, opening: str) -> Case:
        """Store a new case; the same with its number and revision 1.

        `opening` is the id of its intake: unique, so that a form submitted twice opens one case.
        """
        ...

    def get(self, number: int) -> Case:
        """For change: locked until the transaction ends. Raises UnknownCase; PrunedCase: it is no longer kept."""
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

    def each_listed(self, limit: int) -> Iterator[Case]:
        """As `listing`, of all accounts: a few at a time, from the transaction."""
        ...

    def find(self, search: Search, accounts: Collection[int] | None = None, limit: int = MOST_FOUND) -> Found:
        """Cases in any state that fit, of these accounts or of all: the newest, and how many there are. None is pruned.

        `search.assignee` is a Slack user id, `nobody` or None. What was typed is looked for as it is: `%` is a `%`.
        """
        ...

    def history(self, number: int) -> Sequence[Entry]:
        """Oldest first."""
        ...

    def happened(self, since: datetime) -> Sequence[Happened]:
        """The whole history, as far as figures need it, of each case that is not closed or of which a line is that
        recent: by case, then as it was written. Nothing is locked."""
        ...

    def labelled(self, program: str, states: Collection[State]) -> Mapping[int, Labelled]:
        """What lists say of this program's cases in these states, by number: nothing is locked."""
        ...

    def past(self, since: datetime, after: int, limit: int) -> Sequence[tuple[Case, Sequence[Entry]]]:
        """Cases opened since then that are kept whole, with numbers above this one, in order; each with its history."""
        ...

    def kept(self, since: datetime) -> tuple[int, int]:
        """How many cases opened since then are kept whole, and how many are pruned."""
        ...

    def pinned(self) -> Mapping[tuple[str, str], Sequence[int]]:
        """Numbers of the cases that are not closed, by program and the version of it that is stamped on them."""
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
        """By account: its cases opened since then that a person has answered or should have by now. Accounts without
        any are left out."""
        ...


class AccountStore(Protocol):
    """Accounts."""

    def get(self, id: int) -> Account:
        """Raises NotFound."""
        ...

    def hold(self, id: int) -> Account:
        """As `get`, locked until the transaction ends."""
        ...

    def managers(self, id: int) -> tuple[str, ...]:
        """Of support, named for this account; none: those of the settings are told. Read alone, for each rung."""
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


class ChannelStore(Protocol):
    """Slack's channels, wherever something speaks of them."""

    def move(self, old: str, new: str) -> None:
        """Slack gave a channel another id: accounts, cases, requests, what was said there and what waits to be said.
        From now on `moved` names it.

        An announcement that was sent keeps the ids that it was sent to.
        """
        ...

    def moved(self) -> Mapping[str, str]:
        """Ids as they are now by those that they were."""
        ...

    def say_again(self, old: str, new: str, since: datetime, told_elsewhere: Collection[SayKind] = ()) -> Sequence[str]:
        """What was refused there since then because the old id was nothing any more goes to the new one; its keys.

        Not replies and announcements: who sent those was told that they failed. Nor messages of kinds that were
        `told_elsewhere`, though what was to redraw them is.
        """
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
