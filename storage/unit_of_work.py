"""One transaction over everything that is remembered, and the place where SQLAlchemy's errors end."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from cases.case import Case, Entry
from cases.ports import UnitOfWork
from cases.queues import Queue
from cases.says import Say
from cases.timers import Timer
from storage.accounts import SqlAccounts
from storage.announcements import SqlAnnouncements
from storage.audits import SqlAudits
from storage.away import SqlAway
from storage.cases import SqlCases
from storage.channels import SqlChannels
from storage.database import for_reading
from storage.days_off import SqlDaysOff
from storage.errors import translated
from storage.hearing import SqlHearing
from storage.inbox import SqlInbox
from storage.intakes import SqlIntakes
from storage.lines import SqlLines
from storage.loaded import SqlLoaded
from storage.outbox import SqlOutbox
from storage.parcels import SqlParcels
from storage.participants import replace_participants
from storage.records import SqlRecords
from storage.reminders import SqlReminders
from storage.routines import SqlRoutines
from storage.timers import SqlTimers
from storage.traces import SqlTraces
from storage.troubles import SqlTroubles
from storage.writes import notice_writes, wrote


class SqlUnitOfWork:
    """See `cases.ports.UnitOfWork`."""

    def __init__(self, session: Session, *, locks: bool) -> None:
        self._session = session
        self.cases = SqlCases(session, locks=locks)
        self.accounts = SqlAccounts(session)
        self.announcements = SqlAnnouncements(session)
        self.intakes = SqlIntakes(session)
        self.away = SqlAway(session)
        self.days_off = SqlDaysOff(session)
        self.timers = SqlTimers(session)
        self.reminders = SqlReminders(session)
        self.routines = SqlRoutines(session)
        self.outbox = SqlOutbox(session)
        self.parcels = SqlParcels(session)
        self.inbox = SqlInbox(session)
        self.lines = SqlLines(session)
        self.records = SqlRecords(session)
        self.traces = SqlTraces(session)
        self.troubles = SqlTroubles(session)
        self.audits = SqlAudits(session)
        self.channels = SqlChannels(session)
        self.hearing = SqlHearing(session)
        self.loaded = SqlLoaded(session)

    def save(self, case: Case, timers: Iterable[Timer], entries: Iterable[Entry], says: Iterable[Say]) -> Case:
        """See `cases.ports.UnitOfWork`."""
        saved = self.cases.change(case)
        self.timers.replace(saved.number, timers)
        self.cases.remember(saved.number, entries)
        replace_participants(self._session, saved)
        self.outbox.add_all(says)
        return saved


def wake_nobody(changed: Collection[Queue]) -> None:
    """Where nobody works the queues off, or whoever does looks by itself."""


class SqlUnitsOfWork:
    """Begins units of work; `after_commit` is told the queues that each one changed, if it did."""

    def __init__(self, engine: Engine, after_commit: Callable[[Collection[Queue]], None] = wake_nobody) -> None:
        self._engine = engine
        self._reader = for_reading(engine)
        self._after_commit = after_commit
        notice_writes(engine)

    def __call__(self) -> AbstractContextManager[UnitOfWork]:
        """The transaction begins at once: on SQLite, with the write lock. Raises StorageUnavailable."""
        return self._transaction()

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """See `cases.ports.UnitsOfWork`. It ends by being rolled back."""
        with translated(), _session(self._reader) as session:
            yield SqlUnitOfWork(session, locks=False)

    @contextmanager
    def _transaction(self) -> Iterator[UnitOfWork]:
        with translated(), _session(self._engine) as session, session.begin():
            connection = session.connection()
            yield SqlUnitOfWork(session, locks=True)
            changed = wrote(connection)
        if changed:
            self._after_commit(changed)


def _session(engine: Engine) -> Session:
    """Rows are changed without its identity map, so what is read again is read from the database."""
    return Session(engine, execution_options={"populate_existing": True})
