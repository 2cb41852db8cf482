"""All open cases at a glance: one query each, over columns without the long texts."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import lru_cache

from pydantic import TypeAdapter
from sqlalchemy import JSON, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from cases.case import State
from cases.hours import CalendarSpec
from cases.overview import Attainment, Standing
from storage.account_tables import AccountRow
from storage.tables import NOT_CLOSED, CaseRow

CALENDAR = TypeAdapter(CalendarSpec)


def standings(session: Session, states: Collection[State], accounts: Collection[int] | None) -> Sequence[Standing]:
    """See `cases.stores.CaseStore`."""
    # Statistics tell SQLite how many cases a state has on average, and most are closed: it would read all of them.
    those = [CaseRow.state.in_(states), NOT_CLOSED]
    if accounts is not None:
        those.append(CaseRow.account.in_(accounts))
    statement = select(
        CaseRow.number,
        CaseRow.state,
        CaseRow.counted_from,
        CaseRow.due_at,
        type_coerce(CaseRow.promise, JSON)["calendar"].as_string(),
        CaseRow.response.is_not(None),
        CaseRow.breached_at.is_not(None) & (CaseRow.breached_at >= CaseRow.started_at),
        type_coerce(CaseRow.assignee, JSON)["user"].as_string(),
        CaseRow.naming.is_not(None)
        | CaseRow.commitment.is_not(None) & type_coerce(CaseRow.commitment, JSON)["confirmed_at"].as_string().is_(None),
        type_coerce(CaseRow.assigned, JSON)["person"].as_string(),
        CaseRow.clocks,
    )
    rows = session.execute(statement.where(*those).order_by(CaseRow.deadline_at, CaseRow.number))
    return [
        Standing(number, state, counted, due, calendar_of(written), *rest)
        for number, state, counted, due, written, *rest in rows
    ]


def attainment(session: Session, since: datetime) -> Sequence[Attainment]:
    """See `cases.stores.CaseStore`.

    A deadline missed leaves its breach on the case, answered since or not, and it stays when that is reopened.
    """
    # Counted before the names are joined: SQLite would read the cases once for each account.
    counted = (
        select(CaseRow.account, func.count().label("due"), func.count(CaseRow.breached_at).label("late"))
        .where(CaseRow.opened_at >= since, or_(CaseRow.response.is_not(None), CaseRow.breached_at.is_not(None)))
        .group_by(CaseRow.account)
        .subquery()
    )
    named = select(AccountRow.name, counted.c.due, counted.c.late).join(counted, counted.c.account == AccountRow.id)
    rows = session.execute(named.order_by(AccountRow.name))
    return [Attainment(name, due, due - late) for name, due, late in rows]


@lru_cache(maxsize=512)
def calendar_of(written: str) -> CalendarSpec:
    """Cases of one plan are stamped with the same calendar: it is read once."""
    return CALENDAR.validate_json(written)
