"""Support people who are away: a row each, which ends by itself at its time."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from storage.tables import AwayRow


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
        lasting = or_(AwayRow.until.is_(None), AwayRow.until > now)
        rows = self._session.execute(select(AwayRow.user_id, AwayRow.until).where(lasting))
        return {row.user_id: row.until for row in rows}
