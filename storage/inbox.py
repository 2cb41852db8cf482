"""Slack's events, stored before they are acknowledged and handled after."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from cases.queues import Received
from storage.inserts import insert_new
from storage.queue_tables import InboxRow

FIELDS = tuple(field.name for field in fields(Received))
PENDING = InboxRow.handled_at.is_(None)
AT_A_TIME = 20
"""Events held in memory, of all that were ever stored of a thread."""
LEASE = timedelta(seconds=30)
"""How long an event is its taker's alone."""
FREE_AT = func.coalesce(InboxRow.leased_until, InboxRow.ready_at)


class SqlInbox:
    """See `cases.queues.InboxStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, event: Received) -> bool:
        """See `cases.queues.InboxStore`."""
        values = {name: getattr(event, name) for name in FIELDS}
        return (
            insert_new(self._session, InboxRow, values | {"ready_at": event.received_at, "attempts": 0, "error": ""})
            is not None
        )

    def next(self, now: datetime) -> Received | None:
        """Passes over an event that another process is taking."""
        oldest = select(InboxRow).where(PENDING, _in_turn(), now >= FREE_AT).order_by(InboxRow.id).limit(1)
        row = self._session.scalar(oldest.with_for_update(skip_locked=True))
        if row is None:
            return None
        event = _received(row)
        self._session.execute(update(InboxRow).where(InboxRow.id == row.id).values(leased_until=now + LEASE))
        return event

    def handled(self, event_id: str, now: datetime) -> bool:
        """See `cases.queues.InboxStore`."""
        done = update(InboxRow).where(InboxRow.event_id == event_id, PENDING).values(handled_at=now)
        return self._session.connection().execute(done).rowcount == 1

    def postpone(self, event_id: str, until: datetime, error: str) -> None:
        """See `cases.queues.InboxStore`."""
        again = {"ready_at": until, "leased_until": None, "error": error, "attempts": InboxRow.attempts + 1}
        self._session.execute(update(InboxRow).where(InboxRow.event_id == event_id, PENDING).values(again))

    def next_ready_at(self) -> datetime | None:
        """See `cases.queues.InboxStore`."""
        return self._session.scalar(select(func.min(FREE_AT)).where(PENDING, _in_turn()))

    def before(self, event: Received) -> Sequence[Received]:
        """See `cases.queues.InboxStore`."""
        its_id = select(InboxRow.id).where(InboxRow.event_id == event.event_id).scalar_subquery()
        rows = select(InboxRow).where(InboxRow.about == event.about, InboxRow.id < its_id).order_by(InboxRow.id)
        return [_received(row) for row in self._session.scalars(rows)]

    def about(self, what: str) -> Iterator[Received]:
        """See `cases.queues.InboxStore`."""
        rows = select(InboxRow).where(InboxRow.about == what).order_by(InboxRow.id)
        return map(_received, self._session.scalars(rows, execution_options={"yield_per": AT_A_TIME}))

    def release_leases(self) -> None:
        """As of the outbox: only on SQLite."""
        if self._session.get_bind().dialect.name != "postgresql":
            self._session.execute(update(InboxRow).where(PENDING).values(leased_until=None))


def _received(row: InboxRow) -> Received:
    return Received(**{name: getattr(row, name) for name in FIELDS})


def _in_turn() -> ColumnElement[bool]:
    """No older event about the same is pending."""
    older = aliased(InboxRow)
    same = select(older.id).where(older.handled_at.is_(None), older.about == InboxRow.about, older.id < InboxRow.id)
    return or_(InboxRow.about == "", ~exists(same))
