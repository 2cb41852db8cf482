"""The doors of the core: what it needs of storage, Slack and the clock. `bot/wiring.py` joins them."""

from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from cases.audit import AuditStore
from cases.calendars import Calendar
from cases.case import Case, Entry
from cases.due_stores import ReminderStore, RoutineStore, TimerStore
from cases.hearing import HearingStore
from cases.hours import CalendarSpec
from cases.loading import LoadedStore
from cases.parcels import ParcelStore
from cases.policy import Program
from cases.queues import InboxStore, LineStore, OutboxStore
from cases.records import RecordStore
from cases.says import Say
from cases.stores import AccountStore, AnnouncementStore, AwayStore, CaseStore, ChannelStore, DaysOffStore, IntakeStore
from cases.timers import Timer
from cases.traces import TraceStore
from cases.troubles import TroubleStore

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

    def managers_known(self) -> tuple[str, ...]:
        """`managers` as known by now. Asks nobody, so that it can be used inside a transaction."""
        ...

    def engineers_known(self) -> tuple[str, ...]:
        """User ids of SUPPORT_ENGINEERS as known by now. Asks nobody, as `managers_known`."""
        ...

    def on_call(self) -> str:
        """Mentions of SUPPORT_ENGINEERS in mrkdwn: `<!subteam^S…>` and `<@U…>`."""
        ...

    def absent(self, users: Collection[str], now: datetime) -> frozenset[str]:
        """Those of these user ids whom Slack shows as away, as known by now; whoever isn't known is here.

        Asks nobody, so that it can be used inside a transaction.
        """
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
    def routines(self) -> RoutineStore: ...
    @property
    def outbox(self) -> OutboxStore: ...
    @property
    def parcels(self) -> ParcelStore: ...
    @property
    def inbox(self) -> InboxStore: ...
    @property
    def lines(self) -> LineStore: ...
    @property
    def records(self) -> RecordStore: ...
    @property
    def traces(self) -> TraceStore: ...
    @property
    def troubles(self) -> TroubleStore: ...
    @property
    def audits(self) -> AuditStore: ...
    @property
    def channels(self) -> ChannelStore: ...
    @property
    def hearing(self) -> HearingStore: ...
    @property
    def loaded(self) -> LoadedStore: ...

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


class UnitsOfWork(Protocol):
    """Begins transactions. Beginning, using and leaving one may raise StorageUnavailable."""

    def __call__(self) -> AbstractContextManager[UnitOfWork]:
        """For writing: what it reads stays as it was read until it ends."""
        ...

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """For reading alone: it waits for no writer and keeps none waiting. What it wrote would be gone."""
        ...
