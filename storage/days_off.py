"""Dedicated people's days off: a row a day."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cases.add_ons import DayOff
from storage.tables import DayOffRow


class SqlDaysOff:
    """See `cases.stores.DaysOffStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, user: str) -> Sequence[DayOff]:
        """See `cases.stores.DaysOffStore`."""
        rows = self._session.scalars(select(DayOffRow).where(DayOffRow.user_id == user).order_by(DayOffRow.day))
        return [DayOff(row.day, row.kind) for row in rows]

    def put(self, user: str, days: Iterable[DayOff]) -> None:
        """See `cases.stores.DaysOffStore`."""
        for each in days:
            self._session.merge(DayOffRow(user_id=user, day=each.day, kind=each.kind))
        self._session.flush()

    def remove(self, user: str, days: Iterable[date]) -> None:
        """See `cases.stores.DaysOffStore`."""
        theirs = (DayOffRow.user_id == user, DayOffRow.day.in_(tuple(days)))
        self._session.execute(delete(DayOffRow).where(*theirs))
