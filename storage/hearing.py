"""Until when Slack was heard, in one row."""

from datetime import datetime

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from cases.hearing import AHEAD, Heard
from storage.inserts import insert_new
from storage.queue_tables import HearingRow

ROW = 1


class SqlHearing:
    """See `cases.hearing.HearingStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self) -> Heard | None:
        """See `cases.hearing.HearingStore`."""
        row = self._session.scalar(select(HearingRow))
        return Heard(row.began, row.until, row.owed) if row is not None else None

    def heard(self, now: datetime) -> None:
        """See `cases.hearing.HearingStore`."""
        wrong = or_(HearingRow.until < now, HearingRow.until > now + AHEAD)
        later = update(HearingRow).where(HearingRow.id == ROW, wrong).values(until=now)
        if self._session.connection().execute(later).rowcount == 0:
            insert_new(self._session, HearingRow, {"id": ROW, "began": now, "until": now})

    def owe(self, since: datetime) -> None:
        """See `cases.hearing.HearingStore`."""
        later = or_(HearingRow.owed.is_(None), HearingRow.owed > since)
        self._session.execute(update(HearingRow).where(HearingRow.id == ROW, later).values(owed=since))

    def read(self, since: datetime) -> None:
        """See `cases.hearing.HearingStore`."""
        this = (HearingRow.id == ROW, HearingRow.owed >= since)
        self._session.execute(update(HearingRow).where(*this).values(owed=None))

    def look(self, now: datetime, since: datetime) -> bool:
        """See `cases.hearing.HearingStore`."""
        looked_at = HearingRow.looked_at
        free = or_(looked_at.is_(None), looked_at <= since, looked_at > now + AHEAD)
        turn = update(HearingRow).where(HearingRow.id == ROW, free).values(looked_at=now)
        return self._session.connection().execute(turn).rowcount == 1
