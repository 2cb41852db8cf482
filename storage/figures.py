"""Figures of the whole database: counted along indexes where there are some, each in one query."""

from datetime import datetime

from sqlalchemy import JSON, Connection, Engine, func, select, text, type_coerce

from cases.figures import Figures
from storage.base import SayState
from storage.database import for_reading
from storage.errors import translated
from storage.queue_tables import InboxRow, OutboxRow, ReminderRow, TimerRow
from storage.tables import NOT_CLOSED, CaseRow, HistoryRow
from storage.watch_tables import TroubleRow

PROGRAM = type_coerce(CaseRow.promise, JSON)["program"].as_string()
TOLD_AS_MISSED = text("what = 'breached'")
"""As the index `ix_history_breached` has it, word for word, so that both databases use it."""
BREACHES = (
    select(PROGRAM, func.count())
    .select_from(HistoryRow)
    .join(CaseRow, CaseRow.number == HistoryRow.case_number)
    .where(TOLD_AS_MISSED)
    .group_by(PROGRAM)
)
"""Lines of the history, which stay: also where the breach is taken back, the case opened anew, closed, pruned."""


def figures(engine: Engine, now: datetime, wall: datetime) -> Figures:
    """`now` by the clock that timers go by, `wall` by the database's own. Raises StorageUnavailable."""
    with translated(), for_reading(engine).connect() as connection:
        unsent, oldest = _waiting(connection)
        unhandled, received = connection.execute(
            select(func.count(), func.min(InboxRow.received_at)).where(InboxRow.handled_at.is_(None))
        ).one()
        states = select(PROGRAM, CaseRow.state, func.count()).where(NOT_CLOSED).group_by(PROGRAM, CaseRow.state)
        late = (NOT_CLOSED, CaseRow.breached_at >= CaseRow.started_at)
        missed = select(PROGRAM, func.count()).where(*late).group_by(PROGRAM)
        lasting = select(TroubleRow.kind, func.count()).where(~TroubleRow.over).group_by(TroubleRow.kind)
        return Figures(
            unsent=unsent,
            unsent_age=_age(oldest, wall),
            unhandled=unhandled,
            unhandled_age=_age(received, now),
            overdue=_age(_earliest_due(connection), now),
            open_cases={(program, state): count for program, state, count in connection.execute(states)},
            missed={key: int(count) for key, count in connection.execute(missed)},
            breaches={key: int(count) for key, count in connection.execute(BREACHES)},
            troubles={key: int(count) for key, count in connection.execute(lasting)},
        )


def _waiting(connection: Connection) -> tuple[int, datetime | None]:
    """What was there before rows had a time is not counted as old."""
    waiting = select(func.count(), func.min(OutboxRow.added_at)).where(OutboxRow.state == SayState.WAITING)
    count, oldest = connection.execute(waiting).one()
    return count, oldest


def _earliest_due(connection: Connection) -> datetime | None:
    due = (connection.scalar(select(func.min(row.due_at))) for row in (TimerRow, ReminderRow))
    return min((at for at in due if at is not None), default=None)


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since is not None else 0.0
