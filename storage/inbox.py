"""Slack's events, stored before they are acknowledged and handled after."""

from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from cases.ports import Received
from storage.inserts import insert_new
from storage.tables import InboxRow

PENDING = InboxRow.handled_at.is_(None)


class SqlInbox:
    """See `cases.ports.InboxStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, event: Received) -> bool:
        """See `cases.ports.InboxStore`."""
        values = {"event_id": event.event_id, "payload": event.payload, "received_at": event.received_at}
        return (
            insert_new(self._session, InboxRow, values | {"ready_at": event.received_at, "attempts": 0, "error": ""})
            is not None
        )

    def next(self, now: datetime) -> Received | None:
        """Passes over an event that another process holds in its transaction."""
        oldest = select(InboxRow).where(PENDING, InboxRow.ready_at <= now).order_by(InboxRow.id).limit(1)
        row = self._session.scalar(oldest.with_for_update(skip_locked=True))
        return None if row is None else Received(row.event_id, row.payload, row.received_at)

    def handled(self, event_id: str, now: datetime) -> bool:
        """See `cases.ports.InboxStore`."""
        done = update(InboxRow).where(InboxRow.event_id == event_id, PENDING).values(handled_at=now)
        return self._session.connection().execute(done).rowcount == 1

    def postpone(self, event_id: str, until: datetime, error: str) -> None:
        """See `cases.ports.InboxStore`."""
        again = {"ready_at": until, "error": error, "attempts": InboxRow.attempts + 1}
        self._session.execute(update(InboxRow).where(InboxRow.event_id == event_id, PENDING).values(again))

    def next_ready_at(self) -> datetime | None:
        """See `cases.ports.InboxStore`."""
        return self._session.scalar(select(func.min(InboxRow.ready_at)).where(PENDING))
