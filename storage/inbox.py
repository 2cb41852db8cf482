"""Slack's events, stored before they are acknowledged and handled after."""

from dataclasses import fields
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from cases.ports import Received
from storage.inserts import insert_new
from storage.tables import InboxRow

FIELDS = tuple(field.name for field in fields(Received))
PENDING = InboxRow.handled_at.is_(None)


class SqlInbox:
    """See `cases.ports.InboxStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, event: Received) -> bool:
        """See `cases.ports.InboxStore`."""
        values = {name: getattr(event, name) for name in FIELDS}
        return (
            insert_new(self._session, InboxRow, values | {"ready_at": event.received_at, "attempts": 0, "error": ""})
            is not None
        )

    def next(self, now: datetime) -> Received | None:
        """Passes over an event that another process holds in its transaction."""
        oldest = select(InboxRow).where(PENDING, _in_turn(), InboxRow.ready_at <= now).order_by(InboxRow.id).limit(1)
        row = self._session.scalar(oldest.with_for_update(skip_locked=True))
        return None if row is None else Received(**{name: getattr(row, name) for name in FIELDS})

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
        return self._session.scalar(select(func.min(InboxRow.ready_at)).where(PENDING, _in_turn()))


def _in_turn() -> ColumnElement[bool]:
    """No older event about the same is pending."""
    older = aliased(InboxRow)
    same = select(older.id).where(older.handled_at.is_(None), older.about == InboxRow.about, older.id < InboxRow.id)
    return or_(InboxRow.about == "", ~exists(same))
