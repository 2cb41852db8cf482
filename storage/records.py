"""Records that go for good: closed cases down to their figures, and rows of the queues that nothing needs any more."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    CursorResult,
    Delete,
    Select,
    Update,
    and_,
    delete,
    exists,
    func,
    select,
    type_coerce,
    update,
)
from sqlalchemy.orm import Session, aliased

from cases.case import Case, State
from cases.people import Person
from cases.ports import Conflict
from cases.pruning import pruned, pruned_entry
from cases.pseudonyms import Pseudonyms
from cases.says import SayKind
from storage.account_tables import AccountHistoryRow, AccountRow
from storage.base import SayState
from storage.cases import case_of, entry_of, line_of, values_of
from storage.queue_tables import InboxRow, OutboxRow, TimerRow
from storage.tables import CaseRow, HistoryRow, IntakeRow, ParticipantRow

POSTGRESQL_LOCK = 0xCA5EC10D
NEEDED_BY_NOTHING = frozenset(
    {
        SayKind.INVITE,
        SayKind.REVIEW,
        SayKind.REVIEW_FILE,
        SayKind.REVIEW_TOLD,
        SayKind.REPORT,
        SayKind.REPORT_FILE,
        SayKind.BRIEFING,
        SayKind.HAND_OVER,
        SayKind.LEFT_REQUEST,
        SayKind.SHIFT,
    }
)
"""About no case, and never drawn anew. Welcomes, meetings and announcements are looked up for as long as they stand."""
NOBODY = Person("nobody", "")


class SqlRecords:
    """See `cases.records.RecordStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def alone(self) -> bool:
        """SQLite's transaction holds the write lock already; PostgreSQL needs a lock to agree on."""
        if self._session.get_bind().dialect.name != "postgresql":
            return True
        return bool(self._session.scalar(select(func.pg_try_advisory_xact_lock(POSTGRESQL_LOCK))))

    def prunable(self, closed_before: datetime, limit: int) -> Sequence[Case]:
        """See `cases.records.RecordStore`. Passes over a case that somebody is changing."""
        rows = select(CaseRow).where(*_whole(), CaseRow.closed_at < closed_before)
        return self._locked(rows.order_by(CaseRow.closed_at, CaseRow.number).limit(limit))

    def of_account(self, account: int, limit: int) -> Sequence[Case]:
        """See `cases.records.RecordStore`."""
        rows = select(CaseRow).where(*_whole(), CaseRow.account == account)
        return self._locked(rows.order_by(CaseRow.number).limit(limit))

    def count_of_account(self, account: int) -> int:
        """See `cases.records.RecordStore`."""
        whole = select(func.count()).where(CaseRow.account == account, CaseRow.pruned_at.is_(None))
        return self._session.scalar(whole) or 0

    def unsent_of_account(self, account: int) -> int:
        """See `cases.records.RecordStore`."""
        closed = select(func.count()).where(CaseRow.account == account, CaseRow.state == State.CLOSED, _unsent())
        return self._session.scalar(closed) or 0

    def rename_account(self, account: int, name: str, people: Pseudonyms) -> None:
        """See `cases.records.RecordStore`."""
        self._session.execute(select(AccountRow.id).where(AccountRow.id == account).with_for_update())
        if self.count_of_account(account):
            raise Conflict("a case of it was opened in the meantime")
        self._changed(update(AccountRow).where(AccountRow.id == account).values(name=name))
        self._changed(update(CaseRow).where(CaseRow.account == account).values(account_name=name))
        for row in self._session.scalars(select(AccountHistoryRow).where(AccountHistoryRow.account == account)):
            who = people.of(row.who) if row.who else None
            line = {"who": who, "why": "", "about": row.about.split(":")[0]}
            self._changed(update(AccountHistoryRow).where(AccountHistoryRow.id == row.id).values(line))

    def prune(self, case: Case, now: datetime, names: Pseudonyms) -> None:
        """See `cases.records.RecordStore`."""
        of_case = CaseRow.number == case.number
        left = values_of(pruned(case, names)) | {"pruned_at": now, "tidied": True}
        opening = select(CaseRow.opening).where(of_case).scalar_subquery()
        self._session.execute(delete(IntakeRow).where(IntakeRow.id == opening))
        self._session.execute(update(CaseRow).where(of_case).values(left))
        for row in self._session.scalars(select(HistoryRow).where(HistoryRow.case_number == case.number)):
            line = line_of(case.number, pruned_entry(entry_of(row), names))
            self._session.execute(update(HistoryRow).where(HistoryRow.id == row.id).values(line))
        for table in (ParticipantRow, TimerRow, OutboxRow):
            self._session.execute(delete(table).where(table.case_number == case.number))

    def drop_redraws(self, closed_before: datetime, limit: int) -> int:
        """See `cases.records.RecordStore`. What a message shows, and where it stands, stays known."""
        closed = (CaseRow.state == State.CLOSED, CaseRow.closed_at < closed_before, ~CaseRow.tidied)
        some = select(CaseRow.number).where(*closed).order_by(CaseRow.closed_at).limit(limit)
        numbers = self._session.scalars(some.with_for_update(skip_locked=True)).all()
        newer = aliased(OutboxRow)
        later = select(newer.id).where(newer.updates == OutboxRow.updates, newer.id > OutboxRow.id)
        overtaken = and_(OutboxRow.updates.is_not(None), exists(later.where(newer.state == SayState.SENT)))
        theirs = OutboxRow.case_number.in_(numbers)
        self._changed(delete(OutboxRow).where(theirs, OutboxRow.settled_at.is_not(None), overtaken))
        return self._changed(update(CaseRow).where(CaseRow.number.in_(numbers)).values(tidied=True))

    def drop_handled(self, before: datetime, limit: int) -> int:
        """See `cases.records.RecordStore`."""
        handled = select(InboxRow.id).where(InboxRow.handled_at < before)
        return self._changed(_these(InboxRow, handled.order_by(InboxRow.handled_at).limit(limit)))

    def drop_settled(self, before: datetime, limit: int) -> int:
        """See `cases.records.RecordStore`."""
        settled = and_(OutboxRow.case_number.is_(None), OutboxRow.settled_at < before)
        old = select(OutboxRow.id).where(settled, OutboxRow.kind.in_(NEEDED_BY_NOTHING))
        return self._changed(_these(OutboxRow, old.order_by(OutboxRow.id).limit(limit)))

    def drop_requests(self, before: datetime, limit: int) -> int:
        """See `cases.records.RecordStore`."""
        caseless = and_(IntakeRow.created_at < before, ~exists().where(CaseRow.opening == IntakeRow.id))
        unanswered = select(IntakeRow.id).where(caseless, IntakeRow.answered_with.is_(None)).limit(limit)
        someones = type_coerce(IntakeRow.asked_by, JSON)["user"].as_string() != NOBODY.user
        answered = select(IntakeRow.id).where(caseless, IntakeRow.answered_with.is_not(None), someones).limit(limit)
        gone = self._changed(_these(IntakeRow, unanswered))
        emptied = {"asked_by": NOBODY, "source": None, "source_channel": None, "source_ts": None, "text": ""}
        return gone + self._changed(update(IntakeRow).where(IntakeRow.id.in_(answered)).values(emptied))

    def _locked(self, rows: Select[CaseRow]) -> Sequence[Case]:
        return [case_of(row) for row in self._session.scalars(rows.with_for_update(of=CaseRow, skip_locked=True))]

    def _changed(self, statement: Delete | Update) -> int:
        done = self._session.execute(statement, execution_options={"synchronize_session": False})
        assert isinstance(done, CursorResult)  # noqa: S101 - narrows the type of SQLAlchemy's answer
        return done.rowcount


def _whole() -> tuple[ColumnElement[bool], ...]:
    """Closed, kept whole, and all is said of it."""
    return CaseRow.pruned_at.is_(None), CaseRow.state == State.CLOSED, ~_unsent()


def _unsent() -> ColumnElement[bool]:
    return exists().where(OutboxRow.case_number == CaseRow.number, OutboxRow.state == SayState.WAITING)


def _these(row: type[InboxRow] | type[OutboxRow] | type[IntakeRow], ids: Select[int] | Select[str]) -> Delete:
    return delete(row).where(row.id.in_(ids))
