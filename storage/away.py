"""Support people who are away: a row each, which ends by itself at its time."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, delete, or_, select
from sqlalchemy.orm import Session

from storage.tables import AwayRow

LASTS = or_(AwayRow.until.is_(None), AwayRow.until > bindparam("now", type_=AwayRow.__table__.c.until.type))
AWAY = select(AwayRow.user_id, AwayRow.until).where(LASTS)
"""Made once, as `storage.inserts` says."""


class SqlAway:
    """See `cases.stores.AwayStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def go(self, user: str, until: datetime | None) -> None:
        """See `cases.stores.AwayStore`."""
        self._session.merge(AwayRow(user_id=user, until=until))
        self._session.flush()

    def back(self, user: str) -> None:
        """See `cases.stores.AwayStore`."""
        self._session.execute(delete(AwayRow).where(AwayRow.user_id == user))

    def people(self, now: datetime) -> Mapping[str, datetime | None]:
        """See `cases.stores.AwayStore`."""
        rows = self._session.execute(AWAY, {"now": now})
        return {row.user_id: row.until for row in rows}
