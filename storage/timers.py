"""Pending timers. Holding a timer is a row lock in the transaction that fires it: a crash gives it back at once."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.orm import Session

from cases.timers import Timer, TimerKind
from storage.queue_tables import TimerRow
from storage.tables import CaseRow

CLEAR = delete(TimerRow.__table__).where(TimerRow.case_number == bindparam("of_case"))  # type: ignore[arg-type]
PLAN = insert(TimerRow.__table__)  # type: ignore[arg-type]
NOW = bindparam("now", type_=TimerRow.__table__.c.due_at.type)
# None fires before it is due: so the index on `due_at` is read up to `now`, in the order that is wanted.
DUE = (
    select(TimerRow)
    .join(CaseRow, CaseRow.number == TimerRow.case_number)
    .where(TimerRow.due_at <= NOW, TimerRow.fires_at <= NOW)
    .order_by(TimerRow.due_at, TimerRow.case_number, TimerRow.key)
    .limit(1)
    .with_for_update(of=[TimerRow, CaseRow], skip_locked=True)
)
"""All made once, as `storage.inserts` says."""


class SqlTimers:
    """See `cases.due_stores.TimerStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def claim_due(self, now: datetime) -> tuple[int, Timer] | None:
        """Locks the case too, and passes over one that somebody is changing: who never waits can't deadlock."""
        row = self._session.scalar(DUE, {"now": now})
        return None if row is None else (row.case_number, timer_of(row))

    def postpone(self, case: int, key: str, until: datetime) -> None:
        """See `cases.due_stores.TimerStore`."""
        row = (TimerRow.case_number == case, TimerRow.key == key)
        self._session.execute(update(TimerRow).where(*row).values(fires_at=until))

    def next_due_at(self) -> datetime | None:
        """See `cases.due_stores.TimerStore`."""
        return self._session.scalar(select(func.min(TimerRow.fires_at)))

    def with_rung_by(self, until: datetime) -> frozenset[int]:
        """See `cases.due_stores.TimerStore`."""
        rungs = select(TimerRow.case_number).where(TimerRow.due_at <= until, TimerRow.kind == TimerKind.RUNG)
        return frozenset(self._session.scalars(rungs))

    def of_case(self, number: int) -> Sequence[Timer]:
        """See `cases.due_stores.TimerStore`."""
        rows = select(TimerRow).where(TimerRow.case_number == number).order_by(TimerRow.due_at, TimerRow.key)
        return [timer_of(row) for row in self._session.scalars(rows)]

    def replace(self, number: int, timers: Iterable[Timer]) -> None:
        """Make the case's pending timers these. One that is planned again is no longer postponed."""
        connection = self._session.connection()
        connection.execute(CLEAR, {"of_case": number})
        rows = [_values(number, timer) for timer in sorted(timers, key=lambda timer: timer.key)]
        if rows:
            connection.execute(PLAN, rows)


def timer_of(row: TimerRow) -> Timer:
    """The value that a row holds."""
    return Timer(key=row.key, kind=row.kind, due_at=row.due_at, number=row.number)


def _values(number: int, timer: Timer) -> dict[str, object]:
    return {
        "case_number": number,
        "key": timer.key,
        "kind": timer.kind,
        "number": timer.number,
        "due_at": timer.due_at,
        "fires_at": timer.due_at,
    }
