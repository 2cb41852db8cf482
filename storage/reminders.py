"""Pending reminders of accounts. Holding one is a row lock in the transaction that fires it, as with timers."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from cases.reminders import Reminder
from storage.account_tables import AccountRow
from storage.queue_tables import ReminderRow


class SqlReminders:
    """See `cases.due_stores.ReminderStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim_due(self, now: datetime) -> tuple[int, Reminder] | None:
        """See `cases.due_stores.ReminderStore`. Locks the account too."""
        due = select(ReminderRow).join(AccountRow, AccountRow.id == ReminderRow.account)
        earliest = (
            due.where(ReminderRow.fires_at <= now)
            .order_by(ReminderRow.due_at, ReminderRow.account, ReminderRow.key)
            .limit(1)
        )
        row = self._session.scalar(earliest.with_for_update(of=[ReminderRow, AccountRow], skip_locked=True))
        return None if row is None else (row.account, _reminder(row))

    def postpone(self, account: int, key: str, until: datetime) -> None:
        """See `cases.due_stores.ReminderStore`."""
        row = (ReminderRow.account == account, ReminderRow.key == key)
        self._session.execute(update(ReminderRow).where(*row).values(fires_at=until))

    def next_due_at(self) -> datetime | None:
        """See `cases.due_stores.ReminderStore`."""
        return self._session.scalar(select(func.min(ReminderRow.fires_at)))

    def all(self) -> Sequence[tuple[int, Reminder]]:
        """See `cases.due_stores.ReminderStore`."""
        rows = select(ReminderRow).order_by(ReminderRow.due_at, ReminderRow.account, ReminderRow.key)
        return [(row.account, _reminder(row)) for row in self._session.scalars(rows)]

    def replace(self, account: int, reminders: Iterable[Reminder]) -> None:
        """See `cases.due_stores.ReminderStore`."""
        self._session.execute(delete(ReminderRow).where(ReminderRow.account == account))
        rows = [_values(account, each) for each in sorted(reminders, key=lambda each: each.key)]
        if rows:
            self._session.execute(insert(ReminderRow), rows)


def _reminder(row: ReminderRow) -> Reminder:
    return Reminder(key=row.key, kind=row.kind, due_at=row.due_at)


def _values(account: int, reminder: Reminder) -> dict[str, object]:
    return {
        "account": account,
        "key": reminder.key,
        "kind": reminder.kind,
        "due_at": reminder.due_at,
        "fires_at": reminder.due_at,
    }
