"""Requests to open a case, kept while their form is filled."""

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime

from sqlalchemy import exists, func, insert, select, update
from sqlalchemy.orm import Session

from cases.errors import NotFound
from cases.intake import Intake
from storage.tables import CaseRow, IntakeRow

FIELDS = tuple(field.name for field in fields(Intake))


class SqlIntakes:
    """See `cases.stores.IntakeStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, intake: Intake) -> None:
        """See `cases.stores.IntakeStore`."""
        source = intake.source
        values = {name: getattr(intake, name) for name in FIELDS}
        found_by = {"source_channel": source and source.channel, "source_ts": source and source.ts}
        self._session.execute(insert(IntakeRow).values(values | found_by))

    def get(self, id: str) -> Intake:
        """See `cases.stores.IntakeStore`."""
        row = self._session.get(IntakeRow, id)
        if row is None:
            raise NotFound("I can't find that request any more. Please start again.")
        return _intake(row)

    def answered(self, id: str, article: str, at: datetime) -> None:
        """See `cases.stores.IntakeStore`."""
        changed = update(IntakeRow).where(IntakeRow.id == id).values(answered_with=article, answered_at=at)
        self._session.execute(changed)

    def count_answered(self, channels: Collection[str]) -> int:
        """See `cases.stores.IntakeStore`."""
        opened = exists().where(CaseRow.opening == IntakeRow.id)
        answered = (IntakeRow.channel.in_(channels), IntakeRow.answered_with.is_not(None), ~opened)
        return self._session.scalar(select(func.count()).select_from(IntakeRow).where(*answered)) or 0

    def by_source(self, channel: str, ts: str) -> Intake | None:
        """The first one, where a message was asked about more than once."""
        same = (IntakeRow.source_channel == channel, IntakeRow.source_ts == ts)
        first = select(IntakeRow).where(*same).order_by(IntakeRow.created_at, IntakeRow.id).limit(1)
        row = self._session.scalar(first)
        return None if row is None else _intake(row)


def _intake(row: IntakeRow) -> Intake:
    return Intake(**{name: getattr(row, name) for name in FIELDS})
