"""When each routine is due next. Whoever moves a row on from the time that was read tells that time; nobody else."""

from datetime import datetime

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from storage.inserts import is_new
from storage.queue_tables import RoutineRow


class SqlRoutines:
    """See `cases.due_stores.RoutineStore`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def all(self) -> dict[str, datetime]:
        """See `cases.due_stores.RoutineStore`."""
        return {row.name: row.due_at for row in self._session.scalars(select(RoutineRow))}

    def put(self, name: str, due_at: datetime) -> None:
        """See `cases.due_stores.RoutineStore`."""
        if not is_new(self._session, RoutineRow, {"name": name, "due_at": due_at}):
            self._session.execute(update(RoutineRow).where(RoutineRow.name == name).values(due_at=due_at))

    def move(self, name: str, due_at: datetime, following: datetime | None) -> bool:
        """See `cases.due_stores.RoutineStore`."""
        as_read = (RoutineRow.name == name, RoutineRow.due_at == due_at)
        gone = delete(RoutineRow).where(*as_read)
        moved = update(RoutineRow).where(*as_read).values(due_at=following)
        done = self._session.execute(moved if following is not None else gone)
        assert isinstance(done, CursorResult)  # noqa: S101 - narrows the type of SQLAlchemy's answer
        return done.rowcount == 1

    def drop(self, name: str) -> None:
        """See `cases.due_stores.RoutineStore`."""
        self._session.execute(delete(RoutineRow).where(RoutineRow.name == name))
