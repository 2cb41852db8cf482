"""One account's cases for a ticket review: one query over columns without the long texts, nothing locked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import JSON, or_, select, type_coerce
from sqlalchemy.orm import Session

from cases.overview import CUSTOMERS_STATES
from cases.reviewing import Ticket
from storage.overview import calendar_of
from storage.tables import CaseRow


def tickets(session: Session, account: int, since: datetime) -> Sequence[Ticket]:
    """See `cases.stores.CaseStore`."""
    promise, solution = type_coerce(CaseRow.promise, JSON), type_coerce(CaseRow.solution, JSON)
    statement = select(
        CaseRow.number,
        CaseRow.title,
        promise["label"].as_string(),
        promise["priority"].as_integer(),
        CaseRow.state,
        CaseRow.opened_at,
        CaseRow.started_at,
        CaseRow.due_at,
        type_coerce(CaseRow.response, JSON)["at"].as_string(),
        CaseRow.breached_at.is_not(None),
        promise["calendar"].as_string(),
        solution["label"].as_string(),
        type_coerce(CaseRow.rating, JSON)["stars"].as_integer(),
    ).where(CaseRow.account == account, or_(CaseRow.opened_at >= since, CaseRow.state.in_(CUSTOMERS_STATES)))
    return [
        Ticket(
            number,
            title,
            label,
            priority,
            state,
            opened,
            started,
            due,
            datetime.fromisoformat(answered) if answered else None,
            late,
            calendar_of(hours),
            solved or "",
            stars,
        )
        for number, title, label, priority, state, opened, started, due, answered, late, hours, solved, stars in (
            session.execute(statement.order_by(CaseRow.number))
        )
    ]
